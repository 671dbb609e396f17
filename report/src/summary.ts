// SPDX-License-Identifier: MIT
// The scan in plain words: traffic light with its reasons, the main numbers, what the programs said, where it is from.
import type { Level, Means, ReportHead, ScanHead, StageHead } from "./data";
import { h, measured, numberText, sortableTable, typeset, withUnit, type Cell } from "./dom";

export const lightWords: Record<Level, string> = { good: "Good", doubtful: "Look closer", bad: "Not to be used as it is" };
const symbols: Record<Level, string> = { good: "✓", doubtful: "!", bad: "✕" };

export function light(level: Level): HTMLElement {
  return h("span", { class: `light ${level}` }, h("span", { "aria-hidden": "true" }, symbols[level]), ` ${lightWords[level]}`);
}

function tile(title: string, value: string, note: string): HTMLElement {
  return h("div", { class: "tile" }, h("dt", {}, title), h("dd", {}, h("strong", {}, value), note ? h("span", {}, note) : null));
}

const spread = (means: Means, common: number | null) =>
  means.pixels > 0 ? `spread ${numberText(means.standard_deviation, 3)}, common ± ${numberText(common, 2)}` : "no pixel has one";

function tiles(scan: ScanHead): HTMLElement {
  const list: HTMLElement[] = [];
  const { calibration, statuses, residuals } = scan;
  if (calibration) {
    const { K, target, common } = calibration;
    list.push(tile("Gain K, mean of the pixels", withUnit(measured(K.mean, K.mean_error), "e⁻/DAC"),
      spread(K, common.K)));
    list.push(tile("Target, mean of the pixels", withUnit(measured(target.mean, target.mean_error), "DAC"),
      spread(target, common.target)));
  }
  if (statuses) {
    const share = statuses.live > 0 ? 100 * statuses.good / statuses.live : 0;
    list.push(tile("Good pixels", `${share.toFixed(2)} %`, `${statuses.good.toLocaleString("en")} of ${statuses.live.toLocaleString("en")} live, ${statuses.masked} masked`));
  }
  if (residuals && residuals.bins > 0) {
    list.push(tile("Largest stacked residual", `${numberText(100 * (residuals.share ?? NaN), 2)} %`, `of the flux at E0, ${numberText(Math.abs(residuals.significance ?? NaN), 3)} standard deviations`));
  }
  return h("dl", { class: "tiles" }, ...list);
}

export function summarySection(scan: ScanHead): HTMLElement {
  const { verdict } = scan;
  const reasons = [...verdict.reasons].sort((a, b) => order(b.level) - order(a.level));
  return h("section", { class: "summary", "aria-label": "Summary" },
    h("div", { class: "card verdict" }, h("h2", {}, "Summary ", light(verdict.light)),
      h("ul", { class: "reasons" }, ...reasons.map(({ level, text }) => h("li", { class: level },
        h("span", { class: `mark ${level}`, role: "img", "aria-label": lightWords[level] }, symbols[level]), h("span", { class: "said" }, typeset(text)))))),
    tiles(scan));
}

const order = (level: Level) => ["good", "doubtful", "bad"].indexOf(level);

/** What the programs reported, line by line. */
export function wordsSection(scan: ScanHead): HTMLElement {
  return h("div", { class: "columns" }, ...scan.words.map(({ title, lines }) => h("div", { class: "card" }, h("h3", {}, title),
    h("div", { class: "table", tabindex: 0, role: "region", "aria-label": `${title} in words` },
      h("table", { class: "words" }, h("tbody", {}, ...lines.map(([key, text]) => h("tr", {}, key ? h("th", { scope: "row" }, key) : h("td"), h("td", {}, typeset(text))))))))));
}

const short = (value: number | null): Cell => ({ text: numberText(value, 2), sort: value ?? NaN });

export function budgetTable(scan: ScanHead): HTMLElement | null {
  const { calibration } = scan;
  if (!calibration?.budget.length) return null;
  const rows: Cell[][] = calibration.budget.map(({ cause, common, target, K }) => [cause, common ? "all pixels alike" : "each pixel (median)", short(target), short(K)]);
  rows.push(["all that is common", "all pixels alike", short(calibration.common.target), short(calibration.common.K)]);
  return sortableTable("What the uncertainties are made of", [{ title: "Cause" }, { title: "Moves" }, { title: "Target [DAC]", numeric: true }, { title: "K [e⁻/DAC]", numeric: true }], rows);
}

export function sharedTable(scan: ScanHead): HTMLElement | null {
  if (!scan.shared?.length) return null;
  return sortableTable("Parameters that all pixels share", [{ title: "Parameter" }, { title: "Value", numeric: true }, { title: "Pixels", numeric: true }],
    scan.shared.map(({ name, unit, value, error, pixels }) => [name, { text: withUnit(measured(value, error), unit), sort: value }, pixels]));
}

export function chipTable(scan: ScanHead): HTMLElement | null {
  if (!scan.curves.length) return null;
  const rows: Cell[][] = [];
  for (const curve of scan.curves) {
    for (const { name, unit, value, error } of curve.parameters) rows.push([curve.name, name, { text: withUnit(measured(value, error), unit), sort: value ?? NaN }]);
    rows.push([curve.name, "χ²/ndf", { text: `${numberText(curve.chi2, 4)} / ${curve.ndf}`, sort: (curve.chi2 ?? NaN) / curve.ndf }]);
  }
  const { calibration } = scan;
  for (const [name, of] of [["all pixels", calibration?.asic], ["good pixels", calibration?.asic_good]] as const) {
    if (of) rows.push([name, "target", { text: withUnit(measured(of.target.value, of.target.error), "DAC"), sort: of.target.value ?? NaN }],
      [name, "K", { text: withUnit(measured(of.K.value, of.K.error), "e⁻/DAC"), sort: of.K.value ?? NaN }]);
  }
  return sortableTable("Fits of the chip's curves", [{ title: "Curve" }, { title: "Quantity" }, { title: "Value", numeric: true }], rows);
}

/** How many pixels have each reason. */
export function reasonTable(counts: Map<string, number>, advice: Map<string, string>): HTMLElement {
  return sortableTable("Pixels that are not good", [{ title: "Reason" }, { title: "Pixels", numeric: true }, { title: "What they have, and what helps" }],
    [...counts].map(([name, count]) => [name, count, advice.get(name) ? `They ${advice.get(name)}` : ""]));
}

function stageRow(stage: StageHead): Cell[] {
  return [stage.stage, stage.state, stage.command, stage.file, stage.sha256];
}

export function provenanceSection(head: ReportHead, scan: ScanHead): HTMLElement {
  const settings = scan.stages.filter(({ settings }) => settings !== "").map(({ stage, settings }) =>
    h("details", {}, h("summary", {}, `Settings behind the ${stage}`), h("pre", { tabindex: 0 }, settings)));
  return h("div", { class: "card" },
    sortableTable("Results and the commands that make them", ["Stage", "State", "Command", "File", "SHA-256"].map((title) => ({ title })), scan.stages.map(stageRow)),
    h("p", {}, `Chip ${head.asic}, pixels: ${head.group}. Descriptor ${head.descriptor_file}. Report by velocal ${head.version} (${head.git_hash}).`),
    ...settings, h("details", {}, h("summary", {}, "Descriptor"), h("pre", { tabindex: 0 }, head.descriptor)));
}
