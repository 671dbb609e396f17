// SPDX-License-Identifier: MIT
// The data of a report: the head is JSON, the arrays are base64 of zlib of their bytes, first bytes of all first.

export interface ArrayRef { array: number }
export type Numbers = Uint8Array | Int8Array | Uint16Array | Uint32Array | Int32Array | Float32Array;
type Maybe = number | null;

export interface MapHead {
  name: string; title: string; unit: string;
  value: ArrayRef; error: ArrayRef | null; error_low?: ArrayRef; error_high?: ArrayRef;
}
export interface ModelHead {
  name: string; formula: string; above_baseline: boolean;
  all: string[]; parameters: { name: string; unit: string }[]; held: Record<string, number>;
  lines: { ratio: number; share: number }[];
  background: number; statistic: string; baseline: "after" | "before" | "aligned";
  table: null | { axes: { name: string; nodes: number[] }[]; from: number; to: number; points: number; values: ArrayRef };
}
export interface CurveHead { name: string; threshold: number[]; flux: Maybe[]; error: Maybe[] }
export interface Parameter { name: string; unit: string; value: Maybe; error: Maybe }
export interface FittedCurveHead extends CurveHead { found: boolean; chi2: Maybe; ndf: number; parameters: Parameter[] }
export interface Uncertain { value: Maybe; error: Maybe }
export interface StageHead {
  stage: string; state: string; reason: string; command: string; file: string; sha256: string; settings: string;
}
export interface Means { pixels: number; mean: Maybe; standard_deviation: Maybe; mean_error: Maybe }
export interface LiveScan {
  taken: number; wanted: number; unfinished: number; last: Maybe; end: Maybe;
  error_now: Maybe; error_end: Maybe; note: string;
}
export interface ScanHead {
  label: string; title: string;
  verdict: { light: Level; reasons: { level: Level; text: string }[] };
  words: { title: string; lines: [string, string][] }[];
  live: LiveScan | null;
  stages: StageHead[];
  thresholds?: { threshold: number[]; live_time_s: number[]; good: number[]; bad: number[]; empty: number[]; rejected: number[] };
  groups?: CurveHead[];
  use?: { threshold: number[]; dropped: number[]; use: string[] };
  curves: FittedCurveHead[];
  residuals?: { offset: number[]; residual: number[]; error: number[]; expected: number[]; curves: number;
    largest: Uncertain; share: Maybe; largest_offset: Maybe; significance: Maybe; chi2: Maybe; bins: number };
  shared?: { name: string; unit: string; value: number; error: number; pixels: number }[];
  calibration?: { target: Means; K: Means; asic: { target: Uncertain; K: Uncertain };
    asic_good: { target: Uncertain; K: Uncertain }; common: { target: Maybe; K: Maybe };
    budget: { cause: string; common: boolean; target: Maybe; K: Maybe }[] };
  maps: MapHead[];
  status?: ArrayRef; reason?: ArrayRef; mask?: ArrayRef; counts?: ArrayRef[]; counts_order?: ArrayRef;
  origin?: ArrayRef | null; origin_mean?: number;
  rejected?: { pixels: ArrayRef; parameters: ArrayRef } | null;
  model: ModelHead | null;
  statuses?: { live: number; good: number; bad: number; not_found: number; cut: number; masked: number };
}
export type Level = "good" | "doubtful" | "bad";
export interface LiveHead { every_s: number; made: number }
export interface ChipHead { asic: string; file: string; light: Level; text: string; good: Maybe; live: Maybe; K: Maybe; K_error: Maybe }
export interface ReportHead {
  schema: string; version: string; git_hash: string; dataset: string; asic: string; group: string;
  descriptor: string; descriptor_file: string; live: LiveHead | null;
  reasons: { name: string; advice: string }[];
  scans: ScanHead[];
  chips?: ChipHead[];
  index?: string | null;
}

export const rows = 256;
export const columns = 256;
export const pixelCount = rows * columns;

const constructors = {
  u1: Uint8Array, i1: Int8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array, f4: Float32Array,
} as const;

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Puts the bytes of each value side by side again. */
export function unshuffled(bytes: Uint8Array, type: keyof typeof constructors, size: number): Numbers {
  const constructor = constructors[type];
  const width = constructor.BYTES_PER_ELEMENT;
  if (bytes.length !== size * width) throw new Error(`an array has ${bytes.length} bytes instead of ${size * width}`);
  const joined = new Uint8Array(bytes.length);
  for (let k = 0; k < width; k++) {
    for (let i = 0; i < size; i++) joined[i * width + k] = bytes[k * size + i];
  }
  return new constructor(joined.buffer);
}

export async function unpacked(text: string, type: string, size: number): Promise<Numbers> {
  return unshuffled(await inflated(bytesOfBase64(text)), type as keyof typeof constructors, size);
}

/** The head and arrays that a document holds; each array is unpacked once, when it is first asked for. */
export class ReportData {
  readonly head: ReportHead;
  private readonly arrays = new Map<number, Promise<Numbers>>();

  constructor(private readonly source: Document) {
    const text = source.getElementById("report")?.textContent;
    if (!text) throw new Error("This page has no data: velocal-report fills it.");
    this.head = JSON.parse(text) as ReportHead;
  }

  array(ref: ArrayRef): Promise<Numbers> {
    let array = this.arrays.get(ref.array);
    if (!array) {
      const element = this.source.getElementById(`array${ref.array}`);
      if (!element) throw new Error(`array ${ref.array} is missing`);
      array = unpacked(element.textContent ?? "", element.dataset.type ?? "", Number(element.dataset.size));
      this.arrays.set(ref.array, array);
    }
    return array;
  }

  async optional(ref: ArrayRef | null | undefined): Promise<Numbers | null> {
    return ref ? this.array(ref) : null;
  }
}
