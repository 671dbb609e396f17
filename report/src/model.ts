// SPDX-License-Identifier: MIT
// The flux models, as docs/physics.md, "Models", defines them. A test compares them with the library's numbers.
import type { ModelHead } from "./data";

const sqrtPi = Math.sqrt(Math.PI);
const sqrt2Pi = Math.sqrt(2 * Math.PI);

/** Complementary error function to a few 1e-15: a series near 0, Lentz's continued fraction beyond. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2) {
    let term = x, sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
      if (n > 200) break;
    }
    return 1 - 2 / sqrtPi * sum;
  }
  if (x > 27) return 0;
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / sqrtPi / (x + fraction);
}

const smearedShelf = (d: number, s: number) => s / sqrtPi * Math.exp(-(d / s) * (d / s)) - d * erfc(d / s);
const plainShelf = (d: number, s: number) => -d * erfc(d / s);
const step = (d: number, s: number) => erfc(d / (Math.SQRT2 * s)) / (sqrt2Pi * s);

type Shelf = (d: number, s: number) => number;
type Formula = (E: number, p: readonly number[]) => number;
const shared = (shelf: Shelf): Formula => (E, [f, A, s, E0]) =>
  f * A / 2 * shelf(E - E0, s) + (1 - f) * A / 2 * step(E - E0, s);
const free = (shelf: Shelf): Formula => (E, [B, A, s, E0]) => A * shelf(E - E0, s) + B * step(E - E0, s);

/** By name; parameters in the library's order. */
export const formulas: Record<string, Formula> = {
  F1_0: shared(smearedShelf),
  F1: shared(plainShelf),
  F2s_0: (E, [f, A, s, s2, E0]) => f * A / 2 * smearedShelf(E - E0, s) + (1 - f) * A / 2 * step(E - E0, s2),
  FAB_0: free(smearedShelf),
  FAB: free(plainShelf),
  F2sAB: (E, [B, A, s, s2, E0]) => A * plainShelf(E - E0, s) + B * step(E - E0, s2),
  F4: (E, [B, A, s, E0]) =>
    A * smearedShelf(E - E0, Math.SQRT2 * s) + B * Math.PI * s * s * step(E - E0, s),
  timepix: (E, [B, A, s, E0]) =>
    A * Math.exp(-0.5 * ((E - E0) / s) ** 2) + B * erfc((E - E0) / (Math.SQRT2 * s)),
};

/** A model with all parameters free, as a function of the threshold above the origin. */
function whole(model: ModelHead): Formula | null {
  const formula = formulas[model.name];
  if (!formula) return null;
  if (!model.above_baseline) return formula;
  const line = model.all.indexOf("E0"), share = model.all.indexOf("w2"), zero = model.all.indexOf("zero");
  return (E, p) => {
    let sum = 0;
    model.lines.forEach(({ ratio, share: own }, i) => {
      const ofLine = p.slice();
      ofLine[line] = ratio * p[line] + (zero < 0 ? 0 : (1 - ratio) * p[zero]);
      const weight = share < 0 ? own : i === 1 ? p[share] : own / (1 - model.lines[1].share) * (1 - p[share]);
      sum += weight * formula(E, ofLine);
    });
    return sum;
  };
}

/** Weights of the values at Chebyshev nodes of the second kind for their polynomial at x; null beyond the nodes. */
export function nodeWeights(nodes: readonly number[], x: number): number[] | null {
  if (nodes.length === 1) return [1];
  const slack = 1e-6 * Math.abs(nodes[0] - nodes[nodes.length - 1]);
  if (x > nodes[0] + slack || x < nodes[nodes.length - 1] - slack) return null;
  const at = nodes.findIndex((node) => Math.abs(node - x) < 1e-12 * Math.abs(nodes[0]));
  if (at >= 0) return nodes.map((_, i) => (i === at ? 1 : 0));
  const raw = nodes.map((node, i) => (i % 2 ? -1 : 1) * (i === 0 || i === nodes.length - 1 ? 0.5 : 1) / (x - node));
  const sum = raw.reduce((a, b) => a + b);
  return raw.map((w) => w / sum);
}

/** Flux of unit amplitude of one curve, by linear combination of the table's rows. */
function tableRow(axes: { nodes: number[] }[], values: ArrayLike<number>, points: number, at: number[]): Float64Array | null {
  let rows: { row: number; weight: number }[] = [{ row: 0, weight: 1 }];
  for (let a = 0; a < axes.length; a++) {
    const weights = nodeWeights(axes[a].nodes, at[a]);
    if (!weights) return null;
    rows = rows.flatMap(({ row, weight }) =>
      weights.map((w, j) => ({ row: row * weights.length + j, weight: weight * w })).filter((r) => r.weight !== 0));
  }
  const row = new Float64Array(points);
  for (const { row: index, weight } of rows) {
    for (let i = 0; i < points; i++) row[i] += weight * values[index * points + i];
  }
  return row;
}

/** Cubic interpolation between the points of a row, at position x in steps. */
function interpolated(row: Float64Array, x: number): number {
  const i = Math.min(Math.max(Math.floor(x), 1), row.length - 3), t = x - i;
  const [a, b, c, d] = [row[i - 1], row[i], row[i + 1], row[i + 2]];
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

export type Curve = (threshold: number) => number;

/** Draws the fits of one scan. */
export class FluxModel {
  private readonly formula: Formula | null;

  constructor(readonly head: ModelHead, private readonly table: ArrayLike<number> | null) {
    this.formula = whole(head);
  }

  /** The flux of a fit as a function of the threshold, as results count it; null where the page cannot compute it.
   * `parameters` are the pixel's, in the order of its maps; `origin` is where the baseline lies. */
  curve(parameters: readonly number[], origin: number): Curve | null {
    const { head } = this;
    const above = head.above_baseline ? origin : 0;
    const own = parameters.map((value, i) => (head.parameters[i].name === "E0" ? value - above : value));
    if (own.some((value) => !Number.isFinite(value))) return null;
    const values = (name: string) => own[head.parameters.findIndex((p) => p.name === name)];
    if (this.formula) {
      const formula = this.formula;
      const all = head.all.map((name) => head.held[name] ?? values(name));
      return (threshold) => formula(threshold - above, all);
    }
    const table = head.table;
    if (!table || !this.table) return null;
    const row = tableRow(table.axes, this.table, table.points, table.axes.map(({ name }) => values(name)));
    if (!row) return null;
    const names = new Set(table.axes.map(({ name }) => name));
    const amplitude = own[head.parameters.findIndex(({ name }) => !names.has(name))];
    const line = values("E0"), scale = (table.points - 1) / (table.to - table.from);
    // Polynomials between nodes go a little below 0 where the flux vanishes; it never does.
    return (threshold) => amplitude * Math.max(0, interpolated(row, ((threshold - above) / line - table.from) * scale));
  }
}
