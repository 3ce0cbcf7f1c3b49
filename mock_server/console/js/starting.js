// The page as a whole.
async function load() {
  const told = await (await admin("settings")).json();
  showSettings(told);
  await askAnew();
}

function start() {
  load().then(follow, (trouble) => { linked(false); say(trouble.message); });
}

// In milliseconds; where flows go on running, the page is asked again, seldom enough to leave the journal to others.
const ANEW = 5000;
setInterval(() => {
  if (current?.settings.live && document.visibilityState === "visible" && !$("#table").hasAttribute("aria-busy")) askPage();
}, ANEW);

$("#locked").addEventListener("close", () => {
  sessionStorage.setItem("mock-admin-key", $("#key").value);
  start();
});
addEventListener("focus", async () => {
  // Another page, or a test, may have switched meanwhile.
  const told = await admin("settings").then((answer) => answer.json()).catch(() => null);
  if (told && JSON.stringify(told.settings) !== JSON.stringify(current?.settings)) {
    showSettings(told);
    askAnew();
  }
});
startFlows();
startJournal();
start();
