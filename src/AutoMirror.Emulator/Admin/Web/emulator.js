// The emulator's page: views come as server-sent events, and what a person does goes to the calls that scripts have, too.
import { byId, fill, make } from "/_automirror/page/dom.js";
import { lists, showLists } from "/_automirror/page/lists.js";

const said = byId("said");

fill(byId("lists"), lists.map(({ name, wide }) => make("section", { class: `panel ${wide ? "wide" : ""}`, id: name })));

const source = new EventSource("/_automirror/live");
source.addEventListener("message", event => show(JSON.parse(event.data)));
source.addEventListener("error", () => showFacts(null));

let last = null;

function show(view) {
  last = view;
  showFacts(view);
  showLists(view, act);
  const interfaces = view.networkInterfaces.filter(each => each.instanceId);
  offer("ends", interfaces.map(each => [each.id, `${each.privateIpAddress} ${each.instanceId}`]));
  offer("resources", [
    ...view.instances.map(each => [each.id, `${each.tags.Name ?? ""} ${each.state}`]),
    ...interfaces.map(each => [each.id, each.instanceId]),
  ]);
  const from = byId("send").elements.from;
  if (!from.value && interfaces.length > 0)
    from.value = interfaces[0].id;
}

function showFacts(view) {
  const known = view ?? last;
  const facts = { Account: known?.accountId, Region: known?.region, Endpoint: location.origin, State: view ? "live" : "no connection" };
  fill(byId("facts"), Object.entries(facts).filter(([, value]) => value).map(([name, value]) =>
    make("div", null, make("dt", null, name), make("dd", null, value))));
}

// What the fields offer. An open list would close if it were drawn anew for nothing.
const offered = new Map();

function offer(name, options) {
  const now = JSON.stringify(options);
  if (offered.get(name) !== now)
    fill(byId(name), options.map(([value, label]) => make("option", { value }, label)));
  offered.set(name, now);
}

async function act(call, body, inWords = answer => Object.entries(answer.states ?? {}).map(each => each.join(": ")).join(", ") || "Done.") {
  try {
    const reply = await fetch(`/_automirror/${call}`, { method: "POST", body: JSON.stringify(body) });
    const answer = await reply.json();
    say(reply.ok ? inWords(answer) : answer.error, reply.ok);
  } catch {
    say("The emulator does not answer: it has stopped, or is starting.", false);
  }
}

function say(text, isGood) {
  said.textContent = text;
  said.classList.toggle("bad", !isGood);
}

function onSubmit(id, work) {
  byId(id).addEventListener("submit", event => {
    event.preventDefault();
    work(Object.fromEntries(new FormData(event.target, event.submitter)));
  });
}

onSubmit("launch", ({ name, instanceType, mirror, count }) => act(
  "instances",
  { instanceType, count: Number(count), tags: { ...name ? { Name: name } : {}, ...mirror ? { Mirror: mirror } : {} } },
  answer => `Launched ${answer.instanceIds.join(", ")}.`));

onSubmit("tag", ({ resourceId, key, value, remove }) => remove
  ? act("tags/delete", { resourceId, key }, () => `${resourceId} has no tag ${key} any more.`)
  : act("tags", { resourceId, key, value }, () => `${resourceId} is tagged ${key}=${value}.`));

onSubmit("send", ({ from, to, protocol, port, count }) => act(
  "packets",
  { from, to, protocol, count: Number(count), ...protocol === "icmp" ? { icmpType: 8 } : { destinationPort: Number(port) } },
  answer => answer.fates.map(fate =>
    `${fate.count} ${fate.direction} at ${fate.networkInterfaceId}: ${fate.fate}, ${fate.because}`).join("; ")));
