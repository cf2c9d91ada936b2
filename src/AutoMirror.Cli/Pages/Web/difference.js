// Who became mirrored and who stopped, since the earlier look that the page was made with.
import { byId, fill, make } from "./dom.js";
import { count, time } from "./words.js";
import { coverage } from "./rows.js";
import { change } from "./view.js";

const mostEntries = 200;

export function showDifference() {
  const difference = coverage.difference;
  if (!difference)
    return;
  const section = byId("difference");
  section.hidden = false;
  fill(
    section, make("h2", { id: "difference-title" }, `Since ${time(difference.since)}`),
    make("p", { class: "soft" },
      `EC2 does not say when a session came or went: each change lies between then and ${time(difference.until)}.`),
    changesTable(difference.became, "became mirrored"), changesTable(difference.stopped, "stopped being mirrored"));
}

function changesTable(entries, what) {
  const heading = make("h3", null, `${count(entries.length, "interface")} ${what}`);
  return entries.length === 0 ? heading : make("details", { open: entries.length <= 12 }, make("summary", null, heading),
    make("div", { class: "scrolled" }, make("table", null,
      make("thead", null, make("tr", null, ...["Interface", "Name", "Was", "Is", "Why"].map(each => make("th", { scope: "col" }, each)))),
      make("tbody", null, ...entries.slice(0, mostEntries).map(changeRow)))),
    entries.length > mostEntries && make("p", { class: "soft" }, `${entries.length - mostEntries} more are in difference.csv, next to the page.`));
}

const changeRow = each => make("tr", null,
  make("td", null, each.is === "absent" ? make("span", { class: "id" }, each.networkInterfaceId) : make("button", {
    class: "plain link id", type: "button", click: () => change({ open: each.networkInterfaceId }),
  }, each.networkInterfaceId)),
  make("td", { class: "given" }, each.name),
  make("td", null, each.was, each.wasSince && make("span", { class: "soft" }, ` at the latest since ${time(each.wasSince)}`)),
  make("td", null, each.is), make("td", { class: "given" }, each.because));
