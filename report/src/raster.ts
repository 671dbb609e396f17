// SPDX-License-Identifier: MIT
// A map as a picture of one point a pixel, row 0 at the bottom.
import { palette, statusColours, type PaletteName } from "./colours";
import { columns, rows } from "./data";
import { h } from "./dom";
import type { PixelMap } from "./scan";

/** Colours the values; what is undefined stays transparent. */
export function raster(map: PixelMap, range: [number, number], name: PaletteName): HTMLCanvasElement {
  const canvas = h("canvas", { width: columns, height: rows });
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(columns, rows);
  const colours = map.categories ? statusColours : palette(name), [from, to] = range;
  const scale = map.categories ? 1 : 255.999 / (to - from);
  for (let i = 0; i < map.values.length; i++) {
    const value = map.values[i];
    if (!Number.isFinite(value)) continue;
    const index = map.categories ? value : Math.min(255, Math.max(0, Math.floor((value - from) * scale)));
    const at = 4 * ((rows - 1 - Math.floor(i / columns)) * columns + i % columns), colour = colours[index];
    image.data[at] = colour[0];
    image.data[at + 1] = colour[1];
    image.data[at + 2] = colour[2];
    image.data[at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** A veil over all pixels that are not selected. */
export function veil(selection: Uint8Array, dark: boolean): HTMLCanvasElement {
  const canvas = h("canvas", { width: columns, height: rows });
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(columns, rows);
  for (let i = 0; i < selection.length; i++) {
    if (selection[i]) continue;
    const at = 4 * ((rows - 1 - Math.floor(i / columns)) * columns + i % columns);
    image.data.set(dark ? [16, 20, 27, 215] : [255, 255, 255, 215], at);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
