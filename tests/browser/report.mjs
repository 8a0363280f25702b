// Reports for others in a real browser, offline: node report.mjs --folder FOLDER [--shots FOLDER]
// The folder holds the pages; their names tell of whom they are.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { countingProxy, launch, opened } from "./browser.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values: given } = parseArgs({ options: { folder: { type: "string" }, shots: { type: "string" } } });
if (given.shots) mkdirSync(given.shots, { recursive: true });
const axeSource = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");

const SIZES = { 390: { width: 390, height: 844 }, 1280: { width: 1280, height: 800 } };
const pages = readdirSync(given.folder)
  .filter((name) => name.endsWith(".html"))
  .sort()
  .map((name) => ({ name, url: pathToFileURL(join(given.folder, name)).href }));
assert.ok(pages.length > 3, "pages to look at");

const proxy = await countingProxy();
const browser = await launch(proxy.port);
let passed = 0;
let requests = 0;
let failed = 0;

async function test(name, body) {
  try {
    await body();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.stack}`);
  }
}

async function looked(page, options, body) {
  const shown = await opened(browser, page, options);
  await body(shown);
  assert.deepEqual(shown.told, []);
  assert.deepEqual(shown.requests, []);
  requests += shown.requests.length;
  await shown.context().close();
}

async function accessible(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  assert.ok(found.passes.length > 10, "axe looked at the page");
  assert.deepEqual(found.violations.map((v) => `${v.impact}: ${v.id}: ${v.nodes[0].html}`), []);
}

/** What a person could not read: letters that are small, cells outside of any region that moves. */
async function readable(page, name) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= room, `${wide} pixels wide in a window of ${room}`);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("td, th, p, li, h1, h2")]
      .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 11)
      .map((one) => one.outerHTML.slice(0, 80)));
  assert.deepEqual(small, []);
  // Letters in pictures shrink and grow with them.
  const drawn = await page.evaluate(() =>
    [...document.querySelectorAll("svg text")].map((one) => one.getBoundingClientRect().height));
  assert.ok(drawn.every((high) => high >= 10), `${Math.min(...drawn)} pixels high`);
  // Of too few people there is a page, and no map on it; pages about pairs and groups say where nobody stands.
  const tells = (await page.locator("section").count()) > 1 && !/^(mentors|peers)/.test(name);
  const map = page.locator("section.map .scroll");
  assert.equal(await map.count(), tells ? 1 : 0, "who stands where");
  if (tells) {
    const cells = await map.locator("td[class^=t], td.n").allTextContents();
    assert.ok(cells.length > 4 && cells.every((cell) => /\S/.test(cell)), "cells have words");
    const moves = await map.evaluate((one) => {
      one.scrollLeft = one.scrollWidth;
      const last = one.querySelector("tr:last-child > :last-child").getBoundingClientRect();
      const frame = one.getBoundingClientRect();
      return last.right <= frame.right + 1;
    });
    assert.ok(moves, "the last column can be moved into sight");
    await map.evaluate((one) => { one.scrollLeft = 0; });
  }
}

const luminance = (colour) => {
  const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map((n) => Number(n) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** Five tones that stay apart without colour, with letters that stand out of each. */
async function tonesStayApart(page) {
  const tones = await page.evaluate(() =>
    [0, 1, 2, 3, 4].map((tone) => {
      const cell = document.createElement("td");
      cell.className = `t${tone}`;
      document.querySelector("table tbody tr").append(cell);
      const style = getComputedStyle(cell);
      const found = [style.backgroundColor, style.color];
      cell.remove();
      return found;
    }));
  const steps = tones.map(([background]) => luminance(background));
  for (let at = 1; at < steps.length; at += 1) {
    assert.ok(contrast(steps[at], steps[at - 1]) >= 1.2, `tones ${at - 1} and ${at}: ${steps}`);
  }
  for (const [background, letters] of tones) {
    assert.ok(contrast(luminance(background), luminance(letters)) >= 4.5, `${letters} on ${background}`);
  }
}

for (const page of pages) {
  for (const [wide, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      await test(`${page.name} at ${wide}, ${colorScheme}`, () =>
        looked(page, { viewport, colorScheme }, async (shown) => {
          await readable(shown, page.name);
          await tonesStayApart(shown);
          await accessible(shown);
          if (given.shots) await shown.screenshot({ path: join(given.shots, `${page.name}-${wide}-${colorScheme}.png`), fullPage: true });
        }));
    }
  }

  await test(`${page.name} with the keyboard and without script`, () =>
    looked(page, { viewport: SIZES[390], javaScriptEnabled: true }, async (shown) => {
      await shown.keyboard.press("Tab");
      const first = await shown.evaluate(() => document.activeElement.className);
      assert.equal(first, "skip");
      const seen = await shown.evaluate(() => document.activeElement.getBoundingClientRect().top >= 0);
      assert.ok(seen, "the link is seen once it has the focus");
      await shown.keyboard.press("Enter");
      assert.equal(await shown.evaluate(() => document.activeElement.id), "figures");
      const page = await shown.evaluate(() => ({
        scripts: document.querySelectorAll("script, iframe, object, [onclick], [src]").length,
        links: [...document.querySelectorAll("a")].map((a) => a.getAttribute("href")),
        pictures: [...document.querySelectorAll("svg")].map((svg) => [
          svg.querySelector("title")?.textContent ?? "", svg.querySelector("desc")?.textContent ?? "", svg.getAttribute("role")]),
        headings: [...document.querySelectorAll("th")].filter((th) => !th.hasAttribute("scope")).length,
        tables: [...document.querySelectorAll("table")].filter((table) => !table.caption).length,
        language: document.documentElement.lang,
      }));
      assert.deepEqual([page.scripts, page.headings, page.tables], [0, 0, 0]);
      assert.deepEqual(page.links, ["#figures"]);
      assert.ok(page.language.length >= 2);
      for (const [title, description, role] of page.pictures) {
        assert.ok(title && description && role === "img", "a picture has a title and a description");
      }
    }));

  await test(`${page.name} in print`, () =>
    looked(page, { viewport: SIZES[1280] }, async (shown) => {
      await shown.emulateMedia({ media: "print" });
      await tonesStayApart(shown);
      if (given.shots) await shown.screenshot({ path: join(given.shots, `${page.name}-print.png`), fullPage: true });
      for (const format of ["A4", "Letter"]) {
        const bytes = await shown.pdf({ format, path: given.shots && join(given.shots, `${page.name}-${format}.pdf`) });
        const count = (bytes.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
        console.log(`     ${page.name}: ${count} pages ${format}`);
        // Twenty people with 35 baselines, everybody late, take one more.
        const most = page.name.startsWith("busy") ? 3 : 2;
        assert.ok(count >= 1 && count <= most, `${count} pages ${format}`);
      }
    }));
}

await test("nothing went out", async () => assert.deepEqual(proxy.seen, []));
await browser.close();
proxy.close();
console.log(`${passed} passed, ${failed} failed; ${requests} requests`);
process.exit(failed ? 1 : 0);
