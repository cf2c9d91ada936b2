// What the account holds and what happened in it, as tables.
import { byId, fill, make } from "/_automirror/page/dom.js";

const kinds = { running: "good", ok: "good", mirrored: "good", pending: "wait", stopping: "wait", "shutting-down": "wait" };
const dull = new Set(["stopped", "terminated", "not-mirrored"]);

export const pill = word => make("span", { class: `pill ${kinds[word] ?? (dull.has(word) ? "" : "weak")}` }, word);

const id = value => make("span", { class: "id given" }, value ?? "");
const text = value => make("span", { class: "given" }, String(value ?? ""));
const long = value => make("span", { class: "given long" }, String(value ?? ""));
const clock = iso => iso ? new Date(iso).toISOString().slice(11, 23) : "";
const tags = of => long(Object.entries(of.tags).map(([key, value]) => `${key}=${value}`).join(", "));

// A list: its name in the view, its heading, its columns with what each shows, and what an empty one says.
export const lists = [
  {
    name: "instances", heading: "Instances", wide: true, none: "None yet: launch one.",
    columns: {
      Instance: each => id(each.id), State: each => pill(each.state), Type: each => text(each.type), Zone: each => text(each.zone),
      Interfaces: (each, view) => make("div", null, ...view.networkInterfaces.filter(its => its.instanceId === each.id)
        .map(its => make("div", null, id(`${its.id} ${its.privateIpAddress}`)))),
      Sessions: (each, view) => text(sessionsOf(each, view).length || ""), Tags: tags, Do: (each, view, act) => buttonsOf(each, act),
    },
  },
  {
    name: "trafficMirrorSessions", heading: "Mirror sessions", wide: true,
    none: "None. With a filter and a target, automirror sync or the function makes them.",
    columns: {
      Session: each => id(each.id), Interface: each => id(each.networkInterfaceId), Target: each => id(each.targetId),
      Number: each => text(each.sessionNumber), VNI: each => text(each.virtualNetworkId), Tags: tags,
    },
  },
  {
    name: "packets", heading: "Packets and their fates", wide: true, none: "None yet: send some.",
    columns: {
      Last: each => text(clock(each.lastAt)), Interface: each => id(each.networkInterfaceId), Way: each => text(each.direction),
      Fate: each => pill(each.fate), Packets: each => text(each.packets), Because: each => long(each.because),
    },
  },
  {
    name: "requests", heading: "Last requests", none: "None yet.",
    columns: {
      Time: each => text(clock(each.time)), Action: each => text(`${each.service} ${each.action}`), Outcome: each => pill(each.outcome),
      Took: each => text(`${each.milliseconds.toFixed(1)} ms`), Fault: each => each.fault ? pill(each.fault) : "",
      By: each => text(each.accessKeyId),
    },
  },
  {
    name: "events", heading: "Events", none: "None yet.",
    columns: {
      Time: each => text(clock(each.time)), Event: each => text(each["detail-type"]), About: each => long(aboutOf(each)),
    },
  },
  {
    name: "trafficMirrorTargets", heading: "Mirror targets", none: "None: automirror setup makes one.",
    columns: {
      Target: each => id(each.id), Type: each => text(each.type), Destination: each => id(each.destination),
      Sessions: each => text(each.sessions),
    },
  },
  {
    name: "trafficMirrorFilters", heading: "Mirror filters", none: "None: automirror setup makes one.",
    columns: {
      Filter: each => id(each.id), Rules: each => text(each.rules), Services: each => text(each.networkServices.join(", ")),
      Description: each => text(each.description),
    },
  },
  {
    name: "networkInterfaces", heading: "Network interfaces", none: "None.",
    columns: {
      Interface: each => id(each.id), Address: each => id(each.privateIpAddress), Instance: each => id(each.instanceId),
      Subnet: each => id(each.subnetId), Type: each => text(each.interfaceType),
    },
  },
  {
    name: "parameters", heading: "Parameters", none: "None: automirror setup puts them.",
    columns: { Name: each => id(each.name), Version: each => text(each.version), Type: each => text(each.type) },
  },
];

const drawn = new Map();

// Draws the lists that have changed, and keeps the focus where it was.
export function showLists(view, act) {
  for (const list of lists) {
    const now = JSON.stringify(list.name === "instances"
      ? [view.instances, view.networkInterfaces, view.trafficMirrorSessions] : view[list.name]);
    if (drawn.get(list.name) === now)
      continue;
    drawn.set(list.name, now);
    const section = byId(list.name);
    const focused = section.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const top = section.querySelector(".scrolled")?.scrollTop ?? 0;
    fill(section, make("h2", null, `${list.heading} `, make("span", { class: "soft" }, countOf(list, view))),
      view[list.name].length === 0 ? make("p", { class: "soft" }, list.none) : tableOf(list, view, act));
    section.querySelector(".scrolled")?.scrollTo(0, top);
    if (focused)
      [...section.querySelectorAll("[data-key]")].find(each => each.dataset.key === focused)?.focus();
  }
}

function countOf({ name }, view) {
  const [all, shown] = [view.counts[name] ?? view[name].length, view[name].length];
  return all > shown ? `${all}, of which ${shown} are shown` : String(all);
}

const tableOf = (list, view, act) => make("div", {
  class: "scrolled", tabindex: "0", role: "region", "aria-label": list.heading,
}, make("table", null,
  make("thead", null, make("tr", null, ...Object.keys(list.columns).map(name => make("th", { scope: "col" }, name)))),
  make("tbody", null, ...view[list.name].map(each => make("tr", null,
    ...Object.values(list.columns).map(show => make("td", null, show(each, view, act))))))));

const sessionsOf = (instance, view) => view.trafficMirrorSessions.filter(session => view.networkInterfaces.some(each =>
  each.id === session.networkInterfaceId && each.instanceId === instance.id));

const actions = { running: ["stop", "terminate"], stopped: ["start", "terminate"], pending: ["terminate"], stopping: ["terminate"] };

const buttonsOf = (instance, act) => make("div", { class: "tools" }, ...(actions[instance.state] ?? []).map(what => make("button", {
  class: "button", type: "button", "data-key": `${what} ${instance.id}`, "aria-label": `${what} ${instance.id}`,
  click: () => act(`instances/${what}`, { instanceIds: [instance.id] }),
}, what)));

// The part of an event that says what it is about, whichever kind it is.
function aboutOf({ detail, resources }) {
  const said = detail.eventName ? `${detail.eventName}${detail.errorCode ? `: ${detail.errorCode}` : ""}`
    : detail.state ?? detail.operation ?? detail["changed-tag-keys"]?.join(", ") ?? "";
  return [detail["instance-id"] ?? detail.name ?? resources?.[0] ?? "", said].filter(Boolean).join(" ");
}
