// Walks with urql, whose normalized cache joins the pages.
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { Client, fetchExchange } from "@urql/core";

const { url, token, query, variables } = JSON.parse(process.argv[2]);

const client = new Client({
  url,
  preferGetMethod: false,
  fetchOptions: { headers: { authorization: `Bearer ${token}` } },
  exchanges: [cacheExchange({ resolvers: { Query: { integrationsUsageDetails: relayPagination() } } }), fetchExchange],
});

let joined;
let after = null;
let pages = 0;
do {
  const { data, error } = await client.query(query, { ...variables, after }).toPromise();
  if (error) throw error;
  joined = data.integrationsUsageDetails;
  after = joined.pageInfo.endCursor;
  pages += 1;
} while (joined.pageInfo.hasNextPage);
console.log(JSON.stringify({ pages, names: joined.edges.map(({ node }) => node.name) }));
