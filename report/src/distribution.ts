// SPDX-License-Identifier: MIT
// A histogram of a map; dragging over it selects pixels, which light up in the maps.
import { Figure } from "./figure";
import { button, choice, h, numberText } from "./dom";
import { csvText, fileName } from "./download";
import { binned, centralRange, histogramPlot, type Bins } from "./plots";
import type { PixelMap, Scan } from "./scan";
import type { State } from "./state";

const margins = { left: 58, right: 20 };   // those of plot()

export class Distribution {
  readonly figure: Figure;
  private map: PixelMap | null = null;
  private range: [number, number] = [0, 1];
  private readonly brush = h("div", { class: "brush", hidden: true });
  private readonly from = h("input", { type: "text", inputmode: "decimal", size: 7, "aria-label": "select from" });
  private readonly to = h("input", { type: "text", inputmode: "decimal", size: 7, "aria-label": "select to" });
  private readonly text = h("p", { class: "reading" });

  constructor(private readonly scan: Scan, private readonly state: State, quantity: string) {
    const choices = scan.mapChoices().filter(({ value }) => value !== "status");
    const pick = choice("Quantity", choices, quantity, (name) => { quantity = name; void this.load(name); });
    this.figure = new Figure("Distribution", this.text, h("div", { class: "row" },
      h("label", { class: "field" }, h("span", {}, "from"), this.from), h("label", { class: "field" }, h("span", {}, "to"), this.to),
      button("Select", () => this.typed(), { class: "small" }), button("Clear selection", () => this.state.select(null), { class: "small" })));
    this.figure.addTools(pick);
    this.figure.onDrawn = (svg) => { this.figure.drawn.append(this.brush); this.attach(svg); };
    state.on("selection", () => this.show());
    state.on("threshold", () => { if (quantity.endsWith("@")) void this.load(quantity); });
    void this.load(quantity);
  }

  private async load(name: string): Promise<void> {
    this.map = await this.scan.map(name, this.state.threshold);
    const [low, high] = centralRange(this.map.values, 0.998), slack = 0.1 * (high - low);
    this.range = [low - slack, high + slack];
    this.show();
  }

  private show(): void {
    const map = this.map, { selection } = this.state;
    if (!map) return;
    const label = map.unit ? `${map.title} [${map.unit}]` : map.title;
    const all = binned(map.values, this.range, 100);
    const selected = selection ? binned(map.values, this.range, 100, (i) => selection[i] === 1) : null;
    this.text.textContent = this.words(map, all);
    this.figure.show({ name: fileName(this.scan.head.title, "distribution", map.name),
      draw: (theme, width) => histogramPlot(theme, width, 250, all, selected, label),
      csv: () => csvText(["from", "to", "pixels", "selected"], [all.edges.slice(0, -1), all.edges.slice(1), all.counts, selected?.counts ?? all.counts.map(() => 0)]) });
  }

  private words(map: PixelMap, all: Bins): string {
    const stats = (taken: (i: number) => boolean) => {
      let n = 0, sum = 0, squares = 0;
      map.values.forEach((value: number, i: number) => {
        if (!Number.isFinite(value) || !taken(i)) return;
        n++; sum += value; squares += value * value;
      });
      if (n === 0) return "no pixel has a value";
      const mean = sum / n;
      return `${n.toLocaleString("en")} pixels, mean ${numberText(mean, 6)}, standard deviation ${numberText(Math.sqrt(Math.max(0, squares / n - mean * mean)), 3)}`;
    };
    const { selection, selectionText } = this.state;
    const beyond = all.below + all.above > 0 ? ` (${all.below + all.above} lie beyond the axis)` : "";
    const text = `All: ${stats(() => true)}${beyond}.`;
    return selection ? `${text} Selected (${selectionText}): ${stats((i) => selection[i] === 1)}.` : text;
  }

  private typed(): void {
    const [from, to] = [this.from, this.to].map((input) => Number(input.value.replace("−", "-").replace(",", ".")));
    if (this.from.value === "" || this.to.value === "" || !(from <= to)) return;
    this.selectValues(from, to);
  }

  private selectValues(from: number, to: number): void {
    const map = this.map!;
    const selected = new Uint8Array(map.values.length);
    for (let i = 0; i < selected.length; i++) selected[i] = map.values[i] >= from && map.values[i] <= to ? 1 : 0;
    this.from.value = numberText(from, 6);
    this.to.value = numberText(to, 6);
    this.state.select(selected, `${map.title} ${numberText(from, 4)}…${numberText(to, 4)}`);
  }

  /** Dragging on the drawing. */
  private attach(svg: SVGSVGElement): void {
    const place = this.figure.drawn;
    let start: number | null = null;
    const valueAt = (event: PointerEvent) => {
      const frame = svg.getBoundingClientRect(), inner = frame.width - margins.left - margins.right;
      const share = Math.min(1, Math.max(0, (event.clientX - frame.left - margins.left) / inner));
      return { share, x: margins.left + share * inner, value: this.range[0] + share * (this.range[1] - this.range[0]) };
    };
    let first = { share: 0, x: 0, value: 0 };
    place.onpointerdown = (event) => {
      first = valueAt(event);
      start = first.value;
      place.setPointerCapture(event.pointerId);
      event.preventDefault();
    };
    place.onpointermove = (event) => {
      if (start === null) return;
      const now = valueAt(event);
      this.brush.hidden = false;
      this.brush.style.left = `${Math.min(first.x, now.x)}px`;
      this.brush.style.width = `${Math.abs(now.x - first.x)}px`;
    };
    place.onpointerup = (event) => {
      if (start === null) return;
      const now = valueAt(event);
      start = null;
      this.brush.hidden = true;
      if (Math.abs(now.x - first.x) > 3) this.selectValues(Math.min(first.value, now.value), Math.max(first.value, now.value));
      else this.state.select(null);
    };
  }
}
