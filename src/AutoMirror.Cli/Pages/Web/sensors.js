// The mirror targets of the sensors: how many sources each has, of how many it takes.
import { byId, fill, make } from "./dom.js";
import { number } from "./words.js";
import { coverage } from "./rows.js";
import { toggleFilter } from "./view.js";

export function showSensors() {
  const targets = coverage.status.targets.toSorted((a, b) => fullness(b) - fullness(a) || b.sources - a.sources);
  fill(
    byId("sensors"), make("h2", null, "Sensors' load"),
    targets.length === 0
      ? make("p", { class: "soft" }, "No sensor has a target.")
      : make("ul", { class: "targets" }, ...targets.map(each => make("li", null, targetOf(each)))));
}

const fullness = ({ sources, capacity }) => capacity ? sources / capacity : -1;

function targetOf(target) {
  const { targetId, sensors, destination, state, zone, sources, capacity } = target;
  const share = fullness(target);
  const track = make("span", { class: `track ${share >= 1 ? "full" : ""}`, "aria-hidden": "true" }, make("span"));
  track.firstElementChild.style.inlineSize = `${Math.max(0, Math.min(100, 100 * share))}%`;
  return make("button", { class: "bar", type: "button", click: () => toggleFilter("target", targetId) },
    make("span", { class: "bar-name" }, make("strong", { class: "given" }, sensors.join(", ")), " ",
      make("span", { class: `pill ${state === "living" ? "good" : state === "unknown" ? "" : "bad"}` }, state)),
    make("span", { class: "bar-share number" }, capacity
      ? `${number(sources)} of ${number(capacity)}` : `${number(sources)}, no known limit`),
    track,
    make("span", { class: "bar-note soft given" }, [targetId, zone, destination].filter(Boolean).join(" · ")));
}
