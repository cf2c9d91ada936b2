// What is looked at: search, filters, order and the opened row. The address keeps it, so that a view can be sent.
import { columnOf, inOrderOf } from "./rows.js";

const usualOrder = "state";
const listeners = [];
let selection = null;

export const view = read();

export const onChange = listener => listeners.push(listener);

// Changes the view, keeps it in the address, and tells everybody.
export function change(changed) {
  Object.assign(view, changed);
  if (Object.keys(changed).some(each => each !== "open"))
    selection = null;
  history.replaceState(null, "", address());
  tell();
}

export function setFilter(key, value) {
  const filters = new Map(view.filters);
  if (value === null || (value === "" && !columnOf[key].choice))
    filters.delete(key);
  else
    filters.set(key, value);
  change({ filters });
}

// Sets several at once, in place of all that were set.
export const setFilters = (values, query = "") => change({ filters: new Map(Object.entries(values)), query });

export const toggleFilter = (key, value) => setFilter(key, view.filters.get(key) === value ? null : value);

// The rows that the view selects, in its order.
export function selected() {
  return selection ??= inOrderOf(view.sort, view.isDown).filter(matcher());
}

function matcher() {
  const words = view.query.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = [...view.filters].map(([key, value]) => testOf(columnOf[key], value));
  return row => words.every(word => row.text.includes(word)) && tests.every(test => test(row));
}

function testOf(column, value) {
  if (column.several)
    return row => column.several(row.source).includes(value);
  if (column.choice)
    return row => row[column.key] === value;
  const part = value.toLowerCase();
  return row => row[column.key].toLowerCase().includes(part);
}

function address() {
  const fields = new URLSearchParams();
  if (view.query)
    fields.set("q", view.query);
  for (const [key, value] of view.filters)
    fields.set(key, value);
  if (view.sort !== usualOrder || view.isDown)
    fields.set("sort", (view.isDown ? "-" : "") + view.sort);
  if (view.open)
    fields.set("open", view.open);
  return `#${fields}`;
}

// An address from somebody else may hold anything: what is no column is left out.
function read() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const sort = fields.get("sort") ?? usualOrder;
  const key = sort.replace(/^-/, "");
  return {
    query: fields.get("q") ?? "",
    filters: new Map([...fields].filter(([name]) => Object.hasOwn(columnOf, name))),
    sort: Object.hasOwn(columnOf, key) ? key : usualOrder,
    isDown: Object.hasOwn(columnOf, key) && sort.startsWith("-"),
    open: fields.get("open"),
  };
}

function tell() {
  for (const listener of listeners)
    listener(view);
}

addEventListener("hashchange", () => {
  Object.assign(view, read());
  selection = null;
  tell();
});
