// SPDX-License-Identifier: MIT
// Builds the page into one file: `node build.mjs OUT` writes OUT/report.html and OUT/report_template.cpp.
// The packages that are bundled are looked up in the lockfile, and their notices go into the page.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const root = import.meta.dirname ?? new URL(".", import.meta.url).pathname;

/** `node_modules/@a/b/node_modules/c/src/x.js` is of the package `node_modules/@a/b/node_modules/c`. */
export function packageOf(input) {
  const at = input.lastIndexOf("node_modules/");
  if (at < 0) return null;
  const parts = input.slice(at + "node_modules/".length).split("/");
  return input.slice(0, at) + "node_modules/" + parts.slice(0, parts[0].startsWith("@") ? 2 : 1).join("/");
}

/** Text of a package's own notice. Throws where it has none: nothing may be bundled without. */
export async function noticeOf(folder, entry) {
  const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
  if (!entry) throw new Error(`${name} is bundled, and the lockfile does not have it`);
  const files = (await readdir(join(root, folder))).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  if (files.length === 0) throw new Error(`${name} is bundled, and has no notice of its licence`);
  const texts = await Promise.all(files.map((file) => readFile(join(root, folder, file), "utf8")));
  return { name, version: entry.version, licence: entry.license ?? "see below", text: texts.join("\n").trim() };
}

export async function noticesOf(metafile) {
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const used = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).filter(([, input]) => input.bytesInOutput > 0).map(([name]) => packageOf(name)));
  const folders = [...new Set(used.filter((folder) => folder !== null))].sort();
  return Promise.all(folders.map((folder) => noticeOf(folder, lock.packages[folder])));
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function noticesText(notices, own) {
  const head = `This page is part of velocal and under the MIT licence. It holds the libraries below.\n\n${own}`;
  return [head, ...notices.map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}`)]
    .join("\n\n" + "-".repeat(80) + "\n\n");
}

/** One string literal a line, none of them long. */
function cppSource(page) {
  const bytes = Buffer.from(page, "utf8");
  const lines = [];
  for (let i = 0; i < bytes.length; i += 4000) {
    let line = "";
    for (const byte of bytes.subarray(i, i + 4000)) {
      const c = String.fromCharCode(byte);
      if (c === "\n") line += "\\n";
      else if (c === '"' || c === "\\" || c === "?") line += "\\" + c;
      else if (byte < 32 || byte > 126) line += "\\" + byte.toString(8).padStart(3, "0");
      else line += c;
    }
    lines.push(`    "${line}"`);
  }
  return `// Made by report/build.mjs.
#include "report/report_template.hpp"

namespace velocal {

std::string_view report_template() {
  static constexpr char text[] =
${lines.join("\n")};
  return {text, sizeof(text) - 1};
}

}  // namespace velocal
`;
}

export async function buildPage() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ["src/main.ts"],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    target: ["es2022"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  const script = result.outputFiles[0].text.replaceAll("</script", "<\\/script").trim();
  const style = (await readFile(join(root, "src/style.css"), "utf8")).trim();
  const notices = await noticesOf(result.metafile);
  const digest = createHash("sha256").update(script, "utf8").digest("base64");
  const html = await readFile(join(root, "src/page.html"), "utf8");
  const filled = { SCRIPT_DIGEST: digest, STYLE: style, SCRIPT: script,
    NOTICES: escaped(noticesText(notices, await readFile(join(root, "LICENSE"), "utf8"))) };
  return { page: html.replace(/%%([A-Z_]+)%%/g, (_, key) => filled[key]), notices };
}

if (process.argv[2]) {
  const out = process.argv[2];
  const { page } = await buildPage();
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "report.html"), page);
  await writeFile(join(out, "report_template.cpp"), cppSource(page));
}
