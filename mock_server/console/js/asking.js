// Requests to the server: its settings and journal with the key, if it wants one, and GraphQL as an application asks it.
class Told extends Error {}

const key = () => sessionStorage.getItem("mock-admin-key");

async function admin(path, method = "GET", body = undefined, more = {}) {
  const headers = { ...more.headers };
  // A header takes bytes.
  if (key()) headers["Mock-Admin-Key"] = String.fromCharCode(...new TextEncoder().encode(key()));
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(`/_mock/${path}`, { ...more, method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (answer.ok) return answer;
  const said = (await answer.json().catch(() => null))?.errors?.[0]?.message ?? `The server answered ${answer.status}.`;
  if (answer.status === 403) lock(said);
  throw new Told(said);
}

function lock(why) {
  $("#why").textContent = why;
  $("#key").closest("label").hidden = $("#unlock .row").hidden = !why.includes("Mock-Admin-Key");
  if (!$("#locked").open) $("#locked").showModal();
}

async function graphql(query, variables, token, signal) {
  const headers = { "Content-Type": "application/json", Accept: "application/graphql-response+json, application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  let answer, text;
  try {
    answer = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }), signal });
    text = await answer.text();
  } catch (trouble) {
    if (trouble.name === "AbortError") throw trouble;
    throw new Told("No answer came: the connection was cut.");
  }
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    throw new Told(`The answer is ${answer.status} ${answer.statusText} and no JSON.`);
  }
  if (told.data === undefined) {
    const errors = told.errors ?? [told.error ?? {}];
    const wait = answer.headers.get("Retry-After");
    const said = errors.map((one) => one.message ?? one.title ?? "").join("; ");
    throw new Told(`${answer.status}: ${said}${wait ? `; ask again after ${wait} s` : ""}`);
  }
  return told;
}

async function* events(path, signal) {
  const answer = await admin(path, "GET", undefined, { headers: { Accept: "text/event-stream" }, signal });
  yield null;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let come = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const whole = (come + value).split("\n\n");
    come = whole.pop();
    for (const event of whole) {
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      if (data) yield JSON.parse(data.slice(6));
    }
  }
}
