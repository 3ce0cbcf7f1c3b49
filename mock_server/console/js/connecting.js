// Where and as whom to ask: the endpoint, the organizations and the tokens, to copy and for this page to use.
const chosen = { organization: null, caller: null };

function showConnect(serves, live) {
  $("#now").textContent = `The world’s clock ${live ? "began at" : "stands at"} ${day.format(new Date(serves.now))} UTC`;
  $("#endpoint").textContent = serves.endpoint;
  $("#endpoint").after(...($("#endpoint + button") ? [] : [copying(serves.endpoint, "the endpoint")]));
  const { example } = serves;
  $("#commands").replaceChildren(...(example ? [
    copying(command(serves.endpoint, example), "a curl command", "curl", true),
    copying(example.query, "the documented query", "Query", true),
    copying(JSON.stringify(example.variables, null, 2), "its variables", "Variables", true),
  ] : []));
  chosen.organization = pick("organizations", serves.organizations, (one) => one.uuid, chosen.organization, (one) => [
    el("span", { className: "what", title: `id ${one.id}` }, one.name), el("code", { title: one.uuid }, one.uuid), one.uuid]);
  chosen.caller = pick("tokens", serves.callers, (one) => one.token, chosen.caller, (one) => [
    el("span", { className: "what" }, ROLES[one.role] ?? one.role, ...(one.expired ? [el("span", { className: "faint" }, ", expired")] : [])),
    el("code", { title: one.token }, one.token), one.token]);
}

function pick(kind, all, id, was, shown) {
  const now = all.find((one) => was && id(one) === id(was)) ?? all[0] ?? null;
  const name = kind === "tokens" ? "caller" : "organization";
  $(`#${kind}`).replaceChildren(...all.map((one) => {
    const [what, code, text] = shown(one);
    const radio = el("input", { type: "radio", name, checked: one === now, onchange: () => { chosen[name] = one; askAnew(); } });
    return el("li", {}, el("label", {}, radio, what, code), copying(text, kind === "tokens" ? "the token" : "the UUID"));
  }));
  return now;
}

function command(endpoint, { query, variables, token }) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const body = JSON.stringify({ query: query.replace(/\s+/g, " ").trim(), variables });
  return `curl -sS -H ${quoted(`Authorization: Bearer ${token}`)} -H 'Content-Type: application/json' -d ${quoted(body)} ${endpoint}`;
}
