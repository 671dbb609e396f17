// SPDX-License-Identifier: MIT
import { lightTheme, type Theme } from "./colours";
import { button, h } from "./dom";

/** A figure that can be drawn at any width and saved. */
export interface Drawing {
  name: string;                                             // of its files
  draw(theme: Theme, width: number): SVGSVGElement;
  csv(): string;
}

export type CsvValue = number | string | null | undefined;

/** Nine digits for numbers; texts that need it in quotes. Texts that a spreadsheet would run get a quote in front. */
export function csvField(value: CsvValue): string {
  if (typeof value === "number") return Number.isFinite(value) ? String(Number(value.toPrecision(9))) : "nan";
  const text = String(value ?? "");
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function csvText(head: string[], columns: ArrayLike<CsvValue>[]): string {
  const lines = [head.map(csvField).join(",")];
  for (let i = 0; i < (columns[0]?.length ?? 0); i++) lines.push(columns.map((column) => csvField(column[i])).join(","));
  return lines.join("\n") + "\n";
}

export function save(name: string, blob: Blob): void {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A whole document, with ground and font of its own. */
export function svgText(svg: SVGSVGElement, theme: Theme): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("xmlns:xlink", "http://www.w3.org/1999/xlink");
  copy.setAttribute("style", `background:${theme.paper};color:${theme.ink};font:12px system-ui,sans-serif`);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", theme.paper);
  copy.insertBefore(ground, copy.firstChild);
  return new XMLSerializer().serializeToString(copy);
}

async function pngOf(text: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await image.decode();
  const canvas = h("canvas", { width: 2 * width, height: 2 * height });
  const context = canvas.getContext("2d")!;
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}

export function saveSvg(drawing: Drawing): void {
  const text = svgText(drawing.draw(lightTheme, 760), lightTheme);
  save(`${drawing.name}.svg`, new Blob([text], { type: "image/svg+xml" }));
}

export async function savePng(drawing: Drawing): Promise<void> {
  const svg = drawing.draw(lightTheme, 760);
  const blob = await pngOf(svgText(svg, lightTheme), Number(svg.getAttribute("width")), Number(svg.getAttribute("height")));
  save(`${drawing.name}.png`, blob);
}

/** Names of files hold nothing that a file system or a shell minds. */
export function fileName(...parts: string[]): string {
  return parts.map((part) => part.replace(/[^\p{L}\p{N}._-]+/gu, "_")).join("_");
}

export function downloads(title: string, drawing: () => Drawing): HTMLElement {
  const label = (kind: string) => ({ class: "small", "aria-label": `Save ${title} as ${kind}` });
  return h("span", { class: "downloads" },
    button("PNG", () => void savePng(drawing()), label("PNG")),
    button("SVG", () => saveSvg(drawing()), label("SVG")),
    button("CSV", () => save(`${drawing().name}.csv`, new Blob([drawing().csv()], { type: "text/csv" })), label("CSV")));
}
