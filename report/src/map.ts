// SPDX-License-Identifier: MIT
// A map of the chip: pointer and keys move a pixel, pan and zoom; all maps of a scan move together.
import { onThemeChange, theme } from "./colours";
import { columns, rows } from "./data";
import { announce, h, measured, numberText, withUnit } from "./dom";
import { veil } from "./raster";
import { columnOf, pixelText, rowOf, type PixelMap, type Scan } from "./scan";
import { statusKinds } from "./colours";
import type { State } from "./state";

const margin = { left: 34, bottom: 20, top: 6, right: 6 };

export function valueText(map: PixelMap, pixel: number): string {
  const value = map.values[pixel];
  if (!Number.isFinite(value)) return "no value";
  if (map.categories) return statusKinds[value].name;
  return withUnit(map.errors ? measured(value, map.errors[pixel]) : numberText(value), map.unit);
}

type Gesture = { kind: "pan" | "box"; x: number; y: number; moved: boolean; viewX: number; viewY: number };

export class MapView {
  readonly canvas = h("canvas", { tabindex: 0, role: "application", "aria-roledescription": "map", "aria-describedby": "map-keys" });
  private map: PixelMap | null = null;
  private picture: HTMLCanvasElement | null = null;
  private veil: HTMLCanvasElement | null = null;
  private gesture: Gesture | null = null;
  private box: [number, number, number, number] | null = null;
  private size = 0;
  private pending = false;

  constructor(private readonly state: State, private readonly scan: Scan) {
    for (const change of ["pixel", "cursor", "view"] as const) state.on(change, () => this.redraw());
    state.on("selection", () => this.renewVeil());
    onThemeChange(() => this.renewVeil());
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    this.listen();
  }

  show(map: PixelMap, picture: HTMLCanvasElement): void {
    this.map = map;
    this.picture = picture;
    this.canvas.setAttribute("aria-label", `Map of ${map.title}`);
    this.redraw();
  }

  private renewVeil(): void {
    this.veil = this.state.selection ? veil(this.state.selection, theme().dark) : null;
    this.redraw();
  }

  private resize(): void {
    const size = Math.round(this.canvas.clientWidth), ratio = window.devicePixelRatio || 1;
    if (size === this.size || size < 50) return;
    this.size = size;
    this.canvas.width = Math.round(size * ratio);
    this.canvas.height = Math.round(size * ratio);
    this.draw();
  }

  /** Draws once before the next frame, however often it is asked to. */
  private redraw(): void {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => { this.pending = false; this.draw(); });
  }

  private get side(): number {
    return this.size - margin.left - margin.right;
  }
  private get height(): number {
    return this.size - margin.top - margin.bottom;
  }
  private toX(column: number): number {
    return margin.left + (column - this.state.view.x) * this.state.view.zoom * this.side / columns + this.side / 2;
  }
  private toY(row: number): number {
    return margin.top + this.height / 2 - (row - this.state.view.y) * this.state.view.zoom * this.height / rows;
  }
  /** Column and row under a point of the canvas. */
  private at(x: number, y: number): [number, number] {
    const { view } = this.state;
    return [(x - margin.left - this.side / 2) * columns / this.side / view.zoom + view.x,
      view.y - (y - margin.top - this.height / 2) * rows / this.height / view.zoom];
  }
  private pixelAt(x: number, y: number): number | null {
    const [column, row] = this.at(x, y).map(Math.floor);
    const inside = x >= margin.left && y <= this.size - margin.bottom;
    return inside && column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : null;
  }

  private draw(): void {
    const context = this.canvas.getContext("2d");
    if (!context || this.size === 0) return;
    const ratio = this.canvas.width / this.size, colours = theme();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.size, this.size);
    context.save();
    context.beginPath();
    context.rect(margin.left, margin.top, this.side, this.height);
    context.clip();
    context.fillStyle = colours.dark ? "#0b0e13" : "#eceff3";
    context.fillRect(margin.left, margin.top, this.side, this.height);
    context.imageSmoothingEnabled = false;
    const [left, top, right, bottom] = [this.toX(0), this.toY(rows), this.toX(columns), this.toY(0)];
    for (const picture of [this.picture, this.veil]) {
      if (picture) context.drawImage(picture, left, top, right - left, bottom - top);
    }
    this.drawMarks(context);
    context.restore();
    this.drawAxes(context);
  }

  private drawMarks(context: CanvasRenderingContext2D): void {
    const { cursor, pixel } = this.state;
    if (cursor !== null) {
      context.fillStyle = "rgba(255,255,255,0.55)";
      context.fillRect(margin.left, this.toY(rowOf(cursor) + 0.5) - 0.5, this.side, 1);
      context.fillRect(this.toX(columnOf(cursor) + 0.5) - 0.5, margin.top, 1, this.height);
    }
    const side = Math.max(9, this.state.view.zoom * this.side / columns + 2);
    const x = this.toX(columnOf(pixel) + 0.5) - side / 2, y = this.toY(rowOf(pixel) + 0.5) - side / 2;
    context.lineWidth = 4;
    context.strokeStyle = "#000";
    context.strokeRect(x, y, side, side);
    context.lineWidth = 2;
    context.strokeStyle = "#fff";
    context.strokeRect(x, y, side, side);
    if (this.box) {
      const [x0, y0, x1, y1] = this.box;
      context.lineWidth = 1.5;
      context.strokeStyle = "#ff5fa2";
      context.strokeRect(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
    }
  }

  private drawAxes(context: CanvasRenderingContext2D): void {
    const colours = theme(), { view } = this.state, half = columns / 2 / view.zoom;
    const step = [64, 32, 16, 8, 4, 2, 1].find((s) => 2 * half / s >= 3) ?? 1;
    context.fillStyle = colours.soft;
    context.font = "11px system-ui, sans-serif";
    for (let tick = Math.ceil((view.x - half) / step) * step; tick <= view.x + half; tick += step) {
      if (tick >= columns) break;
      context.textAlign = "center";
      context.textBaseline = "top";
      context.fillText(String(tick), Math.max(this.toX(tick + 0.5), margin.left + 4), this.size - margin.bottom + 4);
    }
    for (let tick = Math.ceil((view.y - half) / step) * step; tick <= view.y + half; tick += step) {
      if (tick >= rows) break;
      context.textAlign = "right";
      context.textBaseline = "middle";
      context.fillText(String(tick), margin.left - 5, Math.min(this.toY(tick + 0.5), this.size - margin.bottom - 5));
    }
  }

  private listen(): void {
    const { canvas, state } = this;
    const place = (event: PointerEvent | WheelEvent | MouseEvent): [number, number] => {
      const frame = canvas.getBoundingClientRect();
      return [event.clientX - frame.left, event.clientY - frame.top];
    };
    canvas.addEventListener("pointerdown", (event) => {
      const [x, y] = place(event);
      canvas.setPointerCapture(event.pointerId);
      this.gesture = { kind: event.shiftKey ? "box" : "pan", x, y, moved: false, viewX: state.view.x, viewY: state.view.y };
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = place(event);
      if (this.gesture) this.drag(this.gesture, x, y);
      else state.setCursor(this.pixelAt(x, y));
    });
    canvas.addEventListener("pointerup", (event) => this.drop(...place(event)));
    canvas.addEventListener("pointercancel", () => { this.gesture = null; this.box = null; });
    canvas.addEventListener("pointerleave", () => state.setCursor(null));
    canvas.addEventListener("dblclick", () => state.setView({ x: columns / 2, y: rows / 2, zoom: 1 }));
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;   // the page scrolls on
      event.preventDefault();
      state.zoomAt(...this.at(...place(event)), Math.exp(-event.deltaY * 0.002));
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  private drag(gesture: Gesture, x: number, y: number): void {
    gesture.moved ||= Math.hypot(x - gesture.x, y - gesture.y) > 3;
    if (!gesture.moved) return;
    if (gesture.kind === "box") {
      this.box = [gesture.x, gesture.y, x, y];
      return this.redraw();
    }
    const { zoom } = this.state.view;
    this.state.setView({ zoom, x: gesture.viewX - (x - gesture.x) * columns / this.side / zoom,
      y: gesture.viewY + (y - gesture.y) * rows / this.height / zoom });
  }

  private drop(x: number, y: number): void {
    const gesture = this.gesture;
    this.gesture = null;
    if (gesture && !gesture.moved) {
      const pixel = this.pixelAt(x, y);
      if (pixel !== null) this.state.selectPixel(pixel);
    } else if (gesture?.kind === "box") {
      this.selectBox(this.at(gesture.x, gesture.y), this.at(x, y));
    }
    this.box = null;
    this.redraw();
  }

  private selectBox(a: [number, number], b: [number, number]): void {
    const [c0, c1] = [a[0], b[0]].map(Math.floor).sort((p, q) => p - q);
    const [r0, r1] = [a[1], b[1]].map(Math.floor).sort((p, q) => p - q);
    const selected = new Uint8Array(rows * columns);
    for (let i = 0; i < selected.length; i++) {
      const row = rowOf(i), column = columnOf(i);
      selected[i] = row >= r0 && row <= r1 && column >= c0 && column <= c1 ? 1 : 0;
    }
    this.state.select(selected, `rows ${Math.max(r0, 0)}…${Math.min(r1, 255)}, columns ${Math.max(c0, 0)}…${Math.min(c1, 255)}`);
  }

  private key(event: KeyboardEvent): void {
    const step = event.shiftKey ? 10 : 1, { state } = this;
    const moves: Record<string, [number, number]> = { ArrowUp: [step, 0], ArrowDown: [-step, 0], ArrowLeft: [0, -step], ArrowRight: [0, step] };
    const move = moves[event.key];
    if (move) {
      state.movePixel(...move);
      this.say();
    } else if (event.key === "+" || event.key === "=") {
      state.zoomAt(columnOf(state.pixel) + 0.5, rowOf(state.pixel) + 0.5, 1.5);
    } else if (event.key === "-") {
      state.zoomAt(columnOf(state.pixel) + 0.5, rowOf(state.pixel) + 0.5, 1 / 1.5);
    } else if (event.key === "0") {
      state.setView({ x: columns / 2, y: rows / 2, zoom: 1 });
    } else if (event.key === "Escape") {
      state.select(null);
    } else {
      return;
    }
    event.preventDefault();
  }

  private say(): void {
    const { pixel } = this.state;
    announce(`${pixelText(pixel)}: ${this.map ? `${this.map.title} ${valueText(this.map, pixel)}, ` : ""}${this.scan.statusText(pixel)}`);
  }
}
