// The flows being served, asked for as an application asks: page by page, by the cursor of the page before.
const FLOWS = `query ConsoleFlows($organizationUuid: ID!, $period: PeriodFilter!, $status: String, $search: String, $sort: SortCriteria, $first: Int, $after: String) {
  integrationsUsageDetails(organizationUuid: $organizationUuid, period: $period, status: $status, search: $search, sort: $sort, first: $first, after: $after) {
    totalFlows totalTasks
    edges { node { name project { name } tasks runs lastRunAt status } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const HISTORY = `query ConsoleHistory($organizationUuid: ID!, $period: PeriodFilter!) {
  integrationsUsageStats(organizationUuid: $organizationUuid, period: $period) { history { nodes { date usage } } }
}`;
const OWN = ["ConsoleFlows", "ConsoleHistory"];
const shown = { sort: { by: "usage", order: "desc" }, cursors: [null], info: null, size: 0, asking: null };

function given() {
  const form = new FormData($("#filters"));
  return { organizationUuid: chosen.organization?.uuid ?? "", period: form.get("period"), status: form.get("status") || null,
    search: form.get("search") || null, sort: shown.sort, first: Number(form.get("first")), after: shown.cursors.at(-1) };
}

function askAnew() {
  shown.cursors = [null];
  askHistory();
  return askPage();
}

async function askPage() {
  shown.asking?.abort();
  const asking = shown.asking = new AbortController();
  $("#table").classList.add("waiting");
  $("#table").setAttribute("aria-busy", "true");
  try {
    const { data, errors } = await graphql(FLOWS, given(), chosen.caller?.token, asking.signal);
    showPage(data?.integrationsUsageDetails ?? null, errors);
  } catch (trouble) {
    if (trouble.name === "AbortError") return;
    showPage(null, [trouble]);
  }
  $("#table").classList.remove("waiting");
  $("#table").removeAttribute("aria-busy");
}

function showPage(page, errors) {
  const edges = page?.edges ?? [];
  const most = Math.max(1, ...edges.map(({ node }) => Number(node?.tasks) || 0));
  const rows = edges.map(({ node }) => row(node ?? {}, most));
  $("#table tbody").replaceChildren(...rows);
  $("#totals").textContent = page ? `${count(page.totalFlows, "flow")}, ${count(page.totalTasks, "task")}` : "";
  const none = $("#none");
  none.textContent = errors?.length ? errors.map((one) => one.message).join("; ") : rows.length ? "" : "No flow is like that.";
  none.classList.toggle("wrong", Boolean(errors?.length));
  for (const { node } of edges) if (node?.status && ![...$("#statuses").options].some((one) => one.value === node.status)) $("#statuses").append(el("option", { value: node.status }));
  shown.info = page?.pageInfo ?? null;
  // A server may give fewer than were asked for; its first page tells how many.
  if (shown.cursors.length === 1) shown.size = edges.length;
  const pages = shown.size ? Math.ceil(page.totalFlows / shown.size) : 1;
  $("#page").textContent = page ? `Page ${shown.cursors.length} of ${Math.max(pages, shown.cursors.length)}` : "";
  $("#previous").disabled = shown.cursors.length < 2;
  $("#next").disabled = !shown.info?.hasNextPage;
}

function row({ name, project, tasks, runs, lastRunAt, status }, most) {
  const bar = el("i");
  bar.style.width = `${(100 * (Number(tasks) || 0)) / most}%`;
  const last = new Date(lastRunAt ?? NaN);
  const ran = Number.isNaN(last.valueOf()) ? "–" : moment.format(last);
  const under = el("small", { className: "under" }, [project?.name, ran].join(" · "));
  const text = (value) => el("td", { title: value ?? "" }, value ?? "–");
  return el("tr", {}, el("td", { title: name ?? "" }, name ?? "–", under), text(project?.name), el("td", { className: "number" }, el("span", { className: "bar" }, el("span", {}, bar), whole.format(tasks))),
    el("td", { className: "number" }, whole.format(runs)), el("td", { title: lastRunAt ?? "never" }, ran),
    el("td", { className: `status ${status === "ENABLED" ? status : ""}` }, status ?? "–"));
}

async function askHistory() {
  const { organizationUuid, period } = given();
  try {
    const { data, errors } = await graphql(HISTORY, { organizationUuid, period }, chosen.caller?.token);
    drawHistory(data?.integrationsUsageStats?.history?.nodes ?? [], errors?.[0]?.message);
  } catch (trouble) {
    drawHistory([], trouble.message.includes("doesn't exist") || trouble.message.includes("Cannot query") ? "not offered under this ruling" : trouble.message);
  }
}

function sortBy(by) {
  const { sort } = shown;
  shown.sort = { by, order: sort.by === by ? (sort.order === "asc" ? "desc" : "asc") : by === "usage" ? "desc" : "asc" };
  showSort();
  shown.cursors = [null];
  askPage();
}

function showSort() {
  for (const head of document.querySelectorAll("#table th[data-by]")) {
    if (head.dataset.by === shown.sort.by) head.setAttribute("aria-sort", shown.sort.order === "asc" ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  }
}

function startFlows() {
  showSort();
  for (const head of document.querySelectorAll("#table th[data-by]")) $("button", head).addEventListener("click", () => sortBy(head.dataset.by));
  $("#filters").addEventListener("submit", (event) => event.preventDefault());
  $("#filters").addEventListener("input", later(200, askAnew));
  $("#refresh").addEventListener("click", () => { askHistory(); askPage(); });
  $("#next").addEventListener("click", () => { shown.cursors.push(shown.info.endCursor); askPage(); });
  $("#previous").addEventListener("click", () => { shown.cursors.pop(); askPage(); });
}
