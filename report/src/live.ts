// SPDX-License-Identifier: MIT
// A scan that is still being taken: how far it is, and the page's own look for newer data.
import type { ScanHead } from "./data";
import { h, numberText } from "./dom";

/** Local time as 2026-03-01 17:25:41, the same for all readers: this is what Sweden writes. */
const time = (seconds: number) => new Date(seconds * 1000).toLocaleString("sv-SE");

export function liveSection(scan: ScanHead): HTMLElement | null {
  const { live } = scan;
  if (!live) return null;
  const lines = [`${live.taken.toLocaleString("en")} of ${live.wanted.toLocaleString("en")} acquisitions are taken.`];
  if (live.last !== null) lines.push(`The last one is of ${time(live.last)}.`);
  if (live.end !== null) lines.push(`At this pace the scan ends at ${time(live.end)}.`);
  if (live.error_now !== null) lines.push(`A pixel's E0 is known to ± ${numberText(live.error_now, 3)} DAC now (median)`
    + (live.error_end !== null ? `, and to ± ${numberText(live.error_end, 3)} DAC at the end.` : "."));
  if (live.note) lines.push(live.note);
  return h("section", { class: "live", "aria-label": "The scan is being taken" },
    h("div", { class: "card" }, h("h2", {}, "The scan is being taken"),
      h("progress", { max: live.wanted, value: live.taken, "aria-label": "acquisitions taken" }), ...lines.map((line) => h("p", {}, line))));
}

/** Calls back with the page's newer version, whenever there is one. Only where the page is served: a file cannot read itself. */
export function watchForNewer(everySeconds: number, current: string, onNewer: (page: Document, text: string) => void): void {
  if (!location.protocol.startsWith("http")) return;
  let known = current;
  const look = async () => {
    try {
      const answer = await fetch(location.pathname, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const text = page.getElementById("report")?.textContent ?? "";
      if (answer.ok && text !== "" && text !== known) {
        known = text;
        onNewer(page, text);
      }
    } catch { /* the server is away for a moment */ }
  };
  setInterval(() => void look(), Math.max(2, everySeconds) * 1000);
}
