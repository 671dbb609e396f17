// SPDX-License-Identifier: MIT
// Everything of one scan.
import { acquisitions, chipCurves, residuals } from "./chip";
import type { PaletteName } from "./colours";
import { pixelCount, type ReportHead } from "./data";
import { Distribution } from "./distribution";
import { announce, button, choice, clear, h, sortableTable, type Cell } from "./dom";
import { liveSection } from "./live";
import { MapPanel } from "./mappanel";
import { PixelPanel } from "./pixelpanel";
import { columnOf, parsePixel, rowOf, statusNames, type Scan } from "./scan";
import { State } from "./state";
import { wordsList } from "./words";
import { budgetTable, chipTable, provenanceSection, reasonTable, sharedTable, summarySection, wordsSection } from "./summary";

const keysText = "Arrows move the pixel, with Shift by ten. + and − zoom, 0 shows the whole chip. Drag to pan, "
  + "Shift-drag selects pixels, Ctrl-wheel zooms, double click shows all. / searches row,column. Escape clears the selection.";

export class ScanPage {
  readonly element = h("div", { class: "scan" });
  readonly state = new State();
  private readonly search = h("input", { type: "search", id: "search", placeholder: "row,column", size: 10, "aria-label": "Find a pixel: row,column" });

  constructor(private readonly head: ReportHead, readonly scan: Scan, start: { pixel: number | null; maps: string[] }) {
    const choices = scan.mapChoices().map(({ value }) => value);
    const wanted = start.maps.filter((name) => choices.includes(name));
    const usual = ["K", "status", "E0", "flux", ...choices].filter((name) => choices.includes(name));
    this.state.maps = wanted.length > 0 ? wanted : [...new Set(usual)].slice(0, 2);
    this.state.threshold = Math.floor((scan.head.thresholds?.threshold.length ?? 0) / 3);
    this.state.pixel = start.pixel ?? this.firstPixel();
    this.build();
  }

  /** The first good one from the middle on, or one that is at least not masked. */
  private firstPixel(): number {
    const { scan } = this, middle = 127 * 256 + 128, all = Array.from({ length: pixelCount }, (_, i) => (middle + i) % pixelCount);
    return all.find((pixel) => scan.status?.[pixel] === 1) ?? all.find((pixel) => !scan.isMasked(pixel)) ?? middle;
  }

  private build(): void {
    const { scan, head } = this;
    this.element.append(summarySection(scan.head));
    const live = liveSection(scan.head);
    if (live) this.element.append(live);
    if (this.state.maps.length > 0) {
      this.element.append(h("div", { class: "explore" }, this.mapsSection(),
        h("section", { class: "pixel-area", "aria-label": "Pixel" }, h("h2", {}, "Pixel"), new PixelPanel(scan, this.state).element), this.distributionSection()));
    }
    this.element.append(this.chipSection());
    this.element.append(h("section", { "aria-label": "In words" }, h("h2", {}, "What the programs report"), wordsSection(scan.head)));
    this.element.append(h("section", { "aria-label": "Provenance" }, h("h2", {}, "Where it comes from"), provenanceSection(head, scan.head), wordsList()));
  }

  private mapsSection(): HTMLElement {
    const { scan, state } = this;
    const grid = h("div", { class: "maps" });
    const fill = () => {
      clear(grid);
      grid.append(...state.maps.map((_, i) => new MapPanel(scan, state, i).element));
    };
    fill();
    const count = choice("Maps", ["1", "2", "3", "4"].map((n) => ({ value: n, text: n })), String(state.maps.length), (n) => {
      const all = scan.mapChoices().map(({ value }) => value).filter((name) => !state.maps.includes(name));
      state.maps = [...state.maps, ...all].slice(0, Number(n));
      fill();
      state.tell("maps");
    });
    return h("section", { class: "maps-area", "aria-label": "Maps" }, h("h2", {}, "Maps"), this.toolbar(count),
      h("p", { class: "hint", id: "map-keys" }, keysText), this.selectionLine(), grid);
  }

  private toolbar(count: HTMLElement): HTMLElement {
    const { state } = this;
    const find = h("form", { class: "find", role: "search", onsubmit: (event) => { event.preventDefault(); this.find(); } },
      h("label", { class: "field" }, h("span", {}, "Find"), this.search), button("Go", () => this.find()));
    const colours = choice("Colours", [{ value: "viridis", text: "viridis" }, { value: "cividis", text: "cividis" }], state.palette, (name) => {
      state.palette = name as PaletteName;
      state.tell("palette");
    });
    return h("div", { class: "toolbar" }, count, colours, find, this.slider(),
      button("Whole chip", () => state.setView({ x: 128, y: 128, zoom: 1 })));
  }

  private slider(): HTMLElement | null {
    const thresholds = this.scan.head.thresholds?.threshold;
    if (!thresholds || !this.scan.head.counts) return null;
    const { state } = this, output = h("output", {}, `${thresholds[state.threshold]} DAC`);
    const range = h("input", { type: "range", min: 0, max: thresholds.length - 1, value: state.threshold, "aria-label": "Threshold of flux and residual maps",
      "aria-valuetext": `${thresholds[state.threshold]} DAC`,
      oninput: () => {
        state.threshold = Number(range.value);
        output.textContent = `${thresholds[state.threshold]} DAC`;
        range.setAttribute("aria-valuetext", output.textContent);
        state.tell("threshold");
      } });
    const field = h("label", { class: "field slider" }, h("span", {}, "Threshold"), range, output);
    const show = () => { field.hidden = !state.maps.some((name) => name.endsWith("@")); };
    state.on("maps", show);
    show();
    return field;
  }

  private find(): void {
    const pixel = parsePixel(this.search.value);
    this.search.setCustomValidity(pixel === null ? "Write row,column: two numbers from 0 to 255, such as 10,20" : "");
    if (pixel === null) return void this.search.reportValidity();
    this.state.selectPixel(pixel);
    this.state.showPixel(rowOf(pixel), columnOf(pixel));
    announce(`row ${rowOf(pixel)}, column ${columnOf(pixel)}: ${this.scan.statusText(pixel)}`);
  }

  focusSearch(): void {
    this.search.focus();
    this.search.select();
  }

  private selectionLine(): HTMLElement {
    const { state } = this;
    const line = h("div", { class: "selection", hidden: true }), list = h("div");
    state.on("selection", () => {
      clear(line);
      clear(list);
      line.hidden = state.selection === null;
      if (!state.selection) return;
      const text = `${state.selectedCount().toLocaleString("en")} pixels selected: ${state.selectionText}`;
      line.append(h("span", {}, text), button("List them", () => void this.listSelected(list)), button("Clear selection", () => state.select(null)), list);
      announce(text);
    });
    return line;
  }

  private async listSelected(place: HTMLElement): Promise<void> {
    const { scan, state } = this, most = 500;
    const maps = await Promise.all(scan.head.maps.map(({ name }) => scan.map(name, 0)));
    const rows: Cell[][] = [];
    for (let i = 0; i < 65536 && rows.length < most; i++) {
      if (!state.selection?.[i]) continue;
      const status = scan.isMasked(i) ? "masked" : scan.status ? statusNames[scan.status[i]] : "";
      rows.push([{ text: `${rowOf(i)},${columnOf(i)}`, sort: i, onclick: () => state.selectPixel(i) }, status, scan.reasonName(i), ...maps.map(({ values }) => (Number.isFinite(values[i]) ? values[i] : null))]);
    }
    const more = state.selectedCount() > most ? ` (the first ${most})` : "";
    place.replaceChildren(sortableTable(`Selected pixels${more}`, [{ title: "Pixel" }, { title: "Status" }, { title: "Reason" }, ...maps.map(({ title, unit }) => ({ title: unit ? `${title} [${unit}]` : title, numeric: true }))], rows));
  }

  private distributionSection(): HTMLElement {
    const choices = this.scan.mapChoices().map(({ value }) => value);
    const [first, second] = new Set(["K", "chi2_ndf", "E0", "flux", ...choices].filter((name) => name !== "status" && choices.includes(name)));
    return h("section", { class: "distribution-area", "aria-label": "Distributions" }, h("h2", {}, "Distributions"),
      h("p", { class: "hint" }, "Drag over a histogram to select its pixels: they light up in the maps. Shift-drag over a map to see where its pixels lie in the histograms."),
      h("div", { class: "columns" }, ...[first, second].filter(Boolean).map((name) => new Distribution(this.scan, this.state, name).figure.element)));
  }

  private chipSection(): HTMLElement {
    const { scan } = this, figures = [chipCurves(scan), residuals(scan), acquisitions(scan)];
    const tables = [chipTable(scan.head), budgetTable(scan.head), sharedTable(scan.head), this.reasons(), this.thresholds()];
    return h("section", { "aria-label": "The whole chip" }, h("h2", {}, "The whole chip"),
      h("div", { class: "columns" }, ...figures.map((figure) => figure?.element)),
      h("div", { class: "tables" }, ...tables.filter((t) => t !== null).map((table) => h("div", { class: "card" }, table))));
  }

  private reasons(): HTMLElement | null {
    const { scan, head } = this;
    if (!scan.reason) return null;
    const counts = new Map<string, number>();
    scan.reason.forEach((reason: number) => {
      const name = head.reasons[reason]?.name ?? "";
      if (name !== "none") counts.set(name, (counts.get(name) ?? 0) + 1);
    });
    return reasonTable(counts, new Map(head.reasons.map(({ name, advice }) => [name, advice])));
  }

  private thresholds(): HTMLElement | null {
    const { thresholds, use } = this.scan.head;
    if (!thresholds) return null;
    const uses = new Map((use?.threshold ?? []).map((t, i) => [t, i]));
    return sortableTable("Thresholds", ["DAC", "Live [s]", "Good", "Bad", "Empty", "Reject\u00aded", "In the fits", "Left out by [pixels]"].map((title, i) => ({ title, numeric: i !== 6 })),
      thresholds.threshold.map((t, i) => {
        const at = uses.get(t);
        return [t, thresholds.live_time_s[i], thresholds.good[i], thresholds.bad[i], thresholds.empty[i], thresholds.rejected[i], at === undefined ? null : thresholds.live_time_s[i] > 0 ? use!.use[at] : "no data", at === undefined ? null : use!.dropped[at]];
      }));
  }
}
