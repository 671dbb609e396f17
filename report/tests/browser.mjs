// SPDX-License-Identifier: MIT
// The page in a browser, as readers use it. Run by tests/report/browse_report, which has made the reports.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile, readdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = process.env.VELOCAL_FOLDER, results = join(folder, "results");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pixels = [[0, 0], [255, 255], [10, 200], [37, 41], [90, 128], [127, 128], [150, 7], [199, 250], [222, 80], [254, 1]];
let browser, page;
const troubles = [];

/** A page that waits long: tests run on busy machines. */
async function emptyPage(options = {}) {
  const made = await browser.newPage(options);
  made.setDefaultTimeout(120_000);
  return made;
}

async function open(file, options = {}) {
  const opened = await emptyPage({ viewport: { width: 1500, height: 1000 }, ...options });
  opened.on("console", (message) => { if (["error", "warning"].includes(message.type())) troubles.push(message.text()); });
  opened.on("pageerror", (error) => troubles.push(error.message));
  opened.on("dialog", (dialog) => { troubles.push(`dialog ${dialog.message()}`); void dialog.dismiss(); });
  opened.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) troubles.push(`request of ${request.url()}`); });
  const begin = Date.now();
  await opened.goto(pathToFileURL(file).href);
  await opened.waitForSelector("figure.map canvas[role]");
  console.log(`first view after ${Date.now() - begin} ms`);
  await opened.waitForFunction(() => document.documentElement.dataset.ready === "counts");
  return opened;
}

async function violations(of) {
  await of.evaluate(axe);
  const { violations: found } = await of.evaluate(() => globalThis.axe.run({ exclude: ["svg *"] }));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).slice(0, 3).join(", ")}`);
}

/** A matrix of velocal-export. */
async function exported(start) {
  const csv = join(results, "full", "warm", "csv");
  const name = (await readdir(csv)).find((file) => file.startsWith(start));
  return (await readFile(join(csv, name), "utf8")).trim().split("\n").map((line) => line.split(",").map(Number));
}

/** Where a pixel of a map is on the screen. */
async function placeOf(row, column, map = 0) {
  const box = await page.locator("figure.map canvas[role]").nth(map).boundingBox();
  return [box.x + 34 + (column + 0.5) / 256 * (box.width - 40), box.y + 6 + (255.5 - row) / 256 * (box.height - 26)];
}

/** The text beside a quantity in the table of the pixel. */
const valueOf = (quantity) => page.locator(`.pixel tr:has(td:text-is("${quantity}")) td.number`).innerText();

/** "12.93 ± 0.06 DAC" stands for the number. */
function assertShows(text, value, error, what) {
  if (value === 0) return assert.match(text, /^–/, what);   // exported: no value
  const [, shown, sigma] = /^([−\d.]+) ± ([\d.]+)/.exec(text) ?? assert.fail(`${what}: ${text}`);
  const half = 0.5001 * 10 ** -(shown.split(".")[1] ?? "").length;
  assert.ok(Math.abs(Number(shown.replace("−", "-")) - value) <= half, `${what}: ${text} instead of ${value}`);
  assert.ok(Math.abs(Number(sigma) - error) <= half, `${what}: ${text} instead of ± ${error}`);
}

async function downloaded(click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return readFile(await download.path(), "utf8");
}

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.VELOCAL_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  page = await open(join(results, "full", "report.html"));
});
after(() => browser?.close());

test("a full scan with errors of the profile takes less than 11 MB", async () => {
  const { size } = await stat(join(results, "full", "report.html"));
  const ofCoarseScan = await page.evaluate(() => {
    const first = JSON.parse(document.getElementById("report").textContent).scans[1].maps[0].value.array;
    return [...document.querySelectorAll("[id^=array]")].slice(first).reduce((sum, { textContent }) => sum + textContent.length, 0);
  });
  console.log(`${size - ofCoarseScan} bytes without the coarse scan`);
  assert.ok(size - ofCoarseScan < 11e6);
});

test("ten pixels show the numbers of fit.h5 and matrices.h5 when they are clicked", async () => {
  const names = { "Gain K": ["K_matrix", "uK_matrix"], Target: ["targetmatrix", "utargetmatrix"], "Line E0": ["E0matrix", "uE0matrix"], "Parameter s": ["smatrix", "usmatrix"] };
  const matrices = {};
  for (const pair of Object.values(names)) for (const name of pair) matrices[name] = await exported(`${name}_`.replace("__", "_"));
  await page.locator("figure.map canvas[role]").first().scrollIntoViewIfNeeded();
  for (const [row, column] of pixels) {
    await page.mouse.click(...await placeOf(row, column));
    await page.waitForFunction((title) => document.getElementById("pixel-title").textContent.startsWith(title), `Pixel ${row},${column} `);
    await page.waitForTimeout(60);
    for (const [quantity, [value, error]] of Object.entries(names)) {
      assertShows(await valueOf(quantity), matrices[value][row][column], matrices[error][row][column], `${quantity} of ${row},${column}`);
    }
  }
});

test("the curve of a pixel has its points and its fit", async () => {
  await page.fill("#search", "90,128");
  await page.press("#search", "Enter");
  const csv = await downloaded(() => page.getByRole("button", { name: /^Save Flux.* as CSV$/ }).click());
  const lines = csv.trim().split("\n").map((line) => line.split(","));
  assert.equal(lines.length, 122);
  const pulls = lines.slice(1).map((line) => Number(line[6])).filter(Number.isFinite);
  const chi2 = pulls.reduce((sum, pull) => sum + pull * pull, 0) / pulls.length;
  assert.ok(chi2 > 0.3 && chi2 < 2, `chi2 ${chi2}`);
  assert.ok(await page.locator("figure:has-text('Flux of pixel 90,128 with its fit') svg path").count() > 0);
});

test("a downloaded map has the values of the results", async () => {
  const K = (await exported("K_matrix")).flat();
  const csv = await downloaded(() => page.getByRole("button", { name: "Save map 1 as CSV" }).click());
  const lines = csv.trim().split("\n").slice(1).map((line) => line.split(","));
  assert.equal(lines.length, 65536);
  lines.forEach(([row, column, value], i) => {
    assert.equal(Number(row) * 256 + Number(column), i);
    if (K[i] === 0) assert.equal(value, "nan");
    else assert.ok(Math.abs(Number(value) / K[i] - 1) < 1e-6, `${value} instead of ${K[i]}`);
  });
});

test("figures are saved as PNG and SVG", async () => {
  const svg = await downloaded(() => page.getByRole("button", { name: /^Save Stacked residuals.* as SVG$/ }).click());
  assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  const png = await downloaded(() => page.getByRole("button", { name: "Save map 1 as PNG" }).click());
  assert.equal(png.slice(1, 4), "PNG");
});

test("what is selected in a histogram lights up in the map, and back", async () => {
  const K = (await exported("K_matrix")).flat();
  const figure = page.locator(".distribution-area figure").first();
  await figure.getByLabel("select from").fill("12");
  await figure.getByLabel("select to").fill("12.5");
  await figure.getByRole("button", { name: "Select", exact: true }).click();
  const count = K.filter((value) => value >= 12 && value <= 12.5).length;
  const shown = Number((await page.locator(".selection").innerText()).split(" pixels")[0].replaceAll(",", ""));
  assert.ok(Math.abs(shown - count) <= 1, `${shown} instead of ${count}`);
  const box = await figure.locator("svg").boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 80);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 80, { steps: 5 });
  await page.mouse.up();
  assert.match(await page.locator(".selection").innerText(), /pixels selected: Gain K/);
  await page.getByRole("button", { name: "List them" }).click();
  assert.ok(await page.locator(".selection tbody tr").count() > 100);

  await page.locator("figure.map canvas[role]").first().scrollIntoViewIfNeeded();
  await page.keyboard.down("Shift");
  await page.mouse.move(...await placeOf(100, 50));
  await page.mouse.down();
  await page.mouse.move(...await placeOf(119, 69), { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  assert.match(await page.locator(".selection").innerText(), /^(361|380|400|420|441) pixels selected: rows/);
  assert.match(await figure.innerText(), /Selected \(rows/);
  await page.locator(".selection").getByRole("button", { name: "Clear selection" }).click();
  assert.equal(await page.locator(".selection").isVisible(), false);
});

test("maps change, zoom and pan together", async () => {
  await page.getByLabel("Map 1", { exact: true }).selectOption("E0");
  await page.waitForSelector("canvas[aria-label='Map of Line E0']");
  await page.getByLabel("Map 2", { exact: true }).selectOption("pull@");
  await page.waitForSelector("canvas[aria-label^='Map of Residual at']");
  const slider = page.getByLabel("Threshold of flux and residual maps");
  await slider.fill("70");
  await page.waitForSelector("canvas[aria-label='Map of Residual at 1550 DAC']");
  const pictures = () => page.$$eval("figure.map canvas[role]", (all) => all.map((canvas) => canvas.toDataURL()));
  const before = await pictures();
  await page.locator("figure.map canvas[role]").first().focus();
  await page.keyboard.press("+");
  await page.waitForTimeout(200);
  const zoomed = await pictures();
  assert.ok(zoomed.every((picture, i) => picture !== before[i]));
  await page.mouse.move(...await placeOf(100, 100));
  await page.mouse.down();
  await page.mouse.move(...await placeOf(140, 160), { steps: 5 });
  await page.mouse.up();
  await page.waitForTimeout(200);
  assert.ok((await pictures()).every((picture, i) => picture !== zoomed[i]));
  await page.getByRole("button", { name: "Whole chip" }).click();
});

test("the keyboard moves the pixel and finds one", async () => {
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  await page.keyboard.type("10,20");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("pixel-title").textContent.startsWith("Pixel 10,20 "));
  await page.locator("figure.map canvas[role]").first().focus();
  for (const key of ["ArrowUp", "ArrowUp", "ArrowRight", "Shift+ArrowLeft"]) await page.keyboard.press(key);
  await page.waitForFunction(() => document.getElementById("pixel-title").textContent.startsWith("Pixel 12,11 "));
  assert.match(await page.locator("#announcer").innerText(), /^row 12, column 11: Line E0/);
  await page.keyboard.press("/");
  await page.keyboard.type("300,1");
  await page.keyboard.press("Enter");
  assert.match(await page.$eval("#search", (field) => field.validationMessage), /row,column/);
});

test("two scans are compared pixel by pixel, and tables are sorted", async () => {
  assert.match(await page.locator("section[aria-label='Scans side by side']").innerText(), /cold − warm/);
  const head = page.locator("table:has(caption:text-is('Thresholds')) th").first();
  await head.getByRole("button").click();
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  assert.equal(await page.locator("table:has(caption:text-is('Thresholds')) tbody td").first().innerText(), "1600");
  await page.getByRole("button", { name: /^cold/ }).click();
  await page.waitForFunction(() => document.querySelector("nav button[aria-current]").textContent.startsWith("cold"));
});

test("nothing keeps anybody out, light, dark and narrow", async () => {
  assert.deepEqual(await violations(page), []);
  const dark = await open(join(results, "full", "report.html"), { colorScheme: "dark", viewport: { width: 390, height: 844 } });
  assert.deepEqual(await violations(dark), []);
  assert.ok(await dark.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "a narrow page is as wide as its screen");
  await dark.close();
});

test("a scan without a hit is shown for what it is", async () => {
  const empty = await open(join(results, "empty", "report.html"));
  assert.match(await empty.locator(".verdict").innerText(), /Not to be used as it is/);
  assert.match(await empty.locator(".distribution-area").innerText(), /no pixel has a value/);
  await empty.getByLabel("logarithmic").check();
  assert.doesNotMatch(await empty.locator("main").innerText(), /NaN|Infinity|undefined|– (hits|DAC|e⁻)/);
  const status = await empty.locator("p.status").innerText();
  assert.match(status, /^Status: cut: no hits/);
  await empty.close();
});

test("names full of markup are texts", async () => {
  const hostile = await open(join(results, "<img src=x onerror=window.hacked=3>", "Module0_VP0-0", "report.html"));
  assert.equal(await hostile.evaluate(() => window.hacked), undefined);
  assert.equal(await hostile.locator("img").count(), 0);
  assert.match(await hostile.locator("h1").innerText(), /<img src=x onerror=window.hacked=3>/);
  assert.match(await hostile.locator("details:has(summary:text-is('Descriptor')) pre").textContent(), /window\.hacked=1<\/script>/);
  await hostile.close();
});

test("many chips have a page that leads to theirs", async () => {
  const index = await emptyPage();
  await index.goto(pathToFileURL(join(results, "<img src=x onerror=window.hacked=3>", "report.html")).href);
  assert.equal(await index.evaluate(() => window.hacked), undefined);
  assert.equal(await index.locator("main tbody tr").count(), 2);
  assert.deepEqual(await violations(index), []);
  await index.getByRole("link", { name: "Module0_VP0-1" }).click();
  await index.waitForSelector("figure.map canvas[role]");
  assert.match(await index.locator("h1").innerText(), /Module0_VP0-1/);
  await index.getByRole("link", { name: "All chips" }).click();
  await index.waitForSelector("main tbody tr");
  await index.close();
});

test("a page that is served follows what is written", async () => {
  const file = join(results, "<img src=x onerror=window.hacked=3>", "Module0_VP0-0", "report.html");
  const written = (await readFile(file, "utf8")).replace('"live":null,"reasons"', '"live":{"every_s":1},"reasons"');
  let served = written;
  const server = createServer((_, answer) => { answer.setHeader("content-type", "text/html; charset=utf-8"); answer.end(served); });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  try {
    const followed = await emptyPage();
    await followed.goto(`http://127.0.0.1:${server.address().port}/report.html`);
    await followed.waitForSelector("figure.map canvas[role]");
    await followed.fill("#search", "10,20");
    await followed.press("#search", "Enter");
    served = written.replace('"asic":"Module0_VP0-0"', '"asic":"newer"');
    await followed.waitForFunction(() => document.querySelector("h1 .asic").textContent === "newer");
    await followed.waitForFunction(() => document.getElementById("pixel-title")?.textContent.startsWith("Pixel 10,20 "));
    await followed.close();
  } finally {
    server.close();
  }
});

test("the page says nothing on the console, and asks nobody for anything", () => {
  assert.deepEqual(troubles, []);
});
