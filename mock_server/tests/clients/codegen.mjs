// Generates types from the SDL, checks a program against them with the strictest of TypeScript, and lets it walk.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescript from "@graphql-codegen/typescript";
import * as operations from "@graphql-codegen/typescript-operations";
import { parse } from "graphql";
import ts from "typescript";

const { url, token, query, variables, sdl } = JSON.parse(process.argv[2]);

const PROGRAM = `
import { GraphQLClient } from "graphql-request";
import { IntegrationsUsageDetailsDocument, type IntegrationsUsageDetailsQueryVariables } from "./generated.js";

export async function walk(url: string, token: string, variables: IntegrationsUsageDetailsQueryVariables) {
  const client = new GraphQLClient(url, { headers: { authorization: \`Bearer \${token}\` } });
  const names: string[] = [];
  let after: string | null = null;
  let pages = 0;
  for (;;) {
    const asked: IntegrationsUsageDetailsQueryVariables = { ...variables, after };
    const { integrationsUsageDetails: page } = await client.request(IntegrationsUsageDetailsDocument, asked);
    if (!page) throw new Error("no page");
    names.push(...page.edges.map(({ node }) => node.name));
    pages += 1;
    if (!page.pageInfo.hasNextPage) return { pages, names };
    after = page.pageInfo.endCursor ?? null;
  }
}
`;

const folder = await mkdtemp("codegen-");
try {
  const generated = await codegen({
    filename: "generated.ts",
    schema: parse(sdl),
    documents: [{ document: parse(query) }],
    config: { enumsAsTypes: true, useTypeImports: true },
    plugins: [{ typescript: {} }, { operations: {} }, { typedDocumentNode: {} }],
    pluginMap: { typescript, operations, typedDocumentNode },
  });
  await writeFile(`${folder}/generated.ts`, generated);
  await writeFile(`${folder}/walk.ts`, PROGRAM);
  const program = ts.createProgram([`${folder}/walk.ts`], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    types: [],
  });
  program.emit();
  const complaints = ts.getPreEmitDiagnostics(program);
  if (complaints.length) throw new Error(ts.formatDiagnostics(complaints, ts.createCompilerHost({})));
  const { walk } = await import(pathToFileURL(`${folder}/walk.js`));
  console.log(JSON.stringify(await walk(url, token, variables)));
} finally {
  await rm(folder, { recursive: true });
}
