// SPDX-License-Identifier: MIT
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { unpacked, type ModelHead, type Numbers } from "../src/data";
import { erfc, FluxModel, nodeWeights } from "../src/model";

interface Vectors {
  source: string; model: ModelHead; threshold: number[];
  arrays: { type: string; size: number; text: string }[];
  cases: { parameters: number[]; origin: number; flux: number[] }[];
}

describe("erfc", () => {
  it("has the values of the tables (Abramowitz and Stegun 7.1)", () => {
    for (const [x, value] of [[0, 1], [0.5, 0.4795001221869535], [1, 0.15729920705028513], [2, 0.004677734981047266],
      [3, 2.2090496998585441e-5], [5, 1.5374597944280349e-12], [-1, 1.8427007929497148]]) {
      expect(Math.abs(erfc(x) / value - 1)).toBeLessThan(1e-12);
    }
  });
});

describe("nodeWeights", () => {
  it("reproduces a polynomial of the nodes' degree", () => {
    const nodes = [1, Math.cos(Math.PI / 4), 0, -Math.cos(Math.PI / 4), -1], p = (x: number) => 1 + x - 3 * x ** 4;
    const sum = nodeWeights(nodes, 0.3)!.reduce((total, w, i) => total + w * p(nodes[i]), 0);
    expect(sum).toBeCloseTo(p(0.3), 12);
    expect(nodeWeights(nodes, 1.1)).toBeNull();
  });
});

// Written by velocal_report_vectors: what the library computes.
const file = process.env.VELOCAL_VECTORS;
describe.skipIf(!file)("the curve of a fit is the library's", () => {
  const all: Vectors[] = file ? JSON.parse(readFileSync(file, "utf8")) : [];
  for (const vectors of all) {
    const held = Object.keys(vectors.model.held).join(", ");
    it(`${vectors.model.name}, ${vectors.source} ${held}`, async () => {
      const ref = vectors.model.table?.values.array;
      const array = ref === undefined ? null : vectors.arrays[ref];
      const table: Numbers | null = array && await unpacked(array.text, array.type, array.size);
      const model = new FluxModel(vectors.model, table);
      // Formulas are the same to rounding. Of tables 2e-5 of the plateau are seen.
      const tolerance = vectors.model.table ? 1e-4 : 1e-9;
      for (const { parameters, origin, flux } of vectors.cases) {
        const curve = model.curve(parameters, origin)!;
        const largest = Math.max(...flux.map(Math.abs));
        vectors.threshold.forEach((E, i) =>
          expect(Math.abs(curve(E) + vectors.model.background - flux[i]) / largest).toBeLessThan(tolerance));
      }
    });
  }
});
