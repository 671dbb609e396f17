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

/** Number of pixels in each cell of the plane of both values, the last row on top. */
function density(a: ArrayLike<number>, b: ArrayLike<number>, range: [number, number]): Uint32Array {
  const [from, to] = range, width = (to - from) / cells, counts = new Uint32Array(cells * cells);
  for (let i = 0; i < a.length; i++) {
    const x = Math.floor((a[i] - from) / width), y = Math.floor((b[i] - from) / width);
    if (x >= 0 && x < cells && y >= 0 && y < cells) counts[(cells - 1 - y) * cells + x]++;
  }
  return counts;
}

function densityPicture(counts: Uint32Array): string {
  const canvas = h("canvas", { width: cells, height: cells }), context = canvas.getContext("2d")!;
  const image = context.createImageData(cells, cells), colours = palette("viridis");
  const largest = Math.log1p(counts.reduce((most, n) => Math.max(most, n), 1));
  counts.forEach((n, i) => {
    if (n > 0) image.data.set([...colours[Math.min(255, Math.floor(255 * Math.log1p(n) / largest))], 255], 4 * i);
  });
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}

function densityPlot(theme: Theme, width: number, counts: Uint32Array, range: [number, number], labels: [string, string]): SVGSVGElement {
  const side = Math.min(width, 520);
  const svg = plot(theme, side, side, { x: { label: labels[0], domain: range }, y: { label: labels[1], domain: range }, insetTop: 0,
    marks: [Plot.line([[range[0], range[0]], [range[1], range[1]]], { stroke: theme.fit, strokeDasharray: "5 4" })] });
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "image");
  const place = { x: 58, y: 20, width: side - 78, height: side - 56, preserveAspectRatio: "none", style: "image-rendering:pixelated", href: densityPicture(counts) };
  for (const [key, value] of Object.entries(place)) picture.setAttribute(key, String(value));
  svg.insertBefore(picture, svg.querySelector("g"));
  return svg;
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
    const range = centralRange([...x.values, ...y.values], 0.99), counts = density(x.values, y.values, range);
    const labels: [string, string] = [`${x.title}, ${a.head.label} [${x.unit}]`, `${y.title}, ${b.head.label} [${y.unit}]`];
    const differences = Array.from(x.values, (value, i) => y.values[i] - value), both = differences.filter(Number.isFinite);
    const all = Array.from(x.values, (_, i) => i);
    const csv = () => csvText(["row", "column", `${name} ${a.head.label}`, `${name} ${b.head.label}`, "difference"], [all.map(rowOf), all.map(columnOf), x.values, y.values, differences]);
    const file = fileName(a.head.title, b.head.label, name);
    this.scatter.title = `${y.title}: ${b.head.label} against ${a.head.label}`;
    this.scatter.show({ name: file, draw: (theme, width) => densityPlot(theme, width, counts, range, labels), csv });
    const bins = binned(differences, centralRange(both, 0.995), 80), mean = both.reduce((p, q) => p + q, 0) / both.length;
    this.difference.title = `${x.title}: ${b.head.label} − ${a.head.label}`;
    const spread = Math.sqrt(both.reduce((p, q) => p + (q - mean) ** 2, 0) / both.length);
    this.difference.element.querySelector("p.reading")!.textContent = `${both.length.toLocaleString("en")} pixels, mean ${numberText(mean, 4)} ± ${numberText(spread / Math.sqrt(both.length), 2)} ${x.unit}, standard deviation ${numberText(spread, 3)}.`;
    this.difference.show({ name: `${file}_difference`, csv, draw: (theme, width) => plot(theme, width, 260, {
      x: { label: `difference [${x.unit}]` }, y: { label: "pixels", grid: true },
      marks: [Plot.rectY(barsOf(bins), { x1: "x1", x2: "x2", y: "y", fill: theme.data, inset: 0.25 }), Plot.ruleX([0], { stroke: theme.fit, strokeDasharray: "5 4" })] }) });
  }
}
