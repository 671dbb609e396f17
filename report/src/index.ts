// SPDX-License-Identifier: MIT
// The first page of a dataset of many chips: one row a chip, with the way to its page.
import type { Level, ReportHead } from "./data";
import { h, measured, sortableTable, typeset } from "./dom";
import { lightWords } from "./summary";

export function indexPage(head: ReportHead): HTMLElement {
  const chips = head.chips ?? [];
  const lights: [Level, string][] = [["good", "good"], ["doubtful", "to look closer at"], ["bad", "not to be used as they are"]];
  const counts = lights.map(([level, words]) => `${chips.filter((chip) => chip.light === level).length} ${words}`).join(", ");
  const table = sortableTable(`${chips.length} chips: ${counts}`, [{ title: "Chip" }, { title: "Verdict" }, { title: "Good pixels", numeric: true }, { title: "K [e⁻/DAC]", numeric: true }, { title: "In words" }],
    chips.map((chip) => [
      { text: chip.asic, sort: chip.asic, href: `${encodeURIComponent(chip.asic)}/${encodeURIComponent(chip.file)}` },
      { text: lightWords[chip.light], sort: lights.findIndex(([level]) => level === chip.light), level: chip.light },
      chip.live ? { text: `${(100 * (chip.good ?? 0) / chip.live).toFixed(2)} %`, sort: (chip.good ?? 0) / chip.live } : null,
      { text: measured(chip.K, chip.K_error), sort: chip.K ?? NaN }, typeset(chip.text)]));
  return h("section", { "aria-label": "Chips" }, h("h2", {}, "Chips"),
    h("p", { class: "hint" }, "A chip has a row once velocal-report has made its page. A click on its name opens it, a click on a head sorts."), h("div", { class: "card chips" }, table));
}
