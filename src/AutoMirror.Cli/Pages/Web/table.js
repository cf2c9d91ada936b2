// The table of interfaces. Only the rows that can be seen, and some around them, are there; a filler above and below stands for the rest.
import { byId, fill, make, unseen } from "./dom.js";
import { kindOf } from "./words.js";
import { columnOf, rows } from "./rows.js";
import { change, onChange, selected, view } from "./view.js";
import { nameOf } from "./detail.js";

const around = 8;
const narrow = matchMedia("(max-width: 46rem)");

// Two values a cell: one above, one below. Of the chain of reasons, the last decided; the opened row has them all.
const cells = [
  ["state", "verdict"], ["interface", "address"], ["name", "instance"], ["type", "zone"], ["vpc", "subnet"], ["sensor", "target"],
  ["number", "vni"], ["tags", "why"],
];
const ids = new Set(["interface", "instance", "address", "vpc", "subnet", "target", "vni"]);

export function showTable() {
  const above = make("tbody", { "aria-hidden": "true", class: "filler" }, make("tr", null, make("td", { colspan: cells.length })));
  const below = make("tbody", { "aria-hidden": "true", class: "filler" }, make("tr", null, make("td", { colspan: cells.length })));
  const body = make("tbody", { role: "rowgroup" });
  const head = headOf();
  const table = make("table", {
    role: "table", class: "interfaces", "aria-label": "Interfaces", "aria-describedby": "keys", "aria-colcount": cells.length,
  }, make("colgroup", null, ...cells.map(([key]) => make("col", { class: `col-${key}` }))), head, above, body, below);
  const window = make("div", { class: "window", tabindex: "-1", scroll: render, keydown: press }, table);
  const none = make("p", { class: "soft none", hidden: true }, "No interface is like this.");
  fill(
    byId("table"),
    make("p", { class: "soft hint", id: "keys" }, "↑ ↓ Page Up, Page Down, Home and End go through the rows, Enter opens one."),
    window, none);
  const made = new Map();
  let active = 0;
  let isPrinting = false;
  let shown = null;
  let height = rowHeight();
  onChange(() => {
    if (selected() === shown)
      return;
    window.scrollTop = active = 0;
    refresh();
  });
  narrow.addEventListener("change", () => {
    height = rowHeight();
    refresh();
  });
  new ResizeObserver(render).observe(window);
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  refresh();
  return { focus: name => reach(Math.max(0, selected().findIndex(row => nameOf(row) === name))) };

  function refresh() {
    shown = selected();
    const count = shown.length;
    active = Math.min(active, Math.max(0, count - 1));
    table.setAttribute("aria-rowcount", String(count + 1));
    none.hidden = count > 0;
    made.clear();
    body.replaceChildren();
    for (const each of head.querySelectorAll("button"))
      markOrder(each);
    render();
  }

  function render() {
    const all = selected();
    const top = Math.max(0, window.scrollTop - head.offsetHeight);
    const first = isPrinting ? 0 : Math.max(0, Math.min(all.length, Math.floor(top / height)) - around);
    const last = isPrinting ? all.length : Math.min(all.length, Math.ceil((top + window.clientHeight) / height) + around);
    const hadFocus = body.contains(document.activeElement);

    // Taking away the row with the focus lays out, and a table that lacks its rows for a moment would be scrolled back: until all rows
    // are there, the filler below stands for them.
    stretch(above, first);
    stretch(below, all.length);
    for (const [index, element] of made) {
      if (index < first || index >= last) {
        element.remove();
        made.delete(index);
      }
    }

    let next = body.firstElementChild;
    for (let index = first; index < last; index++) {
      if (made.has(index)) {
        next = made.get(index).nextElementSibling;
        continue;
      }

      const element = rowOf(all[index], index);
      made.set(index, element);
      body.insertBefore(element, next);
    }

    stretch(below, all.length - last);
    const stop = made.has(active) ? active : Math.min(last - 1, Math.ceil(top / height));
    for (const [index, element] of made)
      element.querySelector("button").tabIndex = index === stop ? 0 : -1;
    if (hadFocus && !body.contains(document.activeElement))
      window.focus({ preventScroll: true });
  }

  function stretch(filler, count) {
    filler.firstElementChild.firstElementChild.style.blockSize = `${count * height}px`;
    filler.hidden = count === 0;
  }

  function press(event) {
    const page = Math.max(1, Math.floor(window.clientHeight / height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (!Object.hasOwn(steps, event.key) || event.ctrlKey || event.altKey || event.metaKey || head.contains(event.target))
      return;
    event.preventDefault();
    const from = Number(event.target.closest("tr")?.dataset.index ?? active);
    reach(Math.max(0, Math.min(selected().length - 1, from + steps[event.key])));
  }

  // Brings a row into sight, and the focus to it.
  function reach(index) {
    if (selected().length === 0)
      return;
    active = index;
    const top = index * height;
    const room = window.clientHeight - head.offsetHeight;
    if (top < window.scrollTop)
      window.scrollTop = top;
    else if (top + height > window.scrollTop + room)
      window.scrollTop = top + height - room;
    render();
    made.get(index)?.querySelector("button").focus({ preventScroll: true });
  }

  function print(isStarting) {
    isPrinting = isStarting;
    table.classList.toggle("printed", isStarting);
    refresh();
  }

  function headOf() {
    return make("thead", { role: "rowgroup" }, make("tr", { role: "row", "aria-rowindex": "1" }, ...cells.map(keys =>
      make("th", { role: "columnheader", scope: "col" }, ...keys.map(key => make("button", {
        class: "plain sort", type: "button", "data-key": key,
        click: () => change({ sort: key, isDown: view.sort === key && !view.isDown }),
      }, columnOf[key].label, make("span", { "aria-hidden": "true", class: "arrow" }), unseen("")))))));
  }

  function markOrder(button) {
    const isSorted = view.sort === button.dataset.key;
    button.querySelector(".arrow").textContent = isSorted ? view.isDown ? " ↓" : " ↑" : "";
    button.querySelector(".unseen").textContent = isSorted ? view.isDown ? ", sorted downwards" : ", sorted upwards" : ", sort by it";
    const heading = button.closest("th");
    const own = [...heading.querySelectorAll("button")].some(each => each.dataset.key === view.sort);
    heading.setAttribute("aria-sort", own ? view.isDown ? "descending" : "ascending" : "none");
  }
}

const rowHeight = () => parseFloat(getComputedStyle(document.documentElement).fontSize) * (narrow.matches ? 8 : 3.4);

function rowOf(row, index) {
  const open = () => change({ open: nameOf(row) });
  return make("tr", {
    role: "row", "aria-rowindex": index + 2, "data-index": index, class: index % 2 ? "odd" : null,
    click: event => {
      if (event.target.localName !== "button" && getSelection().isCollapsed)
        open();
    },
  }, ...cells.map(([first, second]) => make("td", { role: "cell", class: `cell-${first}` },
    valueOf(row, first, open), valueOf(row, second, open))));
}

function valueOf(row, key, open) {
  const value = row[key];
  if (key === "interface") {
    return make("button", { class: "plain link id", type: "button", click: open, "aria-haspopup": "dialog" },
      value || `(none) ${row.instance}`);
  }

  const kind = key === "state" ? ` pill ${kindOf(value)}` : ids.has(key) ? " id" : "";
  const isRepeated = key === "verdict" && value === row.state;
  const text = isRepeated ? "" : key === "number" && value ? `no. ${value}` : key === "why" ? row.source.because.at(-1) : value;
  return make("span", { class: `value value-${key} given${kind}`, title: value.length > 24 ? value : null }, text);
}
