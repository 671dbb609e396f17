// SPDX-License-Identifier: MIT
import { describe, expect, it } from "vitest";
import { unpacked, unshuffled } from "../src/data";
import { measured, numberText } from "../src/dom";
import { csvField, csvText, fileName } from "../src/download";
import { binned, centralRange } from "../src/plots";
import { inPlace, parsePixel } from "../src/scan";

describe("arrays", () => {
  it("join the bytes of each value", () => {
    expect([...unshuffled(new Uint8Array([1, 2, 0, 1]), "u2", 2)]).toEqual([1, 258]);
    expect(() => unshuffled(new Uint8Array(3), "u2", 2)).toThrow("3 bytes instead of 4");
  });
  it("stand in another order than the pixels", () => {
    expect([...inPlace(new Uint8Array([7, 8, 9]), new Uint16Array([2, 0, 1]))]).toEqual([8, 9, 7]);
  });
  it("are unpacked from base64 of zlib", async () => {
    expect([...await unpacked("eJxjZGJmAQAAGAAL", "u1", 4)]).toEqual([1, 2, 3, 4]);
  });
});

describe("numbers in words", () => {
  it("have as many decimals as their error", () => {
    expect(measured(12.94937, 0.00297)).toBe("12.9494 ± 0.0030");
    expect(measured(-3, 0.5)).toBe("−3.00 ± 0.50");
    expect(measured(null, 1)).toBe("–");
    expect(measured(4, null)).toBe("4");
  });
  it("have a power of ten where they are small", () => {
    expect(numberText(1.234567e-6, 3)).toBe("1.23e−6");
    expect(numberText(NaN)).toBe("–");
  });
});

describe("CSV", () => {
  it("quotes what needs it, and keeps spreadsheets from running it", () => {
    expect(csvField('a "b", c')).toBe('"a ""b"", c"');
    expect(csvField("=1+2")).toBe("'=1+2");
    expect(csvField(-1.5)).toBe("-1.5");
    expect(csvText(["a", "b"], [[1, NaN], ["x", null]])).toBe("a,b\n1,x\nnan,\n");
  });
  it("goes to files of harmless names", () => {
    expect(fileName("demo/warm", "a b<c>")).toBe("demo_warm_a_b_c_");
  });
});

describe("histograms", () => {
  it("count each value once, and those beyond", () => {
    const bins = binned([0, 0.5, 1, 2, -1, NaN], [0, 1], 2);
    expect(bins.counts).toEqual([1, 2]);
    expect([bins.below, bins.above]).toEqual([1, 1]);
  });
  it("have a range also for a single value", () => {
    expect(centralRange([3, 3, NaN], 0.98)).toEqual([2.5, 3.5]);
    expect(centralRange([], 0.98)).toEqual([0, 1]);
  });
});

describe("a pixel's name", () => {
  it("is row,column", () => {
    expect(parsePixel("10,20")).toBe(2580);
    expect(parsePixel(" row 3, column 4 ")).toBe(772);
    for (const wrong of ["", "256,0", "1", "a,b", "1,2,3", "-1,4"]) expect(parsePixel(wrong)).toBeNull();
  });
});
