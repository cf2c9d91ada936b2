// What is shown, for the clipboard: as CSV, with the columns of interfaces.csv, and as JSON.

const timeOf = iso => iso ? `${new Date(iso).toISOString().slice(0, 19)}Z` : "";

const fields = {
  interface: each => each.networkInterfaceId, instance: each => each.instanceId, name: each => each.name, type: each => each.instanceType,
  vpc: each => each.vpcId, subnet: each => each.subnetId, zone: each => each.zone, address: each => each.address,
  state: each => each.state, verdict: each => each.verdict, wanted: each => each.wanted ? "yes" : "no", sensor: each => each.sensor,
  target: each => each.target, session: each => each.ownSessionId, number: each => each.sessionNumber, vni: each => each.virtualNetworkId,
  decided_by: each => each.decidedBy.join("; "), because: each => each.because.join("; "), what_to_do: each => each.whatToDo,
  blind_to: each => each.blind.join("; "), since: each => timeOf(each.since), after: each => timeOf(each.after),
};

export const toCsv = rows => [
  Object.keys(fields).join(","),
  ...rows.map(row => Object.values(fields).map(of => cell(String(of(row.source) ?? ""))).join(",")),
  "",
].join("\r\n");

export const toJson = rows => JSON.stringify(rows.map(row => row.source), null, 2);

// A spreadsheet would carry out a name that begins like a formula.
function cell(value) {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

// Browsers refuse the clipboard to some pages that are opened from a file; the older way still works there.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}

// A button that says for a moment what became of it.
export function onCopy(button, textOf) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    button.textContent = await copy(textOf()) ? "Copied" : "Refused by the browser";
    setTimeout(() => button.textContent = label, 1500);
  });
  return button;
}
