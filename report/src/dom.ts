// SPDX-License-Identifier: MIT
// Elements are made here, and texts are set as texts: nothing of a report's data is ever read as markup.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | null | undefined>;

/** An element with attributes and children; "onclick" and its like take a function. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

export function clear(element: Element): void {
  element.replaceChildren();
}

/** A number for people: some digits, a true minus, "–" where it is undefined. */
export function numberText(value: number | null | undefined, digits = 5): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e6)) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    return `${Number(mantissa)}e${Number(exponent)}`.replaceAll("-", "−");
  }
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

/** Value and error with as many decimals as the error's two leading digits need. */
export function measured(value: number | null | undefined, error: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (error === null || error === undefined || !Number.isFinite(error) || error <= 0) return numberText(value, 6);
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(error)));
  if (decimals > 8 || Math.abs(value) >= 1e7) return `${numberText(value, 6)} ± ${numberText(error, 2)}`;
  return `${value.toFixed(decimals)} ± ${error.toFixed(decimals)}`.replaceAll("-", "−");
}

export function withUnit(text: string, unit: string): string {
  return unit === "" || text === "–" ? text : `${text} ${unit === "um" ? "µm" : unit}`;
}

/** Texts of the programs have what every terminal shows: hyphens, "um", columns made of blanks. */
export const typeset = (text: string) => text.replaceAll(/(^|[\s(])-(?=\d)/g, "$1−").replaceAll("+-", "±").replaceAll(/(?<=\d )um\b/g, "µm").replaceAll(/ {2,}/g, "\u2003");

export interface Column { title: string; numeric?: boolean }
export type Cell = string | number | null | { text: string; sort: number | string; onclick?: () => void; href?: string; level?: string };

const sortKey = (cell: Cell) => (cell !== null && typeof cell === "object" ? cell.sort : cell);
function compared(a: Cell, b: Cell): number {
  const x = sortKey(a), y = sortKey(b);
  const missing = [x, y].map((value) => value === null || Number.isNaN(value));
  if (missing[0] || missing[1]) return Number(missing[0]) - Number(missing[1]);
  if (typeof x === "number" && typeof y === "number") return x - y;
  return String(x).localeCompare(String(y));
}

function cellOf(cell: Cell, column: Column): HTMLTableCellElement {
  const td = h("td", { class: column.numeric ? "number" : typeof cell === "string" && cell.length > 30 ? "long" : null });
  if (cell !== null && typeof cell === "object") {
    if (cell.level) td.append(h("span", { class: `light ${cell.level}` }, cell.text));
    else if (cell.href) td.append(h("a", { href: cell.href }, cell.text));
    else if (cell.onclick) td.append(h("button", { type: "button", class: "link", onclick: cell.onclick }, cell.text));
    else td.textContent = cell.text;
  } else {
    td.textContent = typeof cell === "number" ? numberText(cell) : cell ?? "–";
  }
  return td;
}

/** A table whose heads sort it. */
export function sortableTable(caption: string, columns: Column[], rows: Cell[][]): HTMLElement {
  const body = h("tbody");
  const fill = (list: Cell[][]) => {
    body.replaceChildren(...list.map((row) => h("tr", {}, ...row.map((cell, i) => cellOf(cell, columns[i])))));
  };
  let sorted = -1, down = false;
  const heads = columns.map((column, i) =>
    h("th", { scope: "col", class: column.numeric ? "number" : null },
      h("button", { type: "button", class: "sort", onclick: () => sortBy(i) }, column.title)));
  function sortBy(i: number) {
    down = sorted === i && !down;
    sorted = i;
    const list = [...rows].sort((a, b) => (down ? -1 : 1) * compared(a[i], b[i]));
    heads.forEach((head, k) => {
      if (k === i) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    fill(list);
  }
  fill(rows);
  return h("div", { class: "table", tabindex: 0, role: "region", "aria-label": caption },
    h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, ...heads)), body));
}

/** A choice among words. */
export function choice(label: string, options: { value: string; text: string }[], value: string,
  onchange: (value: string) => void): HTMLLabelElement {
  const select = h("select", { "aria-label": label, onchange: () => onchange(select.value) },
    ...options.map((option) => h("option", { value: option.value, selected: option.value === value }, option.text)));
  return h("label", { class: "field" }, h("span", {}, label), select);
}

export function button(text: string, onclick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return h("button", { type: "button", onclick, ...attributes }, text);
}

/** Says it to screen readers. */
export function announce(text: string): void {
  const region = document.getElementById("announcer");
  if (region) region.textContent = text;
}
