// One interface, whole: the chain of reasons, what to do, its sessions, and the packets that its sensor can't see.
import { byId, fill, make } from "./dom.js";
import { kindOf, since } from "./words.js";
import { rows } from "./rows.js";
import { change, onChange, view } from "./view.js";
import { onCopy } from "./copies.js";

const byName = new Map(rows.map(row => [row.interface || row.instance, row]));

export const nameOf = row => row.interface || row.instance;

export function showDetail(onClosed) {
  const dialog = byId("detail");
  dialog.addEventListener("close", () => {
    const name = view.open;
    if (name !== null)
      change({ open: null });
    onClosed(name);
  });

  // A click beside the dialog closes it, as it does elsewhere.
  dialog.addEventListener("click", event => {
    if (event.target === dialog)
      dialog.close();
  });
  onChange(show);
  show();

  function show() {
    const row = byName.get(view.open);
    if (!row) {
      if (dialog.open)
        dialog.close();
      return;
    }

    fill(dialog, contentOf(row.source, row, () => dialog.close()));
    if (!dialog.open)
      dialog.showModal();
    dialog.scrollTop = 0;
  }
}

function contentOf(each, row, close) {
  return make("div", { class: "detail" },
    make("header", null,
      make("div", null,
        make("h2", { id: "detail-title", class: "given" }, nameOf(row)),
        make("p", null, make("span", { class: `pill ${kindOf(each.state)}` }, each.state), " ",
          each.state === "pending" ? `${each.verdict} after a sync` : each.verdict === each.state ? "" : each.verdict),
        make("p", { class: "soft" }, `${each.state}, ${since(each.since, each.after)}`)),
      make("button", { class: "button", type: "button", click: close, autofocus: true }, "Close")),
    make("dl", { class: "properties" }, ...[
      ["Instance", each.instanceId], ["Name", each.name], ["Type", each.instanceType], ["Address", each.address], ["VPC", each.vpcId],
      ["Subnet", each.subnetId], ["Zone", each.zone], ["Sensor", each.sensor], ["Decided by", each.decidedBy.join("; ")],
    ].filter(([, value]) => value).map(([name, value]) => make("div", null,
      make("dt", null, name), make("dd", { class: "given" }, value)))),
    make("h3", null, "Why"),
    make("ol", { class: "chain" }, ...each.because.map(reason => make("li", { class: "given" }, reason))),
    each.whatToDo && make("h3", null, "What to do"),
    each.whatToDo && make("p", { class: "command" }, make("span", { class: "given" }, each.whatToDo),
      onCopy(make("button", { class: "button", type: "button", "aria-label": "Copy what to do" }, "Copy"), () => each.whatToDo)),
    make("h3", null, "Sessions"),
    each.sessions.length === 0 ? make("p", { class: "soft" }, "It has none.") : sessionsOf(each.sessions),
    make("h3", null, "Packets that its sensor can't see"),
    make("ul", { class: "spots" }, ...each.blind.map(spot => make("li", { class: "given" }, spot))));
}

const nexts = { keep: "stays", change: "a sync changes it", delete: "a sync deletes it", make: "a sync makes it" };

const sessionsOf = sessions => make("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": "Sessions" },
  make("table", null,
    make("thead", null, make("tr", null, ...["Number", "Session", "Whose", "Target", "Filter", "VNI", "Length", "Next"].map(each =>
      make("th", { scope: "col" }, each)))),
    make("tbody", null, ...sessions.map(each => make("tr", null, ...[
      each.sessionNumber, each.trafficMirrorSessionId ?? "not made yet", each.isOwned ? "own" : "foreign", each.targetId, each.filterId,
      each.virtualNetworkId ?? "", each.packetLength ?? "whole", each.isOwned ? nexts[each.next] : "not ours",
    ].map(value => make("td", { class: "given id" }, String(value))))))));
