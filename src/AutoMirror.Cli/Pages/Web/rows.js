// The interfaces as rows, and the columns by which they can be searched, sorted and filtered.
import { byId } from "./dom.js";
import { since } from "./words.js";

export const coverage = JSON.parse(byId("coverage").textContent);

// What needs somebody comes first.
const states = ["hindered", "pending", "unsupported", "mirrored"];
const rankOf = state => states.indexOf(state) < 0 ? states.length : states.indexOf(state);

const column = (key, label, of, more) => ({ key, label, of, ...more });

// A choice is filtered by one of its values, everything else by a part of its text. "Blind to" holds several values.
export const columns = [
  column("state", "State", each => each.state, { choice: true, rank: rankOf }),
  column("verdict", "Verdict", each => each.verdict, { choice: true }),
  column("wanted", "Wanted", each => each.wanted ? "yes" : "no", { choice: true }),
  column("sensor", "Sensor", each => each.sensor, { choice: true }),
  column("vpc", "VPC", each => each.vpcId, { choice: true, isId: true }),
  column("zone", "Zone", each => each.zone, { choice: true }),
  column("type", "Type", each => each.instanceType, { choice: true }),
  column("target", "Target", each => each.target, { choice: true, isId: true }),
  column("number", "Number", each => each.sessionNumber, { choice: true, rank: Number }),
  column("interface", "Interface", each => each.networkInterfaceId, { isId: true }),
  column("instance", "Instance", each => each.instanceId, { isId: true }),
  column("name", "Name", each => each.name),
  column("address", "Address", each => each.address),
  column("subnet", "Subnet", each => each.subnetId, { isId: true }),
  column("vni", "VNI", each => each.virtualNetworkId, { rank: Number }),
  column("tags", "Decided by", each => each.decidedBy.join("; ")),
  column("why", "Why", each => each.because.join("; ")),
  column("blind", "Blind to", each => each.blind.join("\n"), { several: each => each.blind }),
  column("since", "Since", each => since(each.since, each.after)),
];

export const columnOf = Object.fromEntries(columns.map(each => [each.key, each]));

export const rows = coverage.interfaces.map(source => {
  const row = { source };
  for (const { key, of } of columns)
    row[key] = String(of(source) ?? "");
  row.text = columns.map(({ key }) => row[key]).join("\n").toLowerCase();
  return row;
});

const collator = new Intl.Collator("en", { numeric: true });
const orders = new Map();

// All rows in the order of a column; those without a value are last either way.
export function inOrderOf(key, isDown) {
  const name = `${key} ${isDown}`;
  if (!orders.has(name))
    orders.set(name, sorted(columnOf[key], isDown ? -1 : 1));
  return orders.get(name);
}

// Values are compared as words once each, and rows by the places of their values: comparing words is slow, and most columns repeat them.
function sorted({ key, rank, isId }, sign) {
  const values = [...new Set(rows.map(row => row[key]))].filter(Boolean);
  values.sort(rank ? (a, b) => rank(a) - rank(b) : isId ? inPlainOrder : collator.compare);
  const places = new Map(values.map((value, index) => [value, sign * index]));
  const placeOf = row => places.get(row[key]) ?? Infinity;
  return rows.map(row => [placeOf(row), row])
    .sort(([a, first], [b, second]) => (a === b ? 0 : a - b) || inPlainOrder(first.interface, second.interface)).map(([, row]) => row);
}

const inPlainOrder = (a, b) => a < b ? -1 : a > b ? 1 : 0;

const choices = new Map();

// The values of a column with how many rows have each.
export function valuesOf(key) {
  if (!choices.has(key)) {
    const counts = new Map();
    for (const row of rows)
      counts.set(row[key], (counts.get(row[key]) ?? 0) + 1);
    choices.set(key, [...counts].sort(([a], [b]) => collator.compare(a, b)));
  }

  return choices.get(key);
}
