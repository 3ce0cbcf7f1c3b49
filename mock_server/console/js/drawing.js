// Usage as a picture: a line over the days of a period. Knows no request.
const SVG = "http://www.w3.org/2000/svg";

function svg(tag, given, ...inside) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

function drawHistory(nodes, note) {
  const picture = $("#history svg");
  const title = $("#history-text");
  const ends = $("#history .ends").children;
  const most = Math.max(1, ...nodes.map((one) => one.usage));
  const x = (index) => (nodes.length > 1 ? (600 * index) / (nodes.length - 1) : 300);
  const y = (usage) => 92 - (84 * usage) / most;
  const line = nodes.map((one, index) => `${x(index).toFixed(1)},${y(one.usage).toFixed(1)}`);
  if (nodes.length === 1) line.splice(0, 1, `0,${y(nodes[0].usage)}`, `600,${y(nodes[0].usage)}`);
  const wide = 600 / Math.max(1, nodes.length);
  const days = nodes.map((one, index) => svg("rect", { class: "day", x: index * wide, y: 0, width: wide, height: 96 },
    svg("title", {}, `${one.date}: ${count(one.usage, "task")}`)));
  const peak = nodes.find((one) => one.usage === most);
  title.textContent = peak ? `From ${nodes[0].date} to ${nodes.at(-1).date}; most on ${peak.date}: ${count(most, "task")}` : "Nothing was used";
  picture.replaceChildren(title, ...(line.length ? [
    svg("polygon", { class: "area", points: `0,96 ${line.join(" ")} 600,96` }), svg("polyline", { class: "line", points: line.join(" ") })] : []), ...days);
  ends[0].textContent = nodes[0]?.date ?? "\u00a0";
  ends[1].textContent = nodes.length > 1 ? nodes.at(-1).date : "";
  $("#history-note").textContent = note ?? (peak ? `most: ${whole.format(most)} on ${peak.date}` : "none");
}
