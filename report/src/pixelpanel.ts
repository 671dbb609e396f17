// SPDX-License-Identifier: MIT
// All that is known of the pixel that was clicked.
import { columns, rows } from "./data";
import { Figure } from "./figure";
import { button, clear, h, measured, sortableTable, withUnit, type Cell } from "./dom";
import { csvText, fileName } from "./download";
import { curvePlot, Plot, plot, withLegend, type Point } from "./plots";
import { columnOf, pixelText, rowOf, statusNames, type PixelCurve, type PixelMap, type Scan } from "./scan";
import type { State } from "./state";

export class PixelPanel {
  readonly element: HTMLElement;
  private readonly title = h("h3", { id: "pixel-title" });
  private readonly status = h("p", { class: "status" });
  private readonly table = h("div");
  private readonly around = h("div");
  private readonly curve: Figure;
  private readonly lines: Figure;
  private log = false;

  constructor(private readonly scan: Scan, private readonly state: State) {
    this.curve = new Figure("Flux against threshold");
    this.curve.addTools(h("label", { class: "field" },
      h("input", { type: "checkbox", onchange: (event) => { this.log = (event.target as HTMLInputElement).checked; this.showCurve(); } }), "logarithmic"));
    this.lines = new Figure("Along its row and column");
    this.element = h("div", { class: "pixel" },
      h("div", { class: "card", role: "group", "aria-labelledby": "pixel-title" }, this.title, this.status), this.curve.element,
      h("div", { class: "card" }, this.table, this.around), this.lines.element);
    state.on("pixel", () => void this.show());
    state.on("maps", () => void this.showNeighbours());
    void scan.openCurves().then(() => this.showCurve());
    void this.show();
  }

  private async show(): Promise<void> {
    const { pixel } = this.state;
    this.title.textContent = `Pixel ${rowOf(pixel)},${columnOf(pixel)} (${pixelText(pixel)})`;
    this.status.textContent = `Status: ${this.scan.statusText(pixel)}.`;
    this.showCurve();
    await this.showParameters(pixel);
    await this.showNeighbours();
  }

  private async showParameters(pixel: number): Promise<void> {
    const rowsOf = await Promise.all(this.scan.head.maps.map(async (head) => {
      const map = await this.scan.map(head.name, 0);
      const value = map.values[pixel];
      const error = map.errors ? map.errors[pixel] : null;
      let text = withUnit(measured(value, error), Number.isFinite(value) ? head.unit : "");
      if (head.error_low && head.error_high && Number.isFinite(value)) {
        const [low, high] = await Promise.all([this.scan.array(head.error_low), this.scan.array(head.error_high)]);
        text += ` (−${low[pixel].toPrecision(2)} +${high[pixel].toPrecision(2)})`;
      }
      return [head.title, { text, sort: value }] as Cell[];
    }));
    if (pixel !== this.state.pixel) return;
    for (const row of this.sharedRows()) rowsOf.push(row);
    this.table.replaceChildren(sortableTable("Values of the pixel", [{ title: "Quantity" }, { title: "Value", numeric: true }], rowsOf));
  }

  private sharedRows(): Cell[][] {
    return (this.scan.head.shared ?? []).map(({ name, unit, value, error }) =>
      [`${name} (shared by all pixels)`, { text: withUnit(measured(value, error), unit), sort: value }]);
  }

  private showCurve(): void {
    const { pixel } = this.state, curve = this.scan.pixelCurve(pixel);
    this.curve.element.hidden = !this.scan.head.counts;
    if (!curve) return;
    const fit = curve.curve ? (curve.rejected ? ", its fit was rejected (dashed)" : " with its fit") : "";
    this.curve.title = `Flux of pixel ${rowOf(pixel)},${columnOf(pixel)}${fit}`;
    const [from, to] = [curve.threshold[0], curve.threshold[curve.threshold.length - 1]];
    const fine = Array.from({ length: 400 }, (_, i) => from + (to - from) * i / 399);
    this.curve.show({ name: fileName(this.scan.head.title, "pixel", String(rowOf(pixel)), String(columnOf(pixel))),
      draw: (theme, width) => curvePlot(theme, width, Math.max(220, Math.min(340, width * 0.5)), {
        series: [
          { name: "used", colour: theme.data, points: points(curve, (use) => use === "used") },
          { name: "left out", colour: theme.soft, hollow: true, points: points(curve, (use) => use !== "used") }],
        lines: curve.curve ? [{ x: fine, y: fine.map(curve.curve), colour: theme.fit, dashed: curve.rejected }] : [],
        pulls: curve.curve ? [{ name: "pulls", colour: theme.data, points: pulls(curve) }] : [],
        xLabel: "threshold [DAC]", yLabel: "flux [hits/s]", pullLabel: "(data − fit)/error", log: this.log }),
      csv: () => csvText(["threshold [DAC]", "counts", "flux [hits/s]", "low", "high", "fit [hits/s]", "pull", "use"],
        [curve.threshold, curve.counts, curve.flux, curve.low, curve.high, curve.fitted, curve.pull, curve.used]) });
  }

  /** The pixels beside it, and its whole row and column, in the first map. */
  private async showNeighbours(): Promise<void> {
    const name = this.state.maps[0] ?? "status", map = await this.scan.map(name === "status" && this.scan.head.maps[0] ? this.scan.head.maps[0].name : name, this.state.threshold);
    const { pixel } = this.state, row = rowOf(pixel), column = columnOf(pixel);
    const body = h("tbody");
    for (let r = row + 1; r >= row - 1; r--) {
      if (r < 0 || r >= rows) continue;
      body.append(h("tr", {}, h("th", { scope: "row" }, `row ${r}`), ...[-1, 0, 1].map((step) => this.neighbour(map, r, column + step))));
    }
    const heads = [-1, 0, 1].map((step) => column + step).map((c) => h("th", { scope: "col" }, c < 0 || c >= columns ? "" : `column ${c}`));
    clear(this.around);
    this.around.append(h("table", { class: "around" }, h("caption", {}, `Neighbours: ${map.title}, status`), h("thead", {}, h("tr", {}, h("td"), ...heads)), body));
    this.showLines(map, row, column);
  }

  private neighbour(map: PixelMap, row: number, column: number): HTMLElement {
    if (column < 0 || column >= columns) return h("td");
    const pixel = row * columns + column, value = map.values[pixel];
    const status = this.scan.isMasked(pixel) ? "masked" : this.scan.status ? statusNames[this.scan.status[pixel]] : "";
    const text = `${Number.isFinite(value) ? Number(value).toPrecision(5) : "–"} ${status}`;
    return h("td", {}, pixel === this.state.pixel ? h("strong", {}, text)
      : button(text, () => this.state.selectPixel(pixel), { class: "link", "aria-label": `${pixelText(pixel)}: ${text}` }));
  }

  private showLines(map: PixelMap, row: number, column: number): void {
    const alongRow = Array.from({ length: columns }, (_, i) => map.values[row * columns + i]);
    const alongColumn = Array.from({ length: rows }, (_, i) => map.values[i * columns + column]);
    const label = map.unit ? `${map.title} [${map.unit}]` : map.title;
    this.lines.title = `${map.title} along row ${row} and column ${column}`;
    const named = (values: number[], line: string) => values.map((y, x) => ({ x, y, line })).filter((p) => Number.isFinite(p.y));
    this.lines.show({ name: fileName(this.scan.head.title, "lines", map.name, String(row), String(column)),
      draw: (theme, width) => withLegend(theme, [`row ${row}`, `column ${column}`], [theme.data, theme.other], plot(theme, width, 230, {
        x: { label: "column (of the row), row (of the column)", domain: [0, 255] }, y: { label, grid: true, nice: true },
        color: { domain: [`row ${row}`, `column ${column}`], range: [theme.data, theme.other] },
        marks: [
          Plot.ruleX([column], { stroke: theme.data, strokeDasharray: "3 3" }), Plot.ruleX([row], { stroke: theme.other, strokeDasharray: "3 3" }),
          Plot.dot([...named(alongRow, `row ${row}`), ...named(alongColumn, `column ${column}`)], { x: "x", y: "y", fill: "line", r: 1.7, symbol: "line" as never }),
        ] })),
      csv: () => csvText(["position", `${map.name} along row ${row}`, `${map.name} along column ${column}`], [alongRow.map((_, i) => i), alongRow, alongColumn]) });
  }
}

function points(curve: PixelCurve, wanted: (use: string) => boolean): Point[] {
  return curve.threshold.map((x, i) => ({ x, y: curve.flux[i], low: Math.max(0, curve.low[i]), high: curve.high[i] }))
    .filter((_, i) => wanted(curve.used[i]));
}

function pulls(curve: PixelCurve): Point[] {
  return curve.threshold.map((x, i) => ({ x, y: curve.pull[i], low: curve.pull[i] - 1, high: curve.pull[i] + 1 }))
    .filter((_, i) => curve.used[i] === "used");
}
