// Coverage by VPC, zone, sensor and instance type. A bar filters the table.
import { byId, fill, make } from "./dom.js";
import { count, number, percent } from "./words.js";
import { coverage } from "./rows.js";
import { onChange, toggleFilter, view } from "./view.js";

const barsShown = 6;
const groups = [["vpc", "VPC", "vpc"], ["zone", "Zone", "zone"], ["sensor", "Sensor", "sensor"], ["instanceType", "Instance type", "type"]];

export function showBars() {
  const section = byId("coverage-bars");
  fill(section, make("h2", { id: "bars-title" }, "Coverage"), make("div", { class: "groups" }, ...groups.map(groupOf)));
  onChange(mark);
  mark();

  function mark() {
    for (const bar of section.querySelectorAll(".bar"))
      bar.setAttribute("aria-pressed", String(view.filters.get(bar.dataset.key) === bar.dataset.value));
  }
}

function groupOf([name, heading, key]) {
  const missing = each => each.should - each.mirrored;

  // The bars with most to do come first.
  const all = coverage.status.groups[name].toSorted((a, b) => missing(b) - missing(a) || b.should - a.should);
  const bars = all.map((each, index) => make("li", { hidden: index >= barsShown }, barOf(key, each)));
  const more = all.length > barsShown && make("button", {
    class: "plain link", type: "button", "aria-expanded": "false", click: () => {
      const isOpen = more.getAttribute("aria-expanded") === "false";
      more.setAttribute("aria-expanded", String(isOpen));
      more.textContent = isOpen ? "Fewer" : `All ${number(all.length)}`;
      bars.forEach((bar, index) => bar.hidden = !isOpen && index >= barsShown);
    },
  }, `All ${number(all.length)}`);
  return make("div", null, make("h3", null, heading), make("ul", null, ...bars),
    all.length === 0 && make("p", { class: "soft" }, "None."), more);
}

function barOf(key, { name, mirrored, should, percent: share }) {
  const track = make("span", { class: "track", "aria-hidden": "true" }, make("span"));
  track.firstElementChild.style.inlineSize = `${share}%`;
  return make("button", {
    class: "bar", type: "button", "data-key": key, "data-value": name, "aria-pressed": "false", click: () => toggleFilter(key, name),
    title: `${number(mirrored)} of ${count(should, "interface")}`,
  }, make("span", { class: "given bar-name" }, name), make("span", { class: "bar-share number" },
    make("span", { class: "soft" }, `${number(mirrored)} of ${number(should)}`), ` ${percent(share)}`), track);
}
