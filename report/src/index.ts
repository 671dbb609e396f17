// SPDX-License-Identifier: MIT
// The first page of a dataset of many chips: one row a chip, with the way to its page.
import type { ReportHead } from "./data";
import { h, measured, sortableTable } from "./dom";
import { lightWords } from "./summary";

export function indexPage(head: ReportHead): HTMLElement {
  const chips = head.chips ?? [];
  const table = sortableTable(`${chips.length} chips`, [{ title: "Chip" }, { title: "Verdict" }, { title: "Good pixels", numeric: true }, { title: "K [e⁻/DAC]", numeric: true }, { title: "In words" }],
    chips.map((chip) => [
      { text: chip.asic, sort: chip.asic, href: `${encodeURIComponent(chip.asic)}/${encodeURIComponent(chip.file)}` },
      lightWords[chip.light],
      chip.live ? { text: `${(100 * (chip.good ?? 0) / chip.live).toFixed(2)} %`, sort: (chip.good ?? 0) / chip.live } : null,
      { text: measured(chip.K, chip.K_error), sort: chip.K ?? NaN }, chip.text]));
  return h("section", { "aria-label": "Chips" }, h("h2", {}, "Chips"), h("div", { class: "card" }, table));
}
