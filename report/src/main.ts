// SPDX-License-Identifier: MIT
import { chooseTheme } from "./colours";
import { ReportData, type ReportHead } from "./data";
import { choice, clear, h } from "./dom";
import { indexPage } from "./index";
import { watchForNewer } from "./live";
import { PairSection } from "./pair";
import { Scan } from "./scan";
import { ScanPage } from "./scanpage";
import { light } from "./summary";

const root = document.getElementById("page")!;
let current: ScanPage | null = null;

function wanted(): URLSearchParams {
  return new URLSearchParams(location.hash.slice(1));
}

/** What the reader looks at stands in the address: it may be mailed, and outlasts newer data. */
function remember(page: ScanPage): void {
  const note = () => {
    const words = new URLSearchParams({ scan: page.scan.head.label, pixel: `${page.state.pixel >> 8},${page.state.pixel & 255}`, maps: page.state.maps.join(",") });
    history.replaceState(null, "", `#${words.toString()}`);
  };
  for (const change of ["pixel", "maps"] as const) page.state.on(change, note);
}

function headline(head: ReportHead): HTMLElement {
  return h("header", {},
    h("a", { class: "skip", href: "#content" }, "Skip to the content"),
    h("h1", {}, head.index ? h("a", { class: "up", href: head.index }, "All chips") : null, head.dataset, h("span", { class: "asic" }, head.group === "all" ? head.asic : `${head.asic}, pixels: ${head.group}`)),
    choice("Theme", ["auto", "light", "dark"].map((value) => ({ value, text: value })), document.documentElement.dataset.theme ?? "auto", (value) => chooseTheme(value as "auto")));
}

function tabs(scans: Scan[], chosen: number, choose: (i: number) => void): HTMLElement | null {
  if (scans.length < 2) return null;
  return h("nav", { "aria-label": "Scans" }, ...scans.map(({ head }, i) =>
    h("button", { type: "button", class: "tab", "aria-current": i === chosen ? "page" : null, onclick: () => choose(i) }, head.label, " ", light(head.verdict.light))));
}

function pixelOf(text: string | null): number | null {
  const [row, column] = (text ?? "").split(",").map(Number);
  return row >= 0 && row < 256 && column >= 0 && column < 256 ? row * 256 + column : null;
}

async function show(data: ReportData): Promise<void> {
  const { head } = data;
  document.title = `${head.dataset}: velocal report`;
  const scans = head.scans.map((scan) => new Scan(scan, data, head.reasons));
  const content = h("main", { id: "content", tabindex: -1 }), bar = h("div", { class: "tabs" });
  clear(root);
  root.append(headline(head), bar, content, h("div", { id: "announcer", class: "hidden-text", "aria-live": "polite" }));
  if (head.chips) return void content.append(indexPage(head));
  const choose = async (i: number, again: boolean) => {
    await scans[i].open();
    const words = wanted();
    const page = new ScanPage(head, scans[i], again ? { pixel: pixelOf(words.get("pixel")), maps: (words.get("maps") ?? "").split(",") }
      : { pixel: current?.state.pixel ?? null, maps: current?.state.maps ?? [] });
    current = page;
    const strip = tabs(scans, i, (k) => void choose(k, false));
    bar.replaceChildren(...(strip ? [strip] : []));
    content.replaceChildren(page.element);
    if (scans.length > 1) content.append(h("section", { "aria-label": "Scans side by side" }, h("h2", {}, "Scans pixel by pixel"), new PairSection(scans).element));
    remember(page);
    void scans[i].openCurves().then(() => {
      document.documentElement.dataset.ready = "counts";
    });
  };
  const asked = head.scans.findIndex(({ label }) => label === wanted().get("scan"));
  await choose(Math.max(0, asked), true);
}

function keys(event: KeyboardEvent): void {
  const inField = event.target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key !== "/" || inField || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  current?.focusSearch();
}

async function start(): Promise<void> {
  const data = new ReportData(document);
  document.addEventListener("keydown", keys);
  if (data.head.live) {
    watchForNewer(data.head.live.every_s, document.getElementById("report")!.textContent!, (page) => void show(new ReportData(page)));
  }
  await show(data);
}

start().catch((error: unknown) => {
  root.append(h("p", { class: "noscript", role: "alert" }, `This report cannot be shown: ${error instanceof Error ? error.message : String(error)}`));
});
