// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
// @ts-expect-error: plain JavaScript
import { buildPage, noticeOf, packageOf } from "../build.mjs";

describe("the built page", () => {
  it("has a notice of each package that is bundled", async () => {
    const { page, notices } = await buildPage() as { page: string; notices: { name: string; version: string; text: string }[] };
    expect(notices.map(({ name }) => name)).toContain("@observablehq/plot");
    for (const { name, version, text } of notices) {
      expect(page).toContain(`${name} ${version} (`);
      expect(text).toMatch(/copyright/i);
    }
    expect(page).toContain("MIT License");
  });

  it("runs its own script only", async () => {
    const { page } = await buildPage() as { page: string };
    const script = page.slice(page.lastIndexOf("<script>") + 8, page.lastIndexOf("</script>"));
    expect(page).toContain(`'sha256-${createHash("sha256").update(script, "utf8").digest("base64")}'`);
    expect(page).toContain("default-src 'none'");
    expect(page.split("<!--velocal-data-->").length).toBe(2);
  });

  it("cannot be built with a package without a notice", async () => {
    await expect(noticeOf("node_modules/.bin", { version: "1" })).rejects.toThrow("has no notice of its licence");
    await expect(noticeOf("node_modules/esbuild", undefined)).rejects.toThrow("the lockfile does not have it");
    expect(packageOf("node_modules/@a/b/node_modules/c/x.js")).toBe("node_modules/@a/b/node_modules/c");
    expect(packageOf("src/main.ts")).toBeNull();
  });

  it("is under the licence that the package says", () => {
    expect(JSON.parse(readFileSync("package.json", "utf8")).license).toBe("MIT");
    expect(readFileSync("LICENSE", "utf8")).toContain("MIT License");
  });
});
