// What was asked, as it comes, the newest first; an entry opens with its request, its answer and a command.
const MOST_ROWS = 300;
const journal = { entries: [], last: 0 };

function matches(entry) {
  const sought = $("#find-entry").value.toLowerCase();
  return ($("#own").checked || !OWN.includes(entry.operation)) && (!sought || text(entry).includes(sought));
}

const text = (entry) => [entry.operation, entry.role, entry.status ?? "cut", entry.method, entry.world, JSON.stringify(entry.variables), entry.query].join(" ").toLowerCase();

function entryRow(entry) {
  const ok = entry.status !== null && entry.status < 400;
  const name = entry.operation ?? (entry.query === null ? "(no query)" : "(no name)");
  return el("tr", { onclick: () => openEntry(entry.id) },
    el("td", { className: "faint", title: entry.at }, clock.format(new Date(entry.at))),
    el("td", {}, el("button", { type: "button", title: name }, name), el("small", { className: "under" }, entry.variables ? brief(entry.variables) : "")),
    el("td", { className: "faint", title: JSON.stringify(entry.variables) ?? "" }, entry.variables ? brief(entry.variables) : ""),
    el("td", { className: "faint" }, ROLES[entry.role] ?? "nobody"),
    el("td", { className: `number ${ok ? "ok" : "wrong"}` }, entry.status ?? "cut"),
    el("td", { className: "number" }, entry.milliseconds.toFixed(entry.milliseconds < 100 ? 1 : 0)),
    el("td", { className: "number" }, whole.format(entry.bytes)));
}

const brief = (variables) => Object.entries(variables).filter(([name, value]) => value !== null && name !== "organizationUuid")
  .map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join("  ");

function showJournal() {
  const found = journal.entries.filter(matches);
  $("#entries tbody").replaceChildren(...found.slice(-MOST_ROWS).reverse().map(entryRow));
  $("#quiet").hidden = found.length > 0;
  $("#quiet").textContent = journal.entries.some((one) => !OWN.includes(one.operation)) && !found.length ? "No entry is like that."
    : "Nothing was asked yet. What an application sends to the endpoint comes here at once.";
  $("#asked").textContent = found.length > MOST_ROWS ? `the last ${MOST_ROWS} of ${whole.format(found.length)}` : count(found.length, "request");
}

let drawing = false;
function drawSoon() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => { drawing = false; showJournal(); });
}

async function openEntry(id) {
  let told;
  try {
    told = await (await admin(`journal/${id}`)).json();
  } catch (trouble) {
    return say(trouble.message);
  }
  const part = (title, value, wrap) => value === null || value === "" ? [] : [el("section", {},
    el("div", { className: "head" }, el("h3", {}, title), copying(pretty(value), title.toLowerCase())),
    el("pre", { className: wrap ? "wrap" : "", tabIndex: 0 }, pretty(value)))];
  $("#entry-title").textContent = told.operation ?? `${told.method} without a name`;
  $("#entry-note").textContent = [`no. ${told.id}`, told.at, told.method, ROLES[told.role] ?? "nobody", `world ${told.world}`, told.status ?? "connection cut",
    `${told.milliseconds} ms`, `${whole.format(told.bytes)} bytes`].join(" · ");
  $("#entry-parts").replaceChildren(...part("Variables", told.variables), ...part("Answer", told.answer), ...part("Query", told.query),
    ...part("curl", told.curl, true), ...part("Headers, those that are no secret", told.headers));
  $("#entry").showModal();
  $("#entry").scrollTop = 0;
}

async function follow() {
  for (;;) {
    try {
      for await (const entry of events(`journal?after=${journal.last}`)) {
        linked(true);
        if (!entry) continue;
        journal.last = entry.id;
        journal.entries.push(entry);
        if (journal.entries.length > 1000) journal.entries.shift();
        drawSoon();
      }
    } catch (trouble) {
      if (trouble instanceof Told) return linked(false);
    }
    linked(false);
    await new Promise((done) => setTimeout(done, 1000));
    // Whatever answers next may be another server, whose numbers begin anew.
    Object.assign(journal, { entries: [], last: 0 });
    if (await load().then(() => true, () => false)) drawSoon();
  }
}

function linked(on) {
  $("#link").className = `link ${on ? "on" : "off"}`;
  $("#link span").textContent = on ? "connected" : "not reached";
}

function startJournal() {
  $("#find-entry").addEventListener("input", showJournal);
  $("#own").addEventListener("change", showJournal);
  $("#clear").addEventListener("click", async () => {
    try {
      await admin("journal", "DELETE");
      journal.entries = [];
      showJournal();
    } catch (trouble) {
      say(trouble.message);
    }
  });
  $("#close").addEventListener("click", () => $("#entry").close());
  $("#entry").addEventListener("click", (event) => { if (event.target === $("#entry")) $("#entry").close(); });
  showJournal();
}
