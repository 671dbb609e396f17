// SPDX-License-Identifier: MIT
// What the reader looks at. All views of a scan share one state and are told of its changes.
import type { PaletteName } from "./colours";
import { columns, pixelCount, rows } from "./data";

/** The part of the chip that maps show: centre in columns and rows, and magnification. */
export interface View { x: number; y: number; zoom: number }
export type Change = "pixel" | "cursor" | "view" | "selection" | "palette" | "threshold" | "maps";

export class State {
  pixel = 127 * columns + 128;
  cursor: number | null = null;
  view: View = { x: columns / 2, y: rows / 2, zoom: 1 };
  /** Pixels that are picked in a histogram or on a map; null: none are. */
  selection: Uint8Array | null = null;
  selectionText = "";
  palette: PaletteName = "viridis";
  threshold = 0;   // its index
  maps: string[] = [];
  private readonly listeners = new Map<Change, (() => void)[]>();

  on(change: Change, listener: () => void): void {
    this.listeners.set(change, [...(this.listeners.get(change) ?? []), listener]);
  }

  tell(change: Change): void {
    for (const listener of this.listeners.get(change) ?? []) listener();
  }

  selectPixel(pixel: number): void {
    this.pixel = Math.min(Math.max(pixel, 0), pixelCount - 1);
    this.tell("pixel");
  }

  movePixel(rowStep: number, columnStep: number): void {
    const row = Math.min(Math.max(Math.floor(this.pixel / columns) + rowStep, 0), rows - 1);
    const column = Math.min(Math.max(this.pixel % columns + columnStep, 0), columns - 1);
    this.selectPixel(row * columns + column);
    this.showPixel(row, column);
  }

  /** Moves the view where the pixel lies outside. */
  showPixel(row: number, column: number): void {
    const half = columns / 2 / this.view.zoom;
    if (Math.abs(column + 0.5 - this.view.x) <= half && Math.abs(row + 0.5 - this.view.y) <= half) return;
    this.setView({ ...this.view, x: column + 0.5, y: row + 0.5 });
  }

  setCursor(pixel: number | null): void {
    if (pixel === this.cursor) return;
    this.cursor = pixel;
    this.tell("cursor");
  }

  setView(view: View): void {
    const zoom = Math.min(Math.max(view.zoom, 1), 32), half = columns / 2 / zoom;
    const clamped = (value: number) => Math.min(Math.max(value, half), columns - half);
    this.view = { x: clamped(view.x), y: clamped(view.y), zoom };
    this.tell("view");
  }

  /** Zooms so that the point under the pointer stays where it is. */
  zoomAt(x: number, y: number, factor: number): void {
    const { view } = this, zoom = Math.min(Math.max(view.zoom * factor, 1), 32), f = view.zoom / zoom;
    this.setView({ x: x + (view.x - x) * f, y: y + (view.y - y) * f, zoom });
  }

  select(pixels: Uint8Array | null, text = ""): void {
    this.selection = pixels;
    this.selectionText = text;
    this.tell("selection");
  }

  selectedCount(): number {
    return this.selection ? this.selection.reduce((sum, value) => sum + value, 0) : 0;
  }
}
