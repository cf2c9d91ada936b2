// Numbers and times in words, alike on every machine: an auditor's page must not read differently elsewhere.

const plain = new Intl.NumberFormat("en-US");

export const number = value => plain.format(value);

export const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;

export const percent = value => `${value} %`;

// 2026-11-26T18:08:52.123Z as 2026-11-26 18:08 UTC.
export const time = iso => `${new Date(iso).toISOString().slice(0, 16).replace("T", " ")} UTC`;

// Since when a state is known to hold: EC2 does not say when it began, two looks at the account do.
export const since = (first, before) =>
  !first ? "" : before ? `since between ${time(before)} and ${time(first)}` : `at the latest since ${time(first)}`;

export const money = (amount, currency) => `${amount.toFixed(2)} ${currency}`;

const kinds = { mirrored: "good", pending: "wait", unsupported: "weak", hindered: "bad" };

export const kindOf = state => kinds[state] ?? "";
