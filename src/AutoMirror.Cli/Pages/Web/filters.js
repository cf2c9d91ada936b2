// Search, a field for each column, and what is set now as buttons that take it away again.
import { byId, fill, make, unseen } from "./dom.js";
import { count, number } from "./words.js";
import { columnOf, columns, rows, valuesOf } from "./rows.js";
import { change, onChange, selected, setFilter, setFilters, view } from "./view.js";
import { onCopy, toCsv, toJson } from "./copies.js";

const mostChoices = 300;
const nothing = "(none)";

export function showFilters() {
  const search = make("input", {
    id: "search", type: "search", autocomplete: "off", spellcheck: "false", placeholder: "id, name, address, reason …",
    input: event => change({ query: event.target.value }),
  });
  const fields = new Map(columns.filter(each => each.key !== "blind" && each.key !== "since").map(column => [column.key, fieldOf(column)]));
  const order = orderOf();
  const chips = make("ul", { class: "chips", "aria-label": "Filters that are set" });
  fill(
    byId("filters"),
    make("div", { class: "search" }, make("label", { for: "search" }, "Search"), search),
    make("details", { class: "by-column" }, make("summary", null, "Filter by column"),
      make("div", { class: "fields" }, ...[...fields].map(([key, field]) =>
        make("label", null, make("span", null, columnOf[key].label), field)))),
    make("label", { class: "order" }, make("span", null, "Order by"), order),
    chips);
  fill(
    byId("tools"),
    onCopy(make("button", { class: "button", type: "button" }, "Copy CSV"), () => toCsv(selected())),
    onCopy(make("button", { class: "button", type: "button" }, "Copy JSON"), () => toJson(selected())),
    onCopy(make("button", { class: "button", type: "button", title: "The address keeps search, filters and order" }, "Copy link"),
      () => location.href));
  onChange(show);
  show();

  function show() {
    if (search.value !== view.query)
      search.value = view.query;
    for (const [key, field] of fields)
      showIn(field, key);
    order.value = `${view.isDown ? "-" : ""}${view.sort}`;
    fill(chips, [...view.filters].map(([key, value]) => make("li", null, chipOf(key, value))),
      view.filters.size + view.query.length > 0 && make("li", null, make("button", {
        class: "plain link", type: "button", click: () => {
          setFilters({});
          search.focus();
        },
      }, "Clear all")));
    fill(byId("counted"), selected().length === rows.length
      ? count(rows.length, "interface") : `${number(selected().length)} of ${count(rows.length, "interface")}`);
  }
}

// What was set from elsewhere, and is no choice of the field, becomes one.
function showIn(field, key) {
  const value = view.filters.get(key);
  if (field.localName !== "select") {
    field.value = value ?? "";
    return;
  }

  const isSet = value !== undefined;
  if (isSet && ![...field.options].some(option => option.dataset.isSet && option.value === value))
    field.append(optionOf(value, value || nothing));
  field.selectedIndex = isSet ? [...field.options].findIndex(option => option.dataset.isSet && option.value === value) : 0;
}

function fieldOf(column) {
  const values = column.choice ? valuesOf(column.key) : [];
  if (values.length === 0 || values.length > mostChoices) {
    return make("input", {
      type: "text", autocomplete: "off", spellcheck: "false", input: event => setFilter(column.key, event.target.value || null),
    });
  }

  const field = make("select", {
    change: () => setFilter(column.key, field.selectedIndex === 0 ? null : field.value),
  }, make("option", { value: "" }, "any"), ...values.map(([value, rows]) => optionOf(value, `${value || nothing} (${number(rows)})`)));
  return field;
}

const optionOf = (value, label) => make("option", { value, "data-is-set": "true" }, label);

function orderOf() {
  const of = (key, sign, label) => make("option", { value: sign + key }, label);
  const field = make("select", {
    change: () => change({ sort: field.value.replace(/^-/, ""), isDown: field.value.startsWith("-") }),
  }, ...columns.filter(each => !each.several).flatMap(({ key, label }) => [of(key, "", label), of(key, "-", `${label}, downwards`)]));
  return field;
}

const chipOf = (key, value) => make("button", { class: "chip", type: "button", click: () => setFilter(key, null) },
  unseen("Take away the filter "), make("span", { class: "soft" }, `${columnOf[key].label} `),
  make("span", { class: "given" }, value || nothing), make("span", { "aria-hidden": "true" }, " ✕"));
