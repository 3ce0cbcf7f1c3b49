// What the server serves, switched while it runs. Everything is made once and then kept in step with what is so.
let current = null;

async function change(changes, method = "PATCH") {
  const told = await (await admin("settings", method, method === "DELETE" ? undefined : changes)).json();
  showSettings(told);
  askAnew();
}

const changing = (changes) => change(changes).catch((trouble) => {
  say(trouble.message);
  if (current) sync(current);
});

function showSettings(told) {
  if (!current) build(told.choices);
  $("main").classList.remove("empty");
  current = told;
  sync(told);
  showConnect(told.serves, told.settings.live);
}

function build({ worlds, live, rulings, deviations, faults }) {
  $("#world").replaceChildren(...worlds.map((one) => el("option", { value: one.name }, one.name)));
  $("#world").addEventListener("change", () => changing({ world: $("#world").value }));
  $("#faults").replaceChildren(...[live, ...faults].map(fault));
  $("#faults").addEventListener("submit", (event) => event.preventDefault());
  $("#rulings .scroll").replaceChildren(...rulings.map(ruling));
  $("#deviations .scroll").replaceChildren(...deviations.map(deviation));
  $("#find-deviation").addEventListener("input", () => {
    const sought = $("#find-deviation").value.toLowerCase();
    for (const one of $("#deviations .scroll").children) one.hidden = !one.textContent.toLowerCase().includes(sought);
  });
  $("#reset").addEventListener("click", () => change({}, "DELETE").then(() => say("All settings are as at the start."), (trouble) => say(trouble.message)));
}

function fault({ name, sentence: does, example, choices }) {
  const says = el("span", { className: "says", id: `says-${name}` }, does);
  const input = choices.length
    ? el("select", { name, "aria-describedby": says.id }, el("option", { value: "" }, "none"), ...choices.map((one) => el("option", { value: one.name, title: one.sentence }, one.name)))
    : el("input", { name, placeholder: `none, or ${example}`, autocomplete: "off", spellcheck: false, "aria-describedby": says.id });
  const told = (text, wrong) => {
    says.textContent = text;
    says.classList.toggle("wrong", wrong);
    input.setAttribute("aria-invalid", wrong);
  };
  input.addEventListener("input", () => told(does, false));
  input.addEventListener("change", () => change({ [name]: input.value.trim() || null }).then(() => told(does, false), (trouble) => told(trouble.message, true)));
  return el("label", { className: "field" }, words(name), input, says);
}

function ruling({ name, sentence: says, default: unasked, choices }) {
  const select = el("select", { name, "aria-label": name, onchange: () => changing({ rulings: { [name]: select.value } }) },
    ...choices.map((one) => el("option", { value: one.name }, one.name === unasked ? `${one.name} (default)` : one.name)));
  return el("div", { className: "one" }, el("b", {}, name), el("small", {}, ...sentence(says)), select, el("small", { className: "choice" }));
}

function deviation({ name, sentence: says, breaks, world }) {
  const box = el("input", { type: "checkbox", name, onchange: () => {
    const others = current.settings.deviations.filter((one) => one !== name);
    changing({ deviations: box.checked ? [...others, name] : others });
  } });
  const shows = world ? ` Shows in the world ${world}.` : "";
  return el("label", { className: "one" }, box, el("b", {}, name), el("small", {}, ...sentence(says), ` Breaks ${breaks.join(", ")}.${shows}`));
}

function sync({ settings, choices }) {
  $("#world").value = settings.world;
  $("#world-sentence").textContent = choices.worlds.find((one) => one.name === settings.world)?.sentence ?? "";
  for (const input of $("#faults").querySelectorAll("input, select")) {
    const value = settings[input.name] ?? "";
    // Several at once are chosen elsewhere than here.
    if (input.options && ![...input.options].some((one) => one.value === value)) input.append(el("option", { value }, value));
    if (input.getAttribute("aria-invalid") !== "true") input.value = value;
    if (!input.options) continue;
    const chosenFault = choices.faults.find((one) => one.name === input.name);
    const says = chosenFault.choices.find((one) => one.name === value)?.sentence;
    $(`#says-${input.name}`).textContent = says ?? chosenFault.sentence;
  }
  for (const { name, default: unasked, choices: all } of choices.rulings) {
    const select = $(`#rulings select[name="${name}"]`), chosen = settings.rulings[name] ?? unasked;
    // Some take any number or any code beside the choices that are listed.
    if (![...select.options].some((one) => one.value === chosen)) select.append(el("option", { value: chosen }, chosen));
    select.value = chosen;
    select.closest(".one").classList.toggle("set", name in settings.rulings);
    $(".choice", select.closest(".one")).replaceChildren(...sentence(all.find((one) => one.name === select.value)?.sentence ?? ""));
  }
  for (const box of $("#deviations .scroll").querySelectorAll("input")) {
    box.checked = settings.deviations.includes(box.name);
    box.closest(".one").classList.toggle("set", box.checked);
  }
  counted("#rulings", Object.keys(settings.rulings).length, choices.rulings.length, "changed");
  counted("#deviations", settings.deviations.length, choices.deviations.length, "on");
}

function counted(where, some, all, word) {
  const shown = $(`${where} .count`);
  shown.textContent = some ? `${some} ${word}` : `${all}`;
  shown.classList.toggle("some", some > 0);
}
