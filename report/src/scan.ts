// SPDX-License-Identifier: MIT
// The results of one scan, unpacked as they are asked for.
import { FluxModel, type Curve } from "./model";
import { columns, pixelCount, type ArrayRef, type MapHead, type Numbers, type ReportData, type ScanHead } from "./data";

/** A value a pixel, to be drawn; statuses are indices into statusKinds. */
export interface PixelMap { name: string; title: string; unit: string; values: Numbers; errors: Numbers | null; categories: boolean }

/** Once the browser has drawn what is there. */
const afterFirstView = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

export const statusNames: Record<number, string> = { 1: "good", 0: "bad", [-1]: "not found", [-2]: "cut" };
const masked = "masked";

export interface PixelCurve {
  threshold: number[]; counts: number[]; flux: number[]; low: number[]; high: number[];
  fitted: (number | null)[]; pull: number[]; used: string[]; curve: Curve | null; rejected: boolean; parameters: number[] | null;
}

/** Values that stand in this order of the pixels, pixel by pixel. */
export function inPlace(values: Numbers, order: Numbers): Numbers {
  const placed = values.slice();
  for (let i = 0; i < order.length; i++) placed[order[i]] = values[i];
  return placed;
}

export class Scan {
  status: Numbers | null = null;
  reason: Numbers | null = null;
  mask: Numbers | null = null;
  model: FluxModel | null = null;
  private counts: Numbers[] | null = null;
  private origin: Numbers | null = null;
  private parameterMaps: Numbers[] = [];
  private rejected = new Map<number, number[]>();

  constructor(readonly head: ScanHead, private readonly data: ReportData, readonly reasons: { name: string; advice: string }[]) {}

  /** What maps and words need. */
  async open(): Promise<void> {
    const { head, data } = this;
    [this.status, this.reason, this.mask] = await Promise.all([
      data.optional(head.status), data.optional(head.reason), data.optional(head.mask)]);
  }

  /** What curves need. */
  openCurves(): Promise<void> {
    this.curves ??= afterFirstView().then(() => this.readCurves());
    return this.curves;
  }
  private curves: Promise<void> | null = null;

  private async readCurves(): Promise<void> {
    const { head, data } = this, baseline = this.mapHead("baseline");
    [this.origin, this.baseline] = await Promise.all([data.optional(head.origin), data.optional(baseline?.value)]);
    if (head.model) {
      this.model = new FluxModel(head.model, head.model.table ? await data.array(head.model.table.values) : null);
      this.parameterMaps = await Promise.all(
        head.model.parameters.map(({ name }) => data.array(this.mapHead(name)!.value)));
    }
    await this.openRejected();
    if (!head.counts || !head.counts_order) return;
    const order = await data.array(head.counts_order);
    this.counts = await Promise.all(head.counts.map(async (ref) => inPlace(await data.array(ref), order)));
  }

  private async openRejected(): Promise<void> {
    const { rejected, model } = this.head;
    if (!rejected || !model) return;
    const [pixels, values] = await Promise.all([this.data.array(rejected.pixels), this.data.array(rejected.parameters)]);
    const count = model.parameters.length;
    pixels.forEach((pixel, i) => this.rejected.set(pixel, [...values.subarray(i * count, (i + 1) * count)]));
  }

  mapHead(name: string): MapHead | undefined {
    return this.head.maps.find((map) => map.name === name);
  }

  array(ref: ArrayRef): Promise<Numbers> {
    return this.data.array(ref);
  }

  /** What there is to look at: the stored maps, and those that are made at a threshold. */
  mapChoices(): { value: string; text: string }[] {
    const choices = this.head.maps.map(({ name, title }) => ({ value: name, text: title }));
    if (this.head.status) choices.unshift({ value: "status", text: "Status" });
    if (this.head.counts?.length) choices.push({ value: "flux@", text: "Flux at a threshold" });
    if (this.head.counts?.length && this.head.model) choices.push({ value: "pull@", text: "Residual at a threshold" });
    return choices;
  }

  async map(name: string, thresholdIndex: number): Promise<PixelMap> {
    if (name === "status") return this.statusMap();
    if (name === "flux@" || name === "pull@") return this.thresholdMap(name, thresholdIndex);
    const head = this.mapHead(name)!;
    const [values, errors] = await Promise.all([this.data.array(head.value), this.data.optional(head.error)]);
    return { name, title: head.title, unit: head.unit, values, errors, categories: false };
  }

  isMasked(pixel: number): boolean {
    if (this.mask) return this.mask[pixel] !== 0;
    return this.reasonName(pixel) === masked;
  }

  reasonName(pixel: number): string {
    return this.reason ? this.reasons[this.reason[pixel]]?.name ?? "" : "";
  }

  private statusMap(): PixelMap {
    const values = new Float32Array(pixelCount);
    for (let i = 0; i < pixelCount; i++) {
      values[i] = this.isMasked(i) ? 4 : this.reasonName(i) === "outside the group" ? NaN : 1 - this.status![i];
    }
    return { name: "status", title: "Status", unit: "", values, errors: null, categories: true };
  }

  private async thresholdMap(name: string, index: number): Promise<PixelMap> {
    await this.openCurves();
    const { threshold, live_time_s } = this.head.thresholds!;
    const values = new Float32Array(pixelCount).fill(NaN), counts = this.counts![index];
    for (let i = 0; i < pixelCount; i++) {
      if (this.isMasked(i) || live_time_s[index] <= 0) continue;
      values[i] = name === "flux@" ? counts[i] / live_time_s[index] : this.pullAt(i, index);
    }
    const at = `at ${threshold[index]} DAC`;
    return name === "flux@" ? { name: "flux", title: `Flux ${at}`, unit: "hits/s", values, errors: null, categories: false }
      : { name: "residual", title: `Residual ${at}`, unit: "σ", values, errors: null, categories: false };
  }

  private pullAt(pixel: number, index: number): number {
    if (this.status![pixel] !== 1) return NaN;
    const curve = this.fit(pixel)?.curve;
    const { threshold, live_time_s } = this.head.thresholds!;
    if (!curve) return NaN;
    const n = this.counts![index][pixel], live = live_time_s[index];
    return this.pull(n, live, curve(threshold[index] - this.shift(pixel)) + this.head.model!.background);
  }

  /** (data − fit)/error, as the statistic has the error. */
  private pull(n: number, live: number, fitted: number): number {
    const sigma = Math.sqrt(this.head.model!.statistic === "neyman" ? n : fitted * live) / live;
    return sigma > 0 ? (n / live - fitted) / sigma : NaN;
  }

  /** What the fit takes off the pixel's thresholds. */
  private shift(pixel: number): number {
    const mode = this.head.model?.baseline ?? "after";
    if (mode === "after" || !this.baseline) return 0;
    return mode === "before" ? this.baseline[pixel] : Math.trunc(this.baseline[pixel]);
  }
  private baseline: Numbers | null = null;

  private fit(pixel: number): { curve: Curve | null; parameters: number[]; rejected: boolean } | null {
    if (!this.model || !this.status) return null;
    const good = this.status[pixel] === 1;
    const parameters = good ? this.parameterMaps.map((map) => map[pixel]) : this.rejected.get(pixel);
    if (!parameters) return null;
    return { curve: this.model.curve(parameters, this.origin ? this.origin[pixel] : 0), parameters, rejected: !good };
  }

  /** The points of a pixel with its fit; null without counts. Bars are √N/L; at N = 0 up to 1.84/L. */
  pixelCurve(pixel: number): PixelCurve | null {
    if (!this.counts || !this.head.thresholds) return null;
    const { threshold, live_time_s } = this.head.thresholds;
    const fit = this.fit(pixel), shift = this.shift(pixel), background = this.head.model?.background ?? 0;
    const result: PixelCurve = { threshold: [], counts: [], flux: [], low: [], high: [], fitted: [], pull: [], used: [],
      curve: fit?.curve ? (E) => fit.curve!(E) + background : null, rejected: fit?.rejected ?? false, parameters: fit?.parameters ?? null };
    const use = new Map((this.head.use?.threshold ?? []).map((t, i) => [t, this.head.use!.use[i]]));
    for (let t = 0; t < threshold.length; t++) {
      const live = live_time_s[t], n = this.counts[t][pixel];
      if (!(live > 0)) continue;
      const E = threshold[t] - shift, fitted = result.curve ? result.curve(E) : null;
      result.threshold.push(E);
      result.counts.push(n);
      result.flux.push(n / live);
      result.low.push((n - Math.sqrt(n)) / live);
      result.high.push((n === 0 ? 1.841 : n + Math.sqrt(n)) / live);
      result.fitted.push(fitted);
      result.pull.push(fitted === null ? NaN : this.pull(n, live, fitted));
      result.used.push(use.get(threshold[t]) ?? "used");
    }
    return result;
  }

  /** Status and reason of a pixel in words. */
  statusText(pixel: number): string {
    if (this.isMasked(pixel)) return "masked: the equalisation takes no hits of it";
    if (!this.status) return "its fit is not on this page";
    const status = statusNames[this.status[pixel]], reason = this.reasonName(pixel);
    if (status === "good") return "good";
    const advice = this.reasons[this.reason![pixel]]?.advice ?? "";
    return `${status}: ${reason}${advice ? ` (such pixels ${advice})` : ""}`;
  }
}

export const rowOf = (pixel: number) => Math.floor(pixel / columns);
export const columnOf = (pixel: number) => pixel % columns;
export const pixelText = (pixel: number) => `row ${rowOf(pixel)}, column ${columnOf(pixel)}`;

/** The pixel that a text such as "10,20" names; null for anything else. */
export function parsePixel(text: string): number | null {
  const match = /^\s*(?:row\s*)?(\d{1,3})\s*[,;\s/]\s*(?:column\s*)?(\d{1,3})\s*$/i.exec(text);
  if (!match) return null;
  const [row, column] = [Number(match[1]), Number(match[2])];
  return row < 256 && column < 256 ? row * columns + column : null;
}
