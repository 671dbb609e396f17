// SPDX-License-Identifier: MIT
// What the words on the page mean.
import { h } from "./dom";

const words: [string, string][] = [
  ["acquisition", "one file of hits: the shutter was open once. Good ones are summed. Bad ones have the mark of a read-out fault, empty ones have no hits, rejected ones are named in the descriptor"],
  ["baseline, noise baseline", "the threshold at which a pixel's noise lies"],
  ["budget, common", "what an uncertainty is made of. What is common moves all pixels alike, and no mean makes it smaller"],
  ["cannot be compared", "made of data that cannot be read now: it may be up to date"],
  ["DAC", "the unit of the chip's threshold setting"],
  ["E0, line", "where the photon line lies: the threshold at which a pixel's curve falls"],
  ["f, A, B, R", "heights in the curve: f and B stand for the shelf, A and R for the rate of photons; the page on physics has each model's formula"],
  ["flux", "hits a second of live time, the time in which the shutter was open"],
  ["gain K", "electrons that one DAC stands for: those of the source's first line over the target"],
  ["good, bad, not found, cut", "how a pixel's fit ended: accepted; rejected; it did not end; it was not tried. The reason is said with it"],
  ["masked", "takes no part, as the chip's equalisation has it"],
  ["residual", "data less fit. Stacked: the mean over the good pixels, each shifted to its own E0. A real one shows that the model has another shape than the data"],
  ["s", "width of the line that the electronic noise makes"],
  ["shared, sigma", "fitted once for the chip and held in all pixels; sigma is the width of the cloud of charge in the sensor"],
  ["stale", "made of other data or settings than there are now"],
  ["target", "E0 less the baseline: the height of the line above the noise"],
  ["χ²/ndf", "squared distance of data and fit, in errors, over the degrees of freedom: near 1 where the model holds"],
];

export function wordsList(): HTMLElement {
  return h("details", { class: "card" }, h("summary", {}, "What the words mean"),
    h("dl", { class: "glossary" }, ...words.flatMap(([word, meaning]) => [h("dt", {}, word), h("dd", {}, `${meaning}.`)])));
}
