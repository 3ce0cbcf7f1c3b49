// Elements, words and numbers, as every part of the page makes them. Texts go in as text, never as HTML.
const $ = (selector, within = document) => within.querySelector(selector);

function el(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "list") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}

const whole = new Intl.NumberFormat("en");
const moment = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("en", { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });
const ROLES = { super_admin: "Super Admin", admin: "Admin", normal: "Member", company_guest: "Company guest", external_guest: "External guest" };
const words = (name) => name.replaceAll("-", " ").replace(/^./, (letter) => letter.toUpperCase());
const count = (number, noun) => `${whole.format(number)} ${noun}${number === 1 ? "" : "s"}`;
const pretty = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

// Sentences have names of the contract in backticks.
const sentence = (text) => text.split("`").map((part, index) => (index % 2 ? el("code", {}, part) : part));

let saying;
function say(text) {
  clearTimeout(saying);
  $("#say").textContent = text;
  $("#say").classList.add("shown");
  saying = setTimeout(() => $("#say").classList.remove("shown"), 4000);
}

function copying(text, about, label = "Copy", long = false) {
  const button = el("button", { type: "button", className: long ? "copy long" : "copy", "aria-label": `Copy ${about}` }, label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = label; }, 1200);
    } catch {
      say("This browser lets no page copy here; select the text instead.");
    }
  });
  return button;
}

function later(milliseconds, act) {
  let waiting;
  return (...given) => {
    clearTimeout(waiting);
    waiting = setTimeout(act, milliseconds, ...given);
  };
}
