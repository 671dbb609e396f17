// SPDX-License-Identifier: MIT
// The colour bar of a map: its palette below the histogram of the values. Dragging over it sets the range.
import { onThemeChange, palette, statusKinds, theme } from "./colours";
import { clear, h, numberText } from "./dom";
import { binned, centralRange } from "./plots";
import type { PixelMap } from "./scan";
import type { State } from "./state";

const bins = 120;
const height = 46;

export class ColourBar {
  readonly element = h("div", { class: "colourbar" });
  private readonly canvas = h("canvas", { class: "bar", "aria-hidden": "true" });
  private readonly from = this.input("lowest colour");
  private readonly to = this.input("highest colour");
  private readonly text = h("span", { class: "unit" });
  private map: PixelMap | null = null;
  private span: [number, number] = [0, 1];
  range: [number, number] = [0, 1];
  onRange: (() => void) | null = null;

  constructor(private readonly state: State) {
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    onThemeChange(() => this.draw());
    state.on("palette", () => this.draw());
  }

  /** Takes the range of the middle 98 % of the values; the bar shows somewhat more. */
  show(map: PixelMap): void {
    this.map = map;
    clear(this.element);
    if (map.categories) return this.showKinds(map);
    this.range = centralRange(map.values, 0.98);
    const half = (this.range[1] - this.range[0]) / 2;
    this.span = [this.range[0] - 0.5 * half, this.range[1] + 0.5 * half];
    this.text.textContent = map.unit ? `[${map.unit}]` : "";
    this.element.append(this.canvas, h("div", { class: "ends" }, this.from, this.text,
      h("button", { type: "button", class: "small", onclick: () => { this.show(map); this.onRange?.(); } }, "Reset range"), this.to));
    this.setRange(this.range);
  }

  private showKinds(map: PixelMap): void {
    const kindOf = Array.from(map.values);
    const counts = statusKinds.map((_, kind) => kindOf.filter((value) => value === kind).length);
    this.element.append(h("ul", { class: "kinds" }, ...statusKinds.map(({ name, colour }, i) =>
      h("li", {}, h("span", { class: "swatch", style: `background:${colour}` }), `${name} ${counts[i].toLocaleString("en")}`))));
  }

  private input(label: string): HTMLInputElement {
    return h("input", { type: "text", inputmode: "decimal", size: 8, "aria-label": label, onchange: () => this.typed() });
  }

  private typed(): void {
    const [from, to] = [this.from, this.to].map((input) => Number(input.value.replace("−", "-").replace(",", ".")));
    if (Number.isFinite(from) && Number.isFinite(to) && from < to) {
      this.range = [from, to];
      this.span = [Math.min(this.span[0], from), Math.max(this.span[1], to)];
      this.onRange?.();
    }
    this.setRange(this.range);
  }

  private setRange(range: [number, number]): void {
    this.range = range;
    this.from.value = numberText(range[0], 4);
    this.to.value = numberText(range[1], 4);
    this.draw();
  }

  private draw(): void {
    const width = this.canvas.clientWidth, { map } = this;
    if (!map || map.categories || width < 20) return;
    const ratio = window.devicePixelRatio || 1, context = this.canvas.getContext("2d")!;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { counts } = binned(map.values, this.span, bins), largest = Math.max(1, ...counts), colours = palette(this.state.palette);
    const x = (value: number) => (value - this.span[0]) / (this.span[1] - this.span[0]) * width;
    counts.forEach((count, i) => {
      const tall = Math.sqrt(count / largest) * (height - 16);
      context.fillStyle = theme().soft;
      context.fillRect(i * width / bins, height - 14 - tall, width / bins - 0.5, tall);
    });
    for (let i = 0; i < width; i++) {
      const at = Math.min(255, Math.max(0, Math.floor((i - x(this.range[0])) / (x(this.range[1]) - x(this.range[0])) * 256)));
      context.fillStyle = `rgb(${colours[at].join(",")})`;
      context.fillRect(i, height - 13, 1, 13);
    }
    context.fillStyle = theme().fit;
    for (const end of this.range) context.fillRect(x(end) - 1, 0, 2, height);
  }

  private listen(): void {
    let start: number | null = null;
    const valueAt = (event: PointerEvent) => {
      const frame = this.canvas.getBoundingClientRect();
      return this.span[0] + (event.clientX - frame.left) / frame.width * (this.span[1] - this.span[0]);
    };
    this.canvas.addEventListener("pointerdown", (event) => {
      start = valueAt(event);
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (start === null) return;
      const range = [start, valueAt(event)].sort((a, b) => a - b) as [number, number];
      if (range[1] - range[0] > (this.span[1] - this.span[0]) * 0.01) this.setRange(range);
    });
    this.canvas.addEventListener("pointerup", () => { start = null; this.onRange?.(); });
  }
}
