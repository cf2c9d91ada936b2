// VPCs on the left, sensors on the right, ribbons as wide as their sessions. The same as a table, for whoever does not see it.
import { byId, draw, fill, make } from "./dom.js";
import { count, number } from "./words.js";
import { rows } from "./rows.js";
import { setFilters } from "./view.js";

const most = 8;
const gap = 14;
const thickness = 10;
const margin = 6;

export function showFlow() {
  const flows = flowsOf(rows.filter(row => row.state === "mirrored"));
  const total = flows.reduce((sum, each) => sum + each.sessions, 0);
  const picture = make("div", { class: "flow-picture" });
  fill(
    byId("flow"), make("h2", null, "Where packets go"),
    total === 0 ? make("p", { class: "soft" }, "Nothing is mirrored.") : [picture, make("details", null,
      make("summary", null, "The same as a table"), make("div", { class: "scrolled" }, tableOf(flows)))]);
  if (total === 0)
    return;
  const label = `${count(total, "session")} from ${count(new Set(flows.map(each => each.from)).size, "VPC")} to `
    + `${count(new Set(flows.map(each => each.to)).size, "sensor")}`;
  let width = 0;
  new ResizeObserver(() => {
    if (picture.clientWidth !== width)
      fill(picture, pictureOf(flows, total, width = picture.clientWidth, label));
  }).observe(picture);
}

// Of many, the smallest are taken together, so that the picture stays one.
function flowsOf(mirrored) {
  const from = namer(mirrored.map(row => row.vpc), "other VPCs");
  const to = namer(mirrored.map(row => row.sensor), "other sensors");
  const flows = new Map();
  for (const row of mirrored) {
    const key = JSON.stringify([from(row.vpc), to(row.sensor)]);
    flows.set(key, (flows.get(key) ?? 0) + 1);
  }

  return [...flows].map(([key, sessions]) => ({ from: JSON.parse(key)[0], to: JSON.parse(key)[1], sessions }))
    .sort((a, b) => b.sessions - a.sessions);
}

function namer(names, others) {
  const counts = Map.groupBy(names, name => name);
  const large = new Set([...counts].sort(([, a], [, b]) => b.length - a.length).slice(0, counts.size > most ? most - 1 : most)
    .map(([name]) => name));
  return name => large.has(name) ? name || "unknown" : others;
}

function pictureOf(flows, total, width, label) {
  const [left, right] = [sumsOf(flows, "from"), sumsOf(flows, "to")];
  const height = Math.max(140, 34 * Math.max(left.size, right.size));
  const [tops, bottoms] = [placesOf(left, total, height), placesOf(right, total, height)];
  const colours = new Map([...right.keys()].map((name, index) => [name, index % 6]));
  const middle = width / 2;
  const [start, end] = [margin + thickness, width - margin - thickness];
  const ribbons = flows.map(({ from, to, sessions }) => {
    const [a, b] = [tops.get(from), bottoms.get(to)];
    const [high, low] = [sessions * a.scale, sessions * b.scale];
    const [y, z] = [a.used, b.used];
    a.used += high;
    b.used += low;
    return draw("path", {
      class: `ribbon colour-${colours.get(to)}`,
      d: `M${start} ${y}C${middle} ${y} ${middle} ${z} ${end} ${z}V${z + low}`
        + `C${middle} ${z + low} ${middle} ${y + high} ${start} ${y + high}Z`,
    }, draw("title", null, `${from} → ${to}: ${count(sessions, "session")}`));
  });
  const node = (place, name, x, colour) => draw("rect", {
    class: colour === undefined ? "node" : `node colour-${colour}`, x, y: place.y, width: thickness, height: place.height, rx: 2,
  });
  const text = (place, name, sessions, x, anchor) => draw("text", {
    x, y: place.y + place.height / 2 + 4, "text-anchor": anchor,
  }, `${name} · ${number(sessions)}`);
  return draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    ...ribbons,
    ...[...left].map(([name]) => node(tops.get(name), name, margin)),
    ...[...right].map(([name]) => node(bottoms.get(name), name, end, colours.get(name))),
    ...[...left].map(([name, sessions]) => text(tops.get(name), name, sessions, start + 6, "start")),
    ...[...right].map(([name, sessions]) => text(bottoms.get(name), name, sessions, end - 6, "end")));
}

function sumsOf(flows, side) {
  const sums = new Map();
  for (const each of flows)
    sums.set(each[side], (sums.get(each[side]) ?? 0) + each.sessions);
  return new Map([...sums].sort(([, a], [, b]) => b - a));
}

function placesOf(sums, total, height) {
  const least = 16;
  const room = height - gap * (sums.size - 1) - least * sums.size;
  let y = 0;
  return new Map([...sums].map(([name, sessions]) => {
    const own = least + room * sessions / total;
    const place = { y, height: own, used: y, scale: own / sessions };
    y += own + gap;
    return [name, place];
  }));
}

const tableOf = flows => make("table", null,
  make("thead", null, make("tr", null, ...["VPC", "Sensor", "Sessions"].map(each => make("th", { scope: "col" }, each)))),
  make("tbody", null, ...flows.map(({ from, to, sessions }) => make("tr", null,
    make("td", { class: "id given" }, from), make("td", { class: "given" }, to), make("td", null, from.startsWith("vpc-")
      ? make("button", { class: "plain link", type: "button", click: () => setFilters({ state: "mirrored", vpc: from, sensor: to }) },
        number(sessions))
      : number(sessions))))));
