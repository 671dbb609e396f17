// SPDX-License-Identifier: MIT
// Figures of the chip as a whole.
import type { CurveHead, FittedCurveHead } from "./data";
import { choice } from "./dom";
import { csvText, fileName } from "./download";
import { Figure } from "./figure";
import type { Theme } from "./colours";
import { curvePlot, Plot, plot, withLegend, type Point } from "./plots";
import type { Scan } from "./scan";

const number = (value: number | null) => value ?? NaN;

function pointsOf(curve: CurveHead): Point[] {
  return curve.threshold.map((x, i) => {
    const y = number(curve.flux[i]), error = Number.isFinite(number(curve.error[i])) ? number(curve.error[i]) : 0;
    return { x, y, low: y - error, high: y + error };
  });
}

/** Curves of the chip with their fits, which are drawn once the scan's curves are there. */
export function chipCurves(scan: Scan): Figure | null {
  const curves: (CurveHead | FittedCurveHead)[] = [...scan.head.curves, ...(scan.head.groups ?? [])];
  if (curves.length === 0) return null;
  const figure = new Figure("Curve of the chip");
  const show = (name: string) => {
    const curve = curves.find((c) => c.name === name)!, points = pointsOf(curve), fit = fitOf(scan, curve);
    const fitted = points.map(({ x }) => (fit ? fit(x) : NaN));
    const pulls = points.map((p, i) => ({ x: p.x, y: (p.y - fitted[i]) / (p.high - p.y || NaN), low: NaN, high: NaN }))
      .map((p) => ({ ...p, low: p.y - 1, high: p.y + 1 }));
    const from = points[0].x, to = points[points.length - 1].x;
    const fine = Array.from({ length: 400 }, (_, i) => from + (to - from) * i / 399);
    figure.title = `Curve of the chip, ${name}${fit ? ", with its fit" : ""}`;
    figure.show({ name: fileName(scan.head.title, "curve", name),
      draw: (theme, width) => curvePlot(theme, width, Math.max(220, Math.min(330, width * 0.45)), {
        series: [{ name, points, colour: theme.data }], lines: fit ? [{ x: fine, y: fine.map(fit), colour: theme.fit }] : [],
        pulls: fit ? [{ name, points: pulls, colour: theme.data }] : [],
        xLabel: "threshold [DAC]", yLabel: "flux [hits/s per pixel]", pullLabel: "(data − fit)/error" }),
      csv: () => csvText(["threshold [DAC]", "flux [hits/s]", "error", "fit [hits/s]"], [curve.threshold, curve.flux, curve.error, fitted]) });
  };
  let chosen = (curves.find(({ name }) => name.startsWith("all")) ?? curves[0]).name;
  figure.addTools(choice("Pixels", curves.map(({ name }) => ({ value: name, text: name })), chosen, (name) => { chosen = name; show(name); }));
  show(chosen);
  void scan.openCurves().then(() => show(chosen));
  return figure;
}

function fitOf(scan: Scan, curve: CurveHead | FittedCurveHead) {
  if (!("found" in curve) || !curve.found || !scan.model) return null;
  return scan.model.curve(curve.parameters.map(({ value }) => number(value)), scan.head.origin_mean ?? 0);
}

export function acquisitions(scan: Scan): Figure | null {
  const { thresholds } = scan.head;
  if (!thresholds) return null;
  const figure = new Figure("Acquisitions at each threshold");
  const kinds = ["good", "bad", "empty", "rejected"] as const;
  const rows = kinds.flatMap((kind) => thresholds.threshold.map((x, i) => ({ x, kind, y: thresholds[kind][i] }))).filter(({ y }) => y > 0);
  const step = Math.min(...thresholds.threshold.slice(1).map((t, i) => t - thresholds.threshold[i]), Infinity);
  const half = (Number.isFinite(step) ? step : 1) / 2;
  const colours = (theme: Theme) => [theme.data, theme.fit, theme.other, theme.soft];
  figure.show({ name: fileName(scan.head.title, "acquisitions"),
    draw: (theme, width) => withLegend(theme, kinds, colours(theme), plot(theme, width, 250, {
      x: { label: "threshold [DAC]" }, y: { label: null, grid: true },
      color: { domain: [...kinds], range: colours(theme) },
      marks: [
        Plot.rectY(rows, Plot.stackY({ x1: (d: { x: number }) => d.x - half, x2: (d: { x: number }) => d.x + half, y: "y", fill: "kind", inset: 0.2 })),
        Plot.ruleY([0], { stroke: theme.ink })] })),
    csv: () => csvText(["threshold [DAC]", ...kinds, "live time [s]"], [thresholds.threshold, ...kinds.map((k) => thresholds[k]), thresholds.live_time_s]) });
  return figure;
}

export function residuals(scan: Scan): Figure | null {
  const stack = scan.head.residuals;
  if (!stack || stack.offset.length === 0) return null;
  const figure = new Figure(`Stacked residuals of ${stack.curves.toLocaleString("en")} good pixels`);
  // Live time in a bin: the error is sqrt(sum mu)/L, and expected sum mu/L. Bins with little of it would hide the others.
  const live = stack.offset.map((_, i) => stack.expected[i] / stack.error[i] ** 2), most = Math.max(...live);
  const points = stack.offset.map((x, i) => ({ x, y: stack.residual[i], low: stack.residual[i] - stack.error[i], high: stack.residual[i] + stack.error[i] }))
    .filter((_, i) => live[i] >= 0.05 * most);
  figure.show({ name: fileName(scan.head.title, "residuals"),
    draw: (theme, width) => plot(theme, width, 250, {
      x: { label: "threshold − E0 [DAC]", grid: true }, y: { label: "data − fit [hits/s]", grid: true },
      marks: [Plot.ruleY([0], { stroke: theme.fit, strokeWidth: 1.5 }),
        Plot.ruleX(points, { x: "x", y1: "low", y2: "high", stroke: theme.data }), Plot.dot(points, { x: "x", y: "y", r: 2.2, fill: theme.data })] }),
    csv: () => csvText(["E-E0 [DAC]", "residual [hits/s]", "error", "expected [hits/s]"], [stack.offset, stack.residual, stack.error, stack.expected]) });
  return figure;
}
