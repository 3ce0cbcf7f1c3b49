// Walks with Apollo Client, whose cache joins the pages; queries by their hash when `persisted` says how.
import { createHash } from "node:crypto";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";

const { url, token, query, variables, persisted } = JSON.parse(process.argv[2]);

const http = new HttpLink({ uri: url, headers: { authorization: `Bearer ${token}` } });
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const byHash = () => new PersistedQueryLink({ sha256, useGETForHashedQueries: persisted === "GET" });
const filters = ["organizationUuid", "period", "status", "search", "sort"];
const client = new ApolloClient({
  link: persisted ? byHash().concat(http) : http,
  cache: new InMemoryCache({
    typePolicies: { Query: { fields: { integrationsUsageDetails: relayStylePagination(filters) } } },
  }),
});

const watched = client.watchQuery({ query: gql(query), variables });
watched.subscribe({ error: () => {} });
let page = (await client.query({ query: gql(query), variables })).data.integrationsUsageDetails.pageInfo;
let pages = 1;
while (page.hasNextPage) {
  const { data } = await watched.fetchMore({ variables: { after: page.endCursor } });
  page = data.integrationsUsageDetails.pageInfo;
  pages += 1;
}
const { edges } = client.readQuery({ query: gql(query), variables }).integrationsUsageDetails;
console.log(JSON.stringify({ pages, names: edges.map(({ node }) => node.name) }));
client.stop();
