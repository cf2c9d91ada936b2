// What matters at the top: the share, what is missing and why, what is blind, and the problems with what mends each.
import { byId, draw, fill, make } from "./dom.js";
import { count, kindOf, money, number, percent, time } from "./words.js";
import { coverage, rows } from "./rows.js";
import { setFilters } from "./view.js";
import { onCopy } from "./copies.js";

const { status, made } = coverage;
const shown = 6;

export function showSummary() {
  document.title = `${percent(status.percent)} mirrored: ${status.deployment} in ${status.region}`;
  fill(byId("title"), "Mirror coverage of ", make("span", { class: "given" }, status.deployment));
  fill(byId("facts"), [
    ["Account", status.account ?? "unknown"], ["Region", status.region], ["Mode", status.mode], ["Seen", time(made.seenAt)],
    ["From", made.from], ["Made", time(made.madeAt)], ["By", made.build],
  ].map(([name, value]) => make("div", null, make("dt", null, name), make("dd", { class: "given" }, value))));
  showShare();
  showMissing();
  showBlind();
  showProblems();
}

function showShare() {
  const wanted = rows.filter(row => row.wanted === "yes").length;
  const { cost, pending } = status;
  const changes = pending.create + pending.modify + pending.delete;
  fill(
    byId("share"), ring(status.percent),
    make("div", null,
      make("p", null, `${number(status.states.mirrored ?? 0)} of ${count(wanted, "interface")} that should be mirrored `
        + `${status.states.mirrored === 1 ? "is" : "are"}.`),
      make("ul", { class: "states" }, ...Object.entries(status.states).map(([state, of]) => make("li", null,
        make("button", { class: "plain link", type: "button", click: () => go({ state }) },
          make("span", { class: `pill ${kindOf(state)}` }, state), ` ${number(of)}`)))),
      changes > 0 && make("p", { class: "soft" }, `A sync would make ${count(pending.create, "session")}, change `
        + `${number(pending.modify)} and delete ${number(pending.delete)}.`),
      make("p", { class: "soft" }, `${count(cost.sessions, "session")}: ${money(cost.monthly, cost.price.currency)} a month`
        + (cost.monthlyWaste > 0 ? `, ${money(cost.monthlyWaste, cost.price.currency)} of it for nothing.` : "."))));
}

function ring(share) {
  const radius = 52;
  const around = 2 * Math.PI * radius;
  const circle = more => draw("circle", { cx: 60, cy: 60, r: radius, fill: "none", "stroke-width": 14, ...more });
  return draw("svg", { class: "ring", viewBox: "0 0 120 120", role: "img", "aria-label": `${percent(share)} are mirrored` },
    circle({ class: "ring-all" }),
    share > 0 && circle({
      class: "ring-good", transform: "rotate(-90 60 60)", "stroke-dasharray": `${around * share / 100} ${around}`,
    }),
    draw("text", { x: 60, y: 68, "text-anchor": "middle" }, percent(share)));
}

function showMissing() {
  const all = coverage.missing.reduce((sum, each) => sum + each.interfaces, 0);
  fill(
    byId("missing"), make("h2", null, all === 0 ? "Nothing is missing" : `${number(all)} not mirrored, by reason`),
    all === 0
      ? make("p", { class: "soft" }, "Every interface that should be mirrored is.")
      : list(coverage.missing.map(each => entry(
        each.interfaces, [make("span", { class: `pill ${kindOf(each.state)}` }, each.state), " ",
          make("span", { class: "given" }, each.because)],
        () => go({ state: each.state, verdict: each.verdict, ...each.state === "pending" ? {} : { why: each.because } })))));
}

function showBlind() {
  const generations = status.blind.map(({ family, interfaces }) => entry(
    interfaces, [make("span", { class: "given" }, family), " can't be mirrored by EC2"],
    () => go({ state: "unsupported" }, `${family}.`)));
  const traffic = coverage.blindTraffic.map(({ what, interfaces }) => entry(
    interfaces, [make("span", { class: "given" }, what)], () => go({ state: "mirrored", blind: what })));
  fill(
    byId("blind"), make("h2", null, "Blind"),
    generations.length > 0 && make("h3", null, "By generation"), generations.length > 0 && list(generations),
    traffic.length > 0 && make("h3", null, "By traffic, of what is mirrored"), traffic.length > 0 && list(traffic),
    generations.length + traffic.length === 0 && make("p", { class: "soft" }, "Nothing is mirrored yet."));
}

function showProblems() {
  const section = byId("problems");
  section.hidden = false;
  section.classList.toggle("alarm", status.problems.length > 0);
  fill(
    section,
    make("h2", { id: "problems-title" }, status.problems.length === 0 ? "No problems" : count(status.problems.length, "problem")),
    status.problems.length === 0 && make("p", { class: "soft" }, "The plan found nothing that a person has to mend."),
    status.problems.length > 0 && make("ul", { class: "problems" }, ...status.problems.map(({ problem, message, command }) => make("li", null,
      make("p", null, make("strong", null, problem), " ", make("span", { class: "given" }, message)),
      make("p", { class: "command" }, make("code", { class: "given" }, command),
        onCopy(make("button", { class: "button", type: "button", "aria-label": `Copy the command for ${problem}` }, "Copy"),
          () => command))))));
}

const entry = (interfaces, text, click) => make("button", { class: "plain entry", type: "button", click },
  make("span", { class: "number" }, number(interfaces)), make("span", null, ...text));

// A long list shows its beginning, and the rest when it is asked for.
function list(entries) {
  const items = entries.map((each, index) => make("li", { hidden: index >= shown }, each));
  const all = make("ul", { class: "entries" }, ...items);
  if (items.length > shown) {
    const more = make("li", null, make("button", {
      class: "plain link", type: "button", click: () => {
        items.forEach(item => item.hidden = false);
        more.remove();
        items[shown].firstElementChild.focus();
      },
    }, `${number(items.length - shown)} more`));
    all.append(more);
  }

  return all;
}

// Filters the table, and goes there.
function go(filters, query) {
  setFilters(filters, query);
  byId("interfaces").focus({ preventScroll: true });
  byId("interfaces").scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
