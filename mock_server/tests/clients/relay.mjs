// Compiles a paginated fragment with Relay's compiler on the SDL, and walks with `usePaginationFragment`.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { createElement, Suspense, useEffect } from "react";
import { RelayEnvironmentProvider, useLazyLoadQuery, usePaginationFragment } from "react-relay";
import TestRenderer from "react-test-renderer";
import { Environment, Network, RecordSource, Store } from "relay-runtime";

const { url, token, variables, sdl } = JSON.parse(process.argv[2]);

const ARGUMENTS = "$organizationUuid: ID!, $period: PeriodFilter!, $status: String, $search: String, $sort: SortCriteria";
const GIVEN = "organizationUuid: $organizationUuid, period: $period, status: $status, search: $search, sort: $sort";
const SOURCE = `
graphql\`query walkQuery(${ARGUMENTS}, $first: Int, $after: String) { ...walk_flows }\`;
graphql\`
  fragment walk_flows on Query @refetchable(queryName: "walkPageQuery") {
    integrationsUsageDetails(${GIVEN}, first: $first, after: $after) @connection(key: "walk_integrationsUsageDetails") {
      totalFlows
      edges { node { name tasks } }
    }
  }
\`;
`;

const folder = mkdtempSync("relay-");
try {
  // Node finds what CommonJS requires by less than its whole path, as the compiler writes it.
  mkdirSync(`${folder}/__generated__`);
  writeFileSync(`${folder}/package.json`, '{"type": "commonjs"}');
  writeFileSync(`${folder}/schema.graphql`, sdl);
  writeFileSync(`${folder}/walk.js`, SOURCE);
  const config = { src: ".", schema: "schema.graphql", language: "javascript", eagerEsModules: false };
  writeFileSync(`${folder}/relay.config.json`, JSON.stringify(config));
  execFileSync("node", ["../node_modules/relay-compiler/cli.js"], { cwd: folder, stdio: "pipe" });
  const generated = createRequire(resolve(folder, "walk.js"));
  console.log(
    JSON.stringify(await walked(generated("./__generated__/walkQuery.graphql"), generated("./__generated__/walk_flows.graphql"))),
  );
} finally {
  rmSync(folder, { recursive: true });
}

async function walked(query, fragment) {
  let pages = 0;
  const ask = async ({ text }, given) => {
    pages += 1;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query: text, variables: given }) });
    return response.json();
  };
  const environment = new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });
  return new Promise((done) => {
    function Flows() {
      const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment(fragment, useLazyLoadQuery(query, variables));
      useEffect(() => {
        const edges = data.integrationsUsageDetails.edges;
        if (!hasNext) done({ pages, names: edges.map(({ node }) => node.name) });
        else if (!isLoadingNext) loadNext(variables.first);
      });
      return null;
    }
    const shown = createElement(Suspense, { fallback: null }, createElement(Flows));
    TestRenderer.create(createElement(RelayEnvironmentProvider, { environment }, shown));
  });
}
