// SPDX-License-Identifier: MIT
// Two scans of one chip, pixel by pixel.
import type { Theme } from "./colours";
import { palette } from "./colours";
import { choice, h, numberText } from "./dom";
import { csvText, fileName } from "./download";
import { Figure } from "./figure";
import { barsOf, binned, centralRange, Plot, plot } from "./plots";
import { columnOf, rowOf, type Scan } from "./scan";

const cells = 90;

interface Density { x1: number; x2: number; y1: number; y2: number; n: number }

/** Pixels in cells of the plane of both values. */
function density(a: ArrayLike<number>, b: ArrayLike<number>, range: [number, number]): Density[] {
  const [from, to] = range, width = (to - from) / cells, counts = new Uint32Array(cells * cells);
  for (let i = 0; i < a.length; i++) {
    const x = Math.floor((a[i] - from) / width), y = Math.floor((b[i] - from) / width);
    if (x >= 0 && x < cells && y >= 0 && y < cells) counts[y * cells + x]++;
  }
  const found: Density[] = [];
  counts.forEach((n, k) => {
    if (n === 0) return;
    const x1 = from + (k % cells) * width, y1 = from + Math.floor(k / cells) * width;
    found.push({ x1, x2: x1 + width, y1, y2: y1 + width, n });
  });
  return found;
}

function densityPlot(theme: Theme, width: number, list: Density[], range: [number, number], labels: [string, string]): SVGSVGElement {
  const side = Math.min(width, 520), largest = Math.log1p(Math.max(1, ...list.map(({ n }) => n))), colours = palette("viridis");
  const colour = ({ n }: Density) => `rgb(${colours[Math.min(255, Math.floor(255 * Math.log1p(n) / largest))].join(",")})`;
  return plot(theme, side, side, { x: { label: labels[0], domain: range }, y: { label: labels[1], domain: range },
    marks: [Plot.rect(list, { x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill: colour }),
      Plot.line([[range[0], range[0]], [range[1], range[1]]], { stroke: theme.fit, strokeDasharray: "5 4" })] });
}

export class PairSection {
  readonly element = h("div", { class: "columns" });
  private readonly scatter = new Figure("Pixel by pixel");
  private readonly difference = new Figure("Difference", h("p", { class: "reading" }));

  /** `scans`: two or more. */
  constructor(scans: Scan[]) {
    const common = scans[0].head.maps.filter(({ name }) => scans.every((scan) => scan.mapHead(name)));
    let [first, second] = [0, 1], quantity = common[0]?.name ?? "";
    const names = scans.map(({ head }, i) => ({ value: String(i), text: head.label }));
    const show = () => void this.show(scans[first], scans[second], quantity);
    this.scatter.addTools(choice("Quantity", common.map(({ name, title }) => ({ value: name, text: title })), quantity, (name) => { quantity = name; show(); }),
      choice("Across", names, "0", (i) => { first = Number(i); show(); }), choice("Upwards", names, "1", (i) => { second = Number(i); show(); }));
    this.element.append(this.scatter.element, this.difference.element);
    if (common.length > 0) show();
  }

  private async show(a: Scan, b: Scan, name: string): Promise<void> {
    const [x, y] = await Promise.all([a.map(name, 0), b.map(name, 0)]);
    const range = centralRange([...x.values, ...y.values], 0.99), list = density(x.values, y.values, range);
    const labels: [string, string] = [`${x.title}, ${a.head.label} [${x.unit}]`, `${y.title}, ${b.head.label} [${y.unit}]`];
    const differences = Array.from(x.values, (value, i) => y.values[i] - value), both = differences.filter(Number.isFinite);
    const all = Array.from(x.values, (_, i) => i);
    const csv = () => csvText(["row", "column", `${name} ${a.head.label}`, `${name} ${b.head.label}`, "difference"], [all.map(rowOf), all.map(columnOf), x.values, y.values, differences]);
    const file = fileName(a.head.title, b.head.label, name);
    this.scatter.title = `${y.title}: ${b.head.label} against ${a.head.label}`;
    this.scatter.show({ name: file, draw: (theme, width) => densityPlot(theme, width, list, range, labels), csv });
    const bins = binned(differences, centralRange(both, 0.995), 80), mean = both.reduce((p, q) => p + q, 0) / both.length;
    this.difference.title = `${x.title}: ${b.head.label} − ${a.head.label}`;
    const spread = Math.sqrt(both.reduce((p, q) => p + (q - mean) ** 2, 0) / both.length);
    this.difference.element.querySelector("p.reading")!.textContent = `${both.length.toLocaleString("en")} pixels, mean ${numberText(mean, 4)} ± ${numberText(spread / Math.sqrt(both.length), 2)} ${x.unit}, standard deviation ${numberText(spread, 3)}.`;
    this.difference.show({ name: `${file}_difference`, csv, draw: (theme, width) => plot(theme, width, 260, {
      x: { label: `difference [${x.unit}]` }, y: { label: "pixels", grid: true },
      marks: [Plot.rectY(barsOf(bins), { x1: "x1", x2: "x2", y: "y", fill: theme.data, inset: 0.25 }), Plot.ruleX([0], { stroke: theme.fit, strokeDasharray: "5 4" })] }) });
  }
}
