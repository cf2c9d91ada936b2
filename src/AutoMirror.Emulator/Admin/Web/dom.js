// Elements out of names, attributes and texts. Nothing here takes markup: what a tag of AWS holds becomes a text node and stays one.

export const byId = id => document.getElementById(id);

export function make(name, attributes, ...children) {
  return furnish(document.createElement(name), attributes, children);
}

export function draw(name, attributes, ...children) {
  return furnish(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter(isThere));
  return element;
}

// A text for screen readers alone.
export const unseen = text => make("span", { class: "unseen" }, text);

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function")
      element.addEventListener(name, value);
    else if (isThere(value))
      element.setAttribute(name, value === true ? "" : value);
  }

  return fill(element, children);
}

const isThere = value => value !== null && value !== undefined && value !== false;
