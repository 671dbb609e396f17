// SPDX-License-Identifier: MIT
// Curves, histograms and bars as SVG.
import * as Plot from "@observablehq/plot";
import type { Theme } from "./colours";
import { numberText } from "./dom";

export interface Point { x: number; y: number; low: number; high: number }
export interface Series { name: string; points: Point[]; colour: string; hollow?: boolean }
export interface Line { x: number[]; y: number[]; colour: string; dashed?: boolean }

type Options = Plot.PlotOptions;

/** A plot in the theme's ink, of this height; sizes are in px, as files need them. */
export function plot(theme: Theme, width: number, height: number, options: Options): SVGSVGElement {
  const plain = (scale?: object) => ({ tickFormat: (d: number) => numberText(d, 6), ...scale });
  const svg = Plot.plot({
    width, height, marginLeft: 58, marginBottom: 36, marginTop: 20, marginRight: 20, insetTop: 4,
    ...options,
    x: plain(options.x), y: options.y?.type === "log" ? options.y : plain(options.y),
    style: { background: "transparent", color: theme.ink, fontSize: "12px", fontFamily: "system-ui, sans-serif", overflow: "visible" },
    figure: false,
  } as Options) as unknown as SVGSVGElement;
  for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");   // the figure has one
  svg.removeAttribute("style");
  svg.style.color = theme.ink;
  svg.style.font = "12px system-ui, sans-serif";
  svg.style.overflow = "visible";
  return svg;
}

/** Two drawings above each other in one. */
export function stacked(upper: SVGSVGElement, lower: SVGSVGElement): SVGSVGElement {
  const height = (svg: SVGSVGElement) => Number(svg.getAttribute("height"));
  const both = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const width = upper.getAttribute("width")!;
  both.setAttribute("width", width);
  both.setAttribute("height", String(height(upper) + height(lower)));
  both.setAttribute("viewBox", `0 0 ${width} ${height(upper) + height(lower)}`);
  both.style.color = upper.style.color;
  both.style.font = upper.style.font;
  lower.setAttribute("y", String(height(upper)));
  both.append(upper, lower);
  return both;
}

const finite = (point: Point) => Number.isFinite(point.y);

function dots(series: Series): Plot.Markish[] {
  const points = series.points.filter(finite);
  return [
    Plot.ruleX(points, { x: "x", y1: "low", y2: "high", stroke: series.colour, strokeWidth: 1.2, clip: true }),
    Plot.dot(points, { x: "x", y: "y", r: 2.2, fill: series.hollow ? "none" : series.colour, stroke: series.colour, clip: true }),
  ];
}

function lineMark({ x, y, colour, dashed }: Line): Plot.Markish {
  return Plot.line(x.map((value, i) => ({ x: value, y: y[i] })).filter((point) => Number.isFinite(point.y)), {
    x: "x", y: "y", stroke: colour, strokeWidth: 1.8, strokeDasharray: dashed ? "6 4" : undefined, clip: true,
  });
}

export interface CurvePlot {
  series: Series[]; lines: Line[]; pulls: Series[];
  xLabel: string; yLabel: string; pullLabel: string; log?: boolean; domain?: [number, number];
}

/** Points with bars, lines through them, and below it how far the points lie off. */
export function curvePlot(theme: Theme, width: number, height: number, what: CurvePlot): SVGSVGElement {
  const x = { label: what.pulls.length ? null : what.xLabel, grid: true, domain: what.domain, nice: false };
  const positive = what.series.flatMap((series) => series.points.map((point) => point.y)).filter((y) => y > 0);
  const isLog = what.log && positive.length > 0;
  const y = isLog
    ? { type: "log" as const, label: what.yLabel, grid: true, domain: [Math.min(...positive) / 2, Math.max(...positive) * 2] }
    : { label: what.yLabel, grid: true };
  const upper = plot(theme, width, height, {
    x, y, marks: [isLog ? null : Plot.ruleY([0], { stroke: theme.soft }), ...what.series.flatMap(dots), ...what.lines.map(lineMark)],
    marginBottom: what.pulls.length ? 22 : 36,
  });
  if (what.pulls.length === 0) return upper;
  const largest = Math.max(3.2, ...what.pulls.flatMap((series) => series.points.map((point) => Math.abs(point.y))).filter(Number.isFinite));
  const lower = plot(theme, width, Math.max(110, height * 0.38), {
    x: { label: what.xLabel, grid: true, domain: what.domain ?? extent(what.series) },
    y: { label: what.pullLabel, grid: true, domain: [-largest, largest], ticks: 3 },
    marks: [Plot.ruleY([0], { stroke: theme.fit, strokeWidth: 1.5 }), ...what.pulls.flatMap(dots)],
    marginTop: 18,
  });
  return stacked(upper, lower);
}

export function extent(series: Series[]): [number, number] {
  const x = series.flatMap(({ points }) => points.map((point) => point.x));
  return [Math.min(...x), Math.max(...x)];
}

export interface Bins { edges: number[]; counts: number[]; below: number; above: number }

/** The middle `share` of the finite values, by quantiles of a sample; 0…1 without values. */
export function centralRange(values: ArrayLike<number>, share: number): [number, number] {
  const sample: number[] = [];
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) sample.push(values[i]);
  if (sample.length === 0) return [0, 1];
  const sorted = Float64Array.from(sample).sort();
  const at = (p: number) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(p * (sorted.length - 1))))];
  const from = at((1 - share) / 2), to = at((1 + share) / 2);
  return from < to ? [from, to] : [from - 0.5, to + 0.5];
}

export function binned(values: ArrayLike<number>, range: [number, number], count: number, taken?: (i: number) => boolean): Bins {
  const [from, to] = range;
  const bins: Bins = { edges: Array.from({ length: count + 1 }, (_, i) => from + (to - from) * i / count), counts: new Array<number>(count).fill(0), below: 0, above: 0 };
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value) || (taken && !taken(i))) continue;
    if (value < from) bins.below++;
    else if (value > to) bins.above++;
    else bins.counts[Math.min(count - 1, Math.floor((value - from) / (to - from) * count))]++;
  }
  return bins;
}

export function barsOf(bins: Bins): { x1: number; x2: number; y: number }[] {
  return bins.counts.map((y, i) => ({ x1: bins.edges[i], x2: bins.edges[i + 1], y }));
}

/** Histograms over one another: all pixels, and those that are selected. */
export function histogramPlot(theme: Theme, width: number, height: number, all: Bins, selected: Bins | null, label: string): SVGSVGElement {
  return plot(theme, width, height, {
    x: { label, domain: [all.edges[0], all.edges[all.edges.length - 1]] },
    y: { label: "pixels", grid: true, domain: [0, Math.max(1, ...all.counts)] },
    marks: [
      Plot.rectY(barsOf(all), { x1: "x1", x2: "x2", y: "y", fill: theme.data, fillOpacity: selected ? 0.3 : 0.75, inset: 0.25 }),
      selected ? Plot.rectY(barsOf(selected), { x1: "x1", x2: "x2", y: "y", fill: theme.fit, inset: 0.25 }) : null,
      Plot.ruleY([0], { stroke: theme.ink }),
    ],
  });
}

/** Names with their colours in the upper right corner. */
export function withLegend(theme: Theme, names: readonly string[], colours: string[], svg: SVGSVGElement): SVGSVGElement {
  let x = Number(svg.getAttribute("width")) - 14;
  for (let i = names.length - 1; i >= 0; i--) {
    x -= 8 + 7.5 * names[i].length;
    const make = (name: string, attributes: Record<string, string | number>) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
      svg.append(element);
      return element;
    };
    make("text", { x, y: 9, fill: theme.ink, "font-size": 12, "text-anchor": "start" }).textContent = names[i];
    make("rect", { x: x - 14, y: 0, width: 10, height: 10, fill: colours[i] });
    x -= 24;
  }
  return svg;
}

export { Plot };
