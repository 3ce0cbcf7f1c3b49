// Walks with graphql-request, which keeps nothing: the pages are joined here.
import { GraphQLClient } from "graphql-request";

const { url, token, query, variables } = JSON.parse(process.argv[2]);

const client = new GraphQLClient(url, { headers: { authorization: `Bearer ${token}` } });
const names = [];
let after = null;
let pages = 0;
let page;
do {
  page = (await client.request(query, { ...variables, after })).integrationsUsageDetails;
  names.push(...page.edges.map(({ node }) => node.name));
  after = page.pageInfo.endCursor;
  pages += 1;
} while (page.pageInfo.hasNextPage);
console.log(JSON.stringify({ pages, names }));
