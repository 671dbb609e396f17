// SPDX-License-Identifier: MIT
// One map with its choice of quantity, colour bar and downloads.
import { palette, statusKinds, type Theme } from "./colours";
import { ColourBar } from "./colourbar";
import { columns, pixelCount, rows } from "./data";
import { choice, h } from "./dom";
import { csvText, downloads, fileName, type Drawing } from "./download";
import { MapView, valueText } from "./map";
import { raster } from "./raster";
import { columnOf, pixelText, rowOf, type PixelMap, type Scan } from "./scan";
import type { State } from "./state";

const svgName = "http://www.w3.org/2000/svg";

function svgElement(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const element = document.createElementNS(svgName, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

export class MapPanel {
  readonly element: HTMLElement;
  private readonly view: MapView;
  private readonly bar: ColourBar;
  private readonly reading = h("p", { class: "reading" });
  private readonly title: HTMLElement;
  private map: PixelMap | null = null;

  constructor(private readonly scan: Scan, private readonly state: State, private readonly index: number) {
    this.title = h("h3", {}, `Map ${index + 1}`);
    this.view = new MapView(state, scan);
    this.bar = new ColourBar(state);
    this.bar.onRange = () => this.paint();
    state.on("palette", () => this.paint());
    state.on("threshold", () => { if (state.maps[index].endsWith("@")) void this.load(false); });
    for (const change of ["cursor", "pixel"] as const) state.on(change, () => this.read());
    const pick = choice(`Map ${index + 1}`, scan.mapChoices(), state.maps[index], (name) => {
      state.maps[index] = name;
      state.tell("maps");
      void this.load(true);
    });
    this.element = h("figure", { class: "card map" },
      h("div", { class: "head" }, pick, downloads(`map ${index + 1}`, () => this.drawing())),
      this.title, this.view.canvas, this.reading, this.bar.element);
    void this.load(true);
  }

  private async load(newRange: boolean): Promise<void> {
    const name = this.state.maps[this.index];
    const map = await this.scan.map(name, this.state.threshold);
    if (name !== this.state.maps[this.index]) return;   // another was asked for meanwhile
    const sameKind = this.map?.name === map.name;
    this.map = map;
    this.title.textContent = map.unit ? `${map.title} [${map.unit}]` : map.title;
    if (newRange || !sameKind || name === "flux@") this.bar.show(map);
    this.paint();
    this.read();
  }

  private paint(): void {
    if (this.map) this.view.show(this.map, raster(this.map, this.bar.range, this.state.palette));
  }

  private read(): void {
    if (!this.map) return;
    const pixel = this.state.cursor ?? this.state.pixel;
    this.reading.textContent = `${pixelText(pixel)}: ${valueText(this.map, pixel)}`;
  }

  private drawing(): Drawing {
    const map = this.map!;
    return { name: fileName(this.scan.head.title, map.name), draw: (theme, width) => this.svg(map, theme, width), csv: () => csvOf(map) };
  }

  private svg(map: PixelMap, theme: Theme, width: number): SVGSVGElement {
    const side = width - 130, height = side + 70;
    const svg = svgElement("svg", { width, height, viewBox: `0 0 ${width} ${height}`, fill: theme.ink }) as SVGSVGElement;
    const label = (x: number, y: number, text: string, anchor = "middle") =>
      svg.append(svgElement("text", { x, y, "text-anchor": anchor, "font-size": 12 }, text));
    label(50, 18, this.title.textContent ?? "", "start");
    svg.append(svgElement("image", { x: 50, y: 28, width: side, height: side, style: "image-rendering:pixelated",
      href: raster(map, this.bar.range, this.state.palette).toDataURL() }));
    for (let tick = 0; tick < 256; tick += 64) {
      label(50 + (tick + 0.5) / columns * side, 28 + side + 16, String(tick));
      label(44, 28 + side - (tick + 0.5) / rows * side + 4, String(tick), "end");
    }
    label(50 + side / 2, 28 + side + 34, "column");
    svg.append(svgElement("text", { transform: `translate(14 ${28 + side / 2}) rotate(-90)`, "text-anchor": "middle", "font-size": 12 }, "row"));
    this.addKey(svg, map, 60 + side, 28, side, label);
    return svg;
  }

  private addKey(svg: SVGSVGElement, map: PixelMap, x: number, y: number, side: number,
    label: (x: number, y: number, text: string, anchor?: string) => void): void {
    if (map.categories) {
      statusKinds.forEach(({ name, colour }, i) => {
        svg.append(svgElement("rect", { x, y: y + 20 * i, width: 12, height: 12, fill: colour }));
        label(x + 17, y + 20 * i + 11, name, "start");
      });
      return;
    }
    palette(this.state.palette).forEach((colour, i) =>
      svg.append(svgElement("rect", { x, y: y + side * (255 - i) / 256, width: 14, height: side / 256 + 0.5, fill: `rgb(${colour.join(",")})` })));
    const [from, to] = this.bar.range;
    for (let k = 0; k <= 4; k++) label(x + 18, y + side - side * k / 4 + (k === 4 ? 9 : 3), String(Number((from + (to - from) * k / 4).toPrecision(4))), "start");
  }
}

export function csvOf(map: PixelMap): string {
  const all = Array.from({ length: pixelCount }, (_, i) => i);
  const head = ["row", "column", map.unit ? `${map.name} [${map.unit}]` : map.name];
  const values = map.categories ? all.map((i) => (Number.isFinite(map.values[i]) ? statusKinds[map.values[i]].name : "")) : map.values;
  const table = [all.map(rowOf), all.map(columnOf), values as ArrayLike<number | string>];
  if (map.errors) {
    head.push(`error of ${map.name}`);
    table.push(map.errors);
  }
  return csvText(head, table);
}
