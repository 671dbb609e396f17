// SPDX-License-Identifier: MIT
// `node framerate.mjs REPORT.html`: frames a second while a zoomed map is panned, and the time to the first view.
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const browser = await chromium.launch({ executablePath: process.env.VELOCAL_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
const begin = Date.now();
await page.goto(pathToFileURL(process.argv[2]).href);
await page.waitForSelector("figure.map canvas[role]");
const firstView = Date.now() - begin;
await page.waitForFunction(() => document.documentElement.dataset.ready === "counts");
const map = page.locator("figure.map canvas[role]").first();
await map.scrollIntoViewIfNeeded();
await map.focus();
for (let i = 0; i < 4; i++) await page.keyboard.press("+");
// The pan is made in the page itself: a mouse from outside would be the slower one.
const rate = await map.evaluate((canvas) => new Promise((resolve) => {
  const box = canvas.getBoundingClientRect(), x0 = box.left + box.width / 2, y0 = box.top + box.height / 2;
  const send = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, bubbles: true }));
  canvas.setPointerCapture = () => {};
  send("pointerdown", x0, y0);
  const start = performance.now();
  let frames = 0;
  const step = (now) => {
    frames++;
    send("pointermove", x0 + 90 * Math.sin(frames / 9), y0 + 90 * Math.cos(frames / 7));
    if (now - start < 3000) return requestAnimationFrame(step);
    send("pointerup", x0, y0);
    resolve(frames / ((performance.now() - start) / 1000));
  };
  requestAnimationFrame(step);
}));
console.log(JSON.stringify({ first_view_ms: firstView, frames_per_second: Math.round(rate) }));
await browser.close();
