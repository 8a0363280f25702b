// The ten-minute page in a real browser, offline: node suite.mjs --program PATH [--shots FOLDER] [--only WORD]
// Each check works on pages that the program itself makes, in a fresh profile, behind a proxy that counts requests.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { countingProxy, launch, opened } from "./browser.mjs";
import { isReceipt } from "./grammar.mjs";
import { ladderOf, receiptOf } from "./script.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values: given } = parseArgs({
  options: { program: { type: "string" }, shots: { type: "string" }, only: { type: "string" } },
});
const program = given.program ?? join(here, "../../target/debug/upwards");
const place = mkdtempSync(join(tmpdir(), "upwards-browser-"));
if (given.shots) mkdirSync(given.shots, { recursive: true });

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
const MONDAY = "2026-03-16T09:00:00";

/** Makes a page by the program and gives its address. */
function made(name, words, day = "2026-03-16", home = "home") {
  const file = join(place, name);
  const env = { PATH: process.env.PATH, UPWARDS_HOME: join(place, home), UPWARDS_NOW: `${day}T09:00:00Z` };
  execFileSync(program, ["page", ...words, "-o", file], { env, cwd: place, stdio: ["ignore", "pipe", "pipe"] });
  return { file, url: pathToFileURL(file).href, text: readFileSync(file, "utf8") };
}

const demo = (name, person, ...more) => made(name, [person, "--demo", "--minutes", "10", ...more]);
const trial = (name, ...more) =>
  made(name, ["ana", "-w", join(here, "workspace"), "--as", "maya", "--page-id", "ana-page-4f7q", ...more]);

const eli = demo("eli-ten-minutes.html", "eli", "--page-id", "eli-page-9m3t");
const ana = trial("ana-ten-minutes.html");

const tests = [];
const test = (name, body) => tests.push({ name, body });

// What a session does, by hand.

const question = (page, at) => page.locator("fieldset:has(button), fieldset:has(.feedback)").nth(at);

/** Chooses options by whether they are right, as the data block says. */
async function answer(page, at, right) {
  const asked = await page.evaluate(() =>
    JSON.parse(document.getElementById("data").textContent).parts.flatMap((p) => p.questions ?? []));
  const set = question(page, at);
  for (const option of asked[at].options) {
    const wanted = right ? option.right : !option.right && !asked[at].options.some((o) => !o.right && o.place < option.place);
    if (wanted) await set.locator("label", { hasText: option.text }).click();
  }
  await set.getByRole("button", { name: "Answer" }).click();
  return asked[at];
}

const receipt = (page) => page.locator("#lines").textContent();
const lines = async (page) => (await receipt(page)).split("\n");

/** Without a word on whose words they are nothing leaves the page. */
const itIsMe = (page) => page.locator("#receipt label", { hasText: "I am " }).click();

async function wholeSession(page) {
  await page.getByLabel("Which process costs you most").fill('Answering "dealers"\ntakes two days');
  await page.locator("label", { hasText: "Serve" }).click();
  await page.locator("summary", { hasText: "More:" }).click();
  await page.locator("summary", { hasText: "Sources" }).click();
  await page.getByLabel("Which criticism of your company").fill("PRIVATE-MARKER the harbour film");
  await page.getByText("I have read it").click();
  await answer(page, 0, true);
  const missed = await answer(page, 1, false);
  await page.getByText("yes, I did this myself", { exact: true }).click();
  await page.getByLabel("What does your rule allow").fill("Wrote who may answer at night, agreed with legal");
  await page.getByLabel("how many hours a week on approvals").fill("6,50");
  await page.getByLabel("Counted over how many").fill("4");
  await page.getByText("A report may quote this line").click();
  await itIsMe(page);
  return missed;
}

const WHOLE = [
  "upwards receipt for eli, page eli-page-9m3t, workspace halden-3f9c",
  "2026-03-16 aimed \"Answering \u2018dealers\u2019 takes two days\" about serve",
  "2026-03-16 finished rules-and-roles.nestle",
  "2026-03-16 recalled lead 1 right",
  "2026-03-16 practised rules-and-roles.write-one-rule \"Wrote who may answer at night, agreed with legal\" own hand, 6.5 -> ? hours a week on approvals, n 4, may be quoted",
  "end",
].join("\n");

async function noSidewaysScroll(page) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= room, `${wide} pixels wide in a window of ${room}`);
}

async function shot(page, name) {
  if (given.shots) await page.screenshot({ path: join(given.shots, `${name}.png`), fullPage: true });
}

const axeSource = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");
let axeFound = 0;

/** Nothing serious; what axe finds of less weight is printed. */
async function accessible(page, when) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  assert.ok(found.passes.length > 10, "axe looked at the page");
  for (const violation of found.violations) {
    axeFound += 1;
    console.log(`  axe, ${when}: ${violation.impact}: ${violation.id}: ${violation.nodes[0].html.slice(0, 120)}`);
  }
  const bad = found.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  assert.deepEqual(bad.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
}

for (const [size, viewport] of Object.entries({ "390x844": PHONE, "1280x800": DESK })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`a whole session by hand, ${size}, ${colorScheme}`, async (browser) => {
      const page = await opened(browser, eli, { viewport, colorScheme, at: MONDAY });
      await noSidewaysScroll(page);
      await accessible(page, "at first");
      await shot(page, `eli-${size}-${colorScheme}-first`);
      const missed = await wholeSession(page);
      assert.equal(await receipt(page), WHOLE);
      assert.ok(isReceipt(WHOLE), "the grammar takes it");
      for (const text of [missed.key.split("/")[1], missed.text, missed.options[0].text, "miss", "PRIVATE-MARKER"]) {
        assert.ok(!WHOLE.toLowerCase().includes(text.toLowerCase()), `the receipt tells "${text}"`);
      }
      await noSidewaysScroll(page);
      await accessible(page, "at the end");
      await shot(page, `eli-${size}-${colorScheme}-done`);
      const small = await page.locator("button, .choice, summary, a.button, textarea, input.number").evaluateAll((all) =>
        all.filter((e) => e.checkVisibility()).map((e) => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect().height])
          .filter(([, height]) => height < 44));
      assert.deepEqual(small, [], "targets are as high as a finger");
      const font = await page.evaluate(() => getComputedStyle(document.body).fontSize);
      assert.equal(font, "17px");
    });
  }
}

test("a narrow window has no sideways scroll either", async (browser) => {
  const page = await opened(browser, eli, { viewport: { width: 320, height: 640 }, at: MONDAY });
  await wholeSession(page);
  await noSidewaysScroll(page);
});

test("the keyboard alone is enough", async (browser) => {
  const page = await opened(browser, eli, { viewport: DESK, at: MONDAY });
  const focused = () => page.evaluate(() => {
    const e = document.activeElement;
    if (e === document.body) return "";
    const label = e.id ? document.querySelector(`label[for="${e.id}"]`) : null;
    return (label ?? e.closest("label") ?? e).textContent.trim();
  });
  /** Tab until the words have the focus; radio buttons of a group are one stop. */
  const tabTo = async (words) => {
    for (let n = 0; n < 80; n += 1) {
      if ((await focused()).includes(words)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`no way to "${words}" by Tab`);
  };
  /** Arrow keys within a group of radio buttons. */
  const arrowTo = async (words) => {
    for (let n = 0; n < 10; n += 1) {
      if ((await focused()).startsWith(words)) return page.keyboard.press("Space");
      await page.keyboard.press("ArrowDown");
    }
    assert.fail(`no way to "${words}" by arrows`);
  };
  const asked = await page.evaluate(() =>
    JSON.parse(document.getElementById("data").textContent).parts.flatMap((p) => p.questions ?? []));
  await tabTo("Which process costs you most");
  await page.keyboard.type('Answering "dealers" takes two days');
  await page.keyboard.press("Tab");
  await arrowTo("Serve");
  await tabTo("More:");
  await page.keyboard.press("Enter");
  await tabTo("I have read it");
  await page.keyboard.press("Space");
  for (const [at, right] of [[0, true], [1, false]]) {
    await page.keyboard.press("Tab");
    await arrowTo(asked[at].options.find((o) => o.right === right).text);
    await tabTo("Answer");
    await page.keyboard.press("Enter");
    // The reasons have the focus: who hears the page hears them at once.
    assert.match(await focused(), right ? /^Right\./ : /^Not this one\./);
  }
  await page.keyboard.press("Tab");
  await arrowTo("yes, I did this myself");
  await tabTo("What does your rule allow");
  await page.keyboard.type("Wrote who may answer at night, agreed with legal");
  await tabTo("how many hours a week on approvals");
  await page.keyboard.type("6,50");
  await page.keyboard.press("Tab");
  await page.keyboard.type("4");
  await tabTo("A report may quote this line");
  await page.keyboard.press("Space");
  assert.equal(await receipt(page), WHOLE);
  await tabTo("I am Eli Novak");
  await page.keyboard.press("Space");
  await tabTo("Mail to Maya Lund");
  await tabTo("Copy");
  await tabTo("Save .txt");
  await page.keyboard.press("Enter");
  await tabTo("Forget all this");
});

test("a reload restores everything, and so does the next day but for the answers", async (browser) => {
  const page = await opened(browser, eli, { viewport: PHONE, at: MONDAY });
  await wholeSession(page);
  await page.reload();
  assert.equal(await receipt(page), WHOLE);
  assert.equal(await page.getByLabel("Which criticism of your company").inputValue(), "PRIVATE-MARKER the harbour film");
  assert.match(await question(page, 0).locator(".feedback").textContent(), /^Right\./);
  assert.match(await question(page, 1).locator(".feedback").textContent(), /^Not this one\./);
  assert.equal(await page.getByRole("button", { name: "Answer" }).count(), 0);
  await page.clock.setFixedTime("2026-03-17T09:00:00");
  await page.reload();
  assert.equal(await receipt(page), WHOLE);
  assert.equal(await page.getByRole("button", { name: "Answer" }).count(), 2);
});

test("another page of the same id goes on with the record", async (browser) => {
  const page = await opened(browser, eli, { viewport: PHONE, at: MONDAY });
  await wholeSession(page);
  const next = demo("eli-next.html", "eli", "--page-id", "eli-page-9m3t", "--no-standing");
  page.allowed.push(next.url);
  await page.goto(next.url);
  assert.equal(await receipt(page), WHOLE);
  assert.ok(!next.text.includes("Where you stand"));
});

test("the ladder runs on this browser's own record", async (browser) => {
  const page = await opened(browser, eli, { viewport: PHONE, at: MONDAY });
  const recalled = async () => (await lines(page)).filter((l) => l.includes(" recalled "));
  const on = async (at, ...rights) => {
    await page.clock.setFixedTime(at);
    await page.reload();
    for (const [n, right] of rights.entries()) await answer(page, n, right);
    return recalled();
  };
  assert.deepEqual(await on("2026-03-16T21:00:00", true, true), ["2026-03-16 recalled lead 2 right"]);
  assert.deepEqual(await on("2026-03-19T20:00:00", true, true), ["2026-03-19 recalled lead 2 right"], "too early to climb");
  assert.deepEqual(await on("2026-03-20T08:00:00", true, false), ["2026-03-20 recalled lead 1 right step 2"]);
  assert.deepEqual(await on("2026-03-21T08:00:00", true, true),
    ["2026-03-21 recalled lead 1 right, 1 right step 2"], "the day after a miss it begins anew");
  assert.deepEqual(await on("2026-03-31T08:00:00", true, false), ["2026-03-31 recalled lead 1 right step 3"]);
  assert.deepEqual(await on("2026-04-01T08:00:00", false, false), [], "there is no word for nothing");
  assert.deepEqual(await on("2026-04-08T08:00:00", true, false), ["2026-04-08 recalled lead 1 right"]);
  await itIsMe(page);
  await page.getByRole("button", { name: "Save .txt" }).click();
  assert.deepEqual(await on("2026-04-20T08:00:00", false, false), ["2026-04-20 recalled lead 0 right"],
    "what was told is taken back once nothing of it is known");
});

test("where storage is refused the page works, says so on top, and counts this page only", async (browser) => {
  const ways = {
    "reading throws": () => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused", "SecurityError"); } }),
    "there is none": () => Object.defineProperty(window, "localStorage", { value: null }),
    "writing throws": () => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; },
  };
  for (const [way, refuse] of Object.entries(ways)) {
    const page = await opened(browser, eli, { viewport: PHONE, at: MONDAY, before: refuse });
    assert.equal(await page.locator("#top").textContent(), "This browser keeps nothing: send the receipt before you close.", way);
    await wholeSession(page);
    assert.equal(await receipt(page), WHOLE.replace("recalled lead 1 right", "recalled lead 1 of 2 right"), way);
    assert.ok(isReceipt(await receipt(page)));
    await shot(page, `eli-390x844-${way.replaceAll(" ", "-")}`);
    await page.reload();
    assert.equal(await page.getByRole("button", { name: "Answer" }).count(), 2, "nothing was kept");
    await page.context().close();
  }
});

test("storage that fails on the way is told on the way", async (browser) => {
  const page = await opened(browser, eli, { viewport: PHONE, at: MONDAY });
  assert.equal(await page.locator("#top").textContent(), "");
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; });
  await wholeSession(page);
  assert.match(await page.locator("#top").textContent(), /^This browser keeps nothing/);
  assert.match(await receipt(page), /recalled lead 1 of 2 right/);
});

test("a damaged record is a fresh one", async (browser) => {
  const page = await opened(browser, eli, { viewport: PHONE, at: MONDAY });
  for (const kept of ["{", "null", "[]", '{"v":2}', '{"v":1,"q":{"x":1},"typed":[],"days":{"aim":"then"},"old":{"a":{}}}', '{"v":1,"q":null}']) {
    await page.evaluate((text) => localStorage.setItem("upwards:halden-3f9c:eli-page-9m3t", text), kept);
    await page.reload();
    assert.equal(await page.getByText("Nothing is in it yet.").isVisible(), true, kept);
  }
  await wholeSession(page);
  assert.equal(await receipt(page), WHOLE);
});

test("a browser without the earlier answers says so, and how many of this page are right", async (browser) => {
  // Something came back from this page before.
  const known = made("known.html", ["cleo", "-w", join(here, "workspace"), "--as", "maya", "--minutes", "10"]);
  const page = await opened(browser, known, { viewport: PHONE, at: MONDAY });
  assert.ok(known.text.includes("page cleo-page-8k3m") || known.text.includes('"page":"cleo-page-8k3m"'));
  assert.match(await page.locator("#top").textContent(), /^This browser has nothing of your earlier answers/);
  await answer(page, 0, true);
  assert.deepEqual((await lines(page)).filter((l) => l.includes("recalled")), ["2026-03-16 recalled serve 1 of 2 right"]);
  await page.reload();
  assert.deepEqual((await lines(page)).filter((l) => l.includes("recalled")), ["2026-03-16 recalled serve 1 of 2 right"]);
});

test("mail, copy and save carry the receipt and nothing else", async (browser) => {
  const page = await opened(browser, eli, { viewport: PHONE, at: MONDAY });
  assert.equal(await page.locator("a.button").isVisible(), false, "there is nothing to send yet");
  await wholeSession(page);
  const href = await page.getByText("Mail to Maya Lund").getAttribute("href");
  const url = new URL(href);
  assert.equal(url.protocol + url.pathname, "mailto:maya@halden.example");
  assert.equal(url.searchParams.get("subject"), "upwards receipt, Eli Novak, 16 Mar 2026");
  assert.equal(url.searchParams.get("body"), `${WHOLE.replaceAll("\n", "\r\n")}\r\n`);
  assert.deepEqual([...url.searchParams.keys()], ["subject", "body"]);
  assert.ok(href.length < 1800, `${href.length} characters`);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByText("Copied. Paste it into a mail to maya@halden.example.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${WHOLE}\n`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save .txt" }).click()]);
  assert.equal(download.suggestedFilename(), "eli-receipt-2026-03-16.txt");
  assert.equal(readFileSync(await download.path(), "utf8"), `${WHOLE}\n`);
});

test("a session by page, received, is the session by the program", async (browser) => {
  const folder = (name) => {
    const to = join(place, name);
    mkdirSync(to, { recursive: true });
    writeFileSync(join(to, "upwards.toml"), 'format = 1\nid = "halden-3f9c"\nname = "Halden Group"\ncurricula = ["efficiency"]\n');
    writeFileSync(join(to, "people.toml"), 'format = 1\n\n[[person]]\nid = "maya"\nname = "Maya Lund"\nroles = ["leader"]\n' +
      'email = "maya@halden.example"\n\n[[person]]\nid = "eli"\nname = "Eli Novak"\n');
    return to;
  };
  const run = (in_, who, words, input) => {
    const env = {
      PATH: process.env.PATH, UPWARDS_HOME: join(place, `${who}-own`), UPWARDS_NOW: "2026-03-16T09:00:00Z", UPWARDS_DEVICE: `${who}-pc`,
    };
    return execFileSync(program, words, { env, cwd: in_, input, stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"] });
  };
  const [leaders, own] = [folder("leaders"), folder("own")];
  for (const [in_, who] of [[leaders, "maya"], [own, "eli"]]) {
    run(in_, who, ["config", "set", "me", who]);
  }
  run(leaders, "maya", ["assign", "answer-in-public", "--to", "eli", "--yes"]);
  mkdirSync(join(own, "progress/eli"), { recursive: true });
  copyFileSync(join(leaders, "progress/eli/maya-pc.jsonl"), join(own, "progress/eli/maya-pc.jsonl"));
  const file = join(place, "eli-real.html");
  run(leaders, "maya", ["page", "eli", "--page-id", "eli-page-9m3t", "-o", file]);
  const page = await opened(browser, { file, url: pathToFileURL(file).href }, { viewport: PHONE, at: MONDAY });
  await page.getByLabel("Which process costs you most").fill("Answering dealers takes two days");
  await page.locator("label", { hasText: "Serve" }).click();
  await page.getByText("I have read it").click();
  const first = await answer(page, 0, true);
  const second = await answer(page, 1, false);
  await page.locator("section", { hasText: "Answer one customer in public" }).getByText("yes, I did this myself", { exact: true }).click();
  await page.getByLabel("in one line and without names").fill("Answered a late parcel");
  await page.getByLabel("how many hours to first answer").fill("6.5");
  await page.getByLabel("Counted over how many").fill("4");
  await page.getByText("A report may quote this line").click();
  await itIsMe(page);
  const text = await receipt(page);
  run(leaders, "maya", ["receive", "-", "--yes"], `Maya, done in the train.\n\n${text}\n`);

  const key = (question) => question.key.replace("efficiency/", "");
  const chosen = (question, right) => question.options.find((option) => option.right === right).place;
  writeFileSync(join(place, "answers.toml"), `format = 1
[answers]
aim = { text = "Answering dealers takes two days", capability = "serve" }
${key(first)} = { choice = ${chosen(first, true)} }
${key(second)} = { choice = ${chosen(second, false)} }
answer-in-public.answer-one-customer = { personal = "yes", done = "Answered a late parcel", before = 6.5, n = 4, may_quote = true }
`);
  run(own, "eli", ["learn", "--minutes", "10", "--answers", join(place, "answers.toml")]);
  const events = (in_, device) => readFileSync(join(in_, `progress/eli/${device}.jsonl`), "utf8").trim().split("\n")
    .map((line) => JSON.parse(line))
    // That a step was opened is the one fact a receipt has no word for.
    .filter((event) => event.kind !== "started")
    .map(({ id, seq, device: on, via, ...rest }) => JSON.stringify(rest)).sort();
  const received = events(leaders, "eli-page-9m3t");
  assert.equal(received.length, 4, received.join("\n"));
  assert.deepEqual(received, events(own, "eli-pc"));
  const table = (in_, who) => String(run(in_, who, ["readiness", "eli", "-f", "csv"]));
  assert.equal(table(leaders, "maya"), table(own, "eli"));
  assert.ok(!readFileSync(join(leaders, "progress/eli/eli-page-9m3t.jsonl"), "utf8").includes(second.key.split(".")[1]));
});

test("nothing leaves before somebody says whose words they are, and an assistant's are told apart", async (browser) => {
  const page = await opened(browser, eli, { viewport: PHONE, at: MONDAY });
  await answer(page, 0, true);
  await page.getByText("yes, I did this myself", { exact: true }).click();
  await page.getByLabel("What does your rule allow").fill("Wrote who may answer at night");
  const leaves = () => page.getByRole("button", { name: "Copy" }).isVisible();
  assert.equal(await leaves(), false);
  assert.equal(await page.getByText("Say who fills this in").isVisible(), true);
  await page.locator("#receipt label", { hasText: "somebody else" }).click();
  assert.equal(await leaves(), false, "not without a name");
  await page.getByLabel("Your short name").fill("P\u00e4t Q.");
  assert.equal(await leaves(), true);
  assert.deepEqual(await lines(page), [
    "upwards receipt for eli, page eli-page-9m3t, workspace halden-3f9c, recorded by pat-q",
    '2026-03-16 practised rules-and-roles.write-one-rule "Wrote who may answer at night" own hand',
    "end",
  ], "answers of somebody else prove nothing");
  assert.ok(isReceipt(await receipt(page)));
  assert.equal(await page.getByText("A file cannot know who types").isVisible(), true);
  await accessible(page, "who fills it in");
  await shot(page, "eli-390x844-assistant");
  await itIsMe(page);
  assert.ok((await receipt(page)).includes("recalled lead 1 right"));
  await page.reload();
  assert.equal(await leaves(), true, "said once for this page");
  const other = demo("eli-later.html", "eli", "--page-id", "eli-page-9m3t", "--today", "2026-03-17");
  page.allowed.push(other.url);
  await page.goto(other.url);
  assert.equal(await leaves(), false, "and asked again by the next");
});

test("a browser without a clipboard marks the text", async (browser) => {
  const page = await opened(browser, eli, {
    viewport: PHONE, at: MONDAY,
    before: () => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => false;
    },
  });
  await wholeSession(page);
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByText("copy it by hand").waitFor();
  assert.equal(await page.evaluate(() => String(getSelection())), WHOLE);
});

test("a receipt that no mail link holds is copied", async (browser) => {
  const page = await opened(browser, ana, { viewport: PHONE, at: MONDAY });
  await page.getByText("yes, I did this myself", { exact: true }).click();
  await page.getByLabel("What did you do, in one line?").fill("\u00fc\u4e16\u754c".repeat(100));
  await itIsMe(page);
  assert.equal(await page.locator("a.button").isVisible(), false);
  assert.equal(await page.getByText("too long for a mail link").isVisible(), true);
  const text = (await lines(page)).find((l) => l.includes("practised"));
  assert.equal(Array.from(text.split('"')[1]).length, 300);
});

test("every kind of part, and material that would like to be script", async (browser) => {
  const page = await opened(browser, ana, { viewport: PHONE, at: MONDAY });
  await page.locator("details").evaluateAll((all) => all.forEach((d) => { d.open = true; }));
  await accessible(page, "every part");
  await noSidewaysScroll(page);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await page.locator("h1").textContent(), "10 minutes for Ana <img src=x onerror=window.pwned=1> O'Neil");
  assert.equal(await page.getByText("Aim: \"Lorries wait an hour \"at the gate\" <b>\"").isVisible(), true);
  assert.equal(await page.locator("a[href^=javascript]").count(), 0);
  assert.deepEqual(
    await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href")).filter((h) => !h.startsWith("mailto:"))),
    ["https://harbour.example/chat?a=b&c=d"]);
  assert.equal(await page.getByText("Question this number: 40 minutes less waiting (a drivers' union says 10).").isVisible(), true);
  assert.equal(await page.getByText("Thu 19 Mar 09:30, with somebody of your rank: Serve, Room 4").isVisible(), true);
  assert.ok(!ana.text.includes("Otherperson") && !ana.text.includes("bo@trial"), "nobody else is in it");

  const second = page.locator("section", { has: page.getByRole("heading", { name: "Second figure: Count the replies" }) });
  await second.getByLabel("And now, how many replies a day?").fill("1,000");
  assert.equal(await second.getByRole("status").textContent(), "A plain number, as 19 or 2.5 (for a thousand write 1000).");
  assert.equal(await second.getByLabel("And now").getAttribute("aria-invalid"), "true");
  await second.getByLabel("And now").fill("31.50");
  await second.getByLabel("Counted over how many?").fill("7");
  await second.getByText("read off a list or system").click();
  assert.equal(await second.getByRole("status").textContent(), "It is in your receipt below.");
  await page.getByText("Yes, I did this myself, with my own hands").click();

  const both = question(page, 0);
  assert.match(await both.locator("legend").textContent(), /More than one is right\.$/);
  await both.getByRole("button", { name: "Answer" }).click();
  assert.equal(await both.locator(".feedback").textContent(), "Choose an answer first.");
  await both.getByText("I am not sure").click();
  await both.getByText("A name").click();
  assert.equal(await both.getByRole("checkbox", { name: "I am not sure" }).isChecked(), false, "an answer is an answer");
  await both.getByText("A rule").click();
  await both.getByRole("button", { name: "Answer" }).click();
  assert.match(await both.locator(".feedback").textContent(), /^Right\./);
  await question(page, 1).getByText("I am not sure").click();
  await question(page, 1).getByRole("button", { name: "Answer" }).click();
  assert.match(await question(page, 1).locator(".feedback").textContent(), /^Better: Say that you saw it\./);

  const practice = page.locator("section", { has: page.getByRole("heading", { name: "Answer one customer" }) });
  await practice.getByText("somebody did it for me").click();
  await practice.getByLabel("What did you do, in one line?").fill("  My assistant   answered \u201eone\u201c ");
  assert.match(await practice.getByRole("status").textContent(), /It gives no points/);
  assert.equal(await practice.getByText("A draft instead").isVisible(), true, "publishing is offered");
  await page.getByLabel("What stops you?").fill("PRIVATE-MARKER");
  assert.deepEqual(await lines(page), [
    "upwards receipt for ana, page ana-page-4f7q, workspace trial-7c2d",
    "2026-03-16 finished answers.first",
    "2026-03-16 finished answers.what-stops-me",
    "2026-03-16 recalled serve 1 right",
    '2026-03-16 practised answers.answer-one "My assistant answered \u2018one\u2019" by others',
    "2026-03-16 measured answers.count-replies 12 -> 31.5 replies a day, n 7, observed",
    "2026-03-16 confirmed answers.one-rule of 2026-03-10",
    "end",
  ]);
  assert.ok(isReceipt(await receipt(page)));
  await shot(page, "trial-390x844");
  await accessible(page, "every part, done");
});

test("what was typed on an earlier page and never sent goes out with the next", async (browser) => {
  const page = await opened(browser, ana, { viewport: PHONE, at: MONDAY });
  await page.getByText("yes, I did this myself", { exact: true }).click();
  await page.getByLabel("What did you do, in one line?").fill("Answered a driver");
  await page.getByText("Yes, I did this myself, with my own hands").click();
  const short = trial("ana-short.html", "--minutes", "1");
  assert.ok(!short.text.includes("Answer one customer"));
  page.allowed.push(short.url);
  const old = '2026-03-16 practised answers.answer-one "Answered a driver" own hand';
  await page.goto(short.url);
  assert.ok((await lines(page)).includes(old));
  await itIsMe(page);
  await page.getByRole("button", { name: "Save .txt" }).click();
  await page.getByLabel("And now").fill("3");
  assert.ok((await lines(page)).includes(old), "it stays in the receipt of this sitting");
  await page.reload();
  assert.ok(!(await lines(page)).includes(old), "once is enough");
  page.allowed.push(ana.url);
  await page.goto(ana.url);
  assert.ok((await lines(page)).includes(old), "a page that asks for it again has it again");
});

test("forgetting leaves nothing, and is asked once more", async (browser) => {
  const page = await opened(browser, eli, { viewport: PHONE, at: MONDAY });
  await wholeSession(page);
  await page.getByRole("button", { name: "Forget all this" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  assert.equal(await receipt(page), WHOLE);
  await page.getByRole("button", { name: "Forget all this" }).click();
  await page.getByRole("button", { name: "Forget it" }).click();
  await page.getByText("Nothing of this page is left in this browser.").waitFor();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.equal(await page.getByText("Nothing is in it yet.").isVisible(), true);
  assert.equal(await page.getByLabel("Which process costs you most").inputValue(), "");
  assert.equal(await page.getByRole("button", { name: "Answer" }).count(), 2);
  await page.reload();
  assert.equal(await page.getByText("Nothing is in it yet.").isVisible(), true);
});

test("a flight westwards runs no day back", async (browser) => {
  const page = await opened(browser, eli, { viewport: PHONE, at: "2026-03-17T00:30:00" });
  await answer(page, 0, true);
  await page.clock.setFixedTime("2026-03-16T20:30:00");
  await page.reload();
  assert.equal(await page.getByRole("button", { name: "Answer" }).count(), 1, "it is still that day");
  await answer(page, 1, true);
  assert.deepEqual((await lines(page)).filter((l) => l.includes("recalled")), ["2026-03-17 recalled lead 2 right"]);
});

test("the policy lets nothing out and nothing in", async (browser, proxy) => {
  const page = await opened(browser, eli, { viewport: PHONE, at: MONDAY, violations: true });
  const tried = await page.evaluate(async (port) => {
    const address = `http://127.0.0.1:${port}/`;
    const fetched = await fetch(address).then(() => "went through", () => "refused");
    const beacon = navigator.sendBeacon(address, "x");
    const script = document.createElement("script");
    script.textContent = "window.pwned = 1";
    document.body.append(script);
    const image = document.createElement("img");
    image.src = `${address}x.png`;
    document.body.append(image);
    const loaded = await new Promise((done) => { image.onload = () => done("loaded"); image.onerror = () => done("refused"); });
    return { fetched, beacon, pwned: window.pwned, loaded };
  }, proxy.port);
  assert.equal(tried.fetched, "refused");
  assert.equal(tried.loaded, "refused");
  assert.equal(tried.pwned, undefined);
  assert.ok(page.told.some((t) => t.includes("connect-src")), page.told.join("\n"));
  assert.deepEqual(proxy.seen, []);
});

test("without script it can be read, and answered by hand", async (browser) => {
  const page = await opened(browser, eli, { viewport: PHONE, javaScriptEnabled: false });
  await noSidewaysScroll(page);
  assert.equal(await page.getByText("In March 2010 Greenpeace put a film online").isVisible(), true);
  assert.equal(await page.getByText("Write a rule of two sentences").isVisible(), true);
  const fold = page.locator("details", { hasText: "The answer" }).first();
  await fold.locator("summary").click();
  assert.equal(await fold.getByText("Who may answer what without asking. Every other rule").isVisible(), true);
  const byHand = await page.locator("pre").textContent();
  assert.equal(byHand, [
    "upwards receipt for eli",
    '2026-03-16 aimed "which process costs me most"',
    "2026-03-16 finished rules-and-roles.nestle",
    '2026-03-16 practised rules-and-roles.write-one-rule "what I did, in one line" own hand',
    "end",
  ].join("\n"));
  assert.ok(isReceipt(byHand));
  assert.ok(!byHand.includes("recalled"));
  assert.equal(await page.locator("button, input, textarea").count(), 0, "nothing that does nothing");
  await shot(page, "eli-390x844-without-script");
});

test("a script that fails leaves the page as it came", async (browser) => {
  const page = await opened(browser, eli, {
    viewport: PHONE, at: MONDAY, faults: true, before: () => { Element.prototype.replaceChildren = undefined; },
  });
  assert.equal(await page.locator("pre", { hasText: "upwards receipt for eli" }).isVisible(), true);
  assert.equal(await page.getByText("In March 2010 Greenpeace put a film online").isVisible(), true);
});

for (const [name, made] of [["eli", eli], ["trial", ana]]) {
  test(`it prints on two pages: ${name}`, async (browser) => {
    const page = await opened(browser, made, { viewport: PHONE, at: MONDAY });
    if (name === "eli") await wholeSession(page);
    await page.locator("details[open] > summary").evaluateAll((all) => all.forEach((s) => { s.parentElement.open = false; }));
    for (const format of ["A4", "Letter"]) {
      const path = given.shots ? join(given.shots, `${name}-print-${format}.pdf`) : undefined;
      const pdf = await page.pdf({ format, path });
      const pages = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
      assert.ok(pages <= 2, `${pages} pages of ${format}`);
    }
  });
}

for (const person of ["ana", "bo", "chen", "dana", "farah"]) {
  test(`the page of ${person}: no scroll, no finding, two pages of paper`, async (browser) => {
    const page = await opened(browser, demo(`${person}.html`, person), { viewport: PHONE, at: MONDAY });
    await noSidewaysScroll(page);
    await accessible(page, person);
    await shot(page, `${person}-390x844`);
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length <= 2);
  });
}

test("the script's ladder is the program's", async () => {
  const ladder = ladderOf(eli.text);
  const cases = JSON.parse(readFileSync(join(here, "ladder.json"), "utf8"));
  assert.ok(cases.length >= 200);
  for (const { days, answers, state } of cases) {
    let known = null;
    for (const [at, day, right] of answers) known = ladder(known, right, at, day, days);
    assert.deepEqual(known, state, JSON.stringify(answers));
  }
});

test("texts and numbers of a receipt have one form", async () => {
  const { plain, number, count, knownWords } = receiptOf(eli.text);
  for (const [typed, text] of [
    ["  a \n b\t c ", "a b c"],
    ['say "yes" to it', "say \u2018yes\u2019 to it"],
    ["\u201eja\u201c (\"nein\")", "\u2018ja\u2019 (\u2018nein\u2019)"],
    ["a\u202eb\u200bc\u0007d\ud800e", "abcde"],
    ["\u{1f680}".repeat(301), "\u{1f680}".repeat(300)],
    ["it's", "it's"],
    ["   ", ""],
  ]) assert.equal(plain(typed), text);
  for (const [typed, read] of [
    ["19", "19"], ["2,5", "2.5"], ["2.50", "2.5"], [" 7 ", "7"], ["-0.12", "-0.12"], ["0", "0"], ["-0", "0"], ["007", "7"], ["1000", "1000"],
    ["1,000", null], ["1.000", null], ["1.", null], [".5", null], ["1e3", null], ["30m", null], ["", null], ["9999999999", null],
  ]) assert.equal(number(typed), read, typed);
  for (const [typed, read] of [["12", "12"], ["012", "12"], ["0", null], ["1.5", null], ["-1", null], ["x", null]]) assert.equal(count(typed), read, typed);
  const entries = [[2, "2026-03-09"], [1, "2026-03-16"], [1, "2026-03-02"], [1, "2026-03-16"]];
  assert.equal(knownWords(entries, "2026-03-16"), "1 right on 2026-03-02, 2 right, 1 right step 2 on 2026-03-09");
});

let failed = 0;
const proxy = await countingProxy();
const browser = await launch(proxy.port);
// What the browser itself may ask while it starts is not the page's.
proxy.seen.length = 0;
let requests = 0;
const chosen = tests.filter((t) => !given.only || t.name.includes(given.only));
for (const { name, body } of chosen) {
  try {
    await body(browser, proxy);
    for (const context of browser.contexts()) {
      for (const page of context.pages()) {
        if (!page.told || page.mayTell) continue;
        assert.deepEqual(page.told, [], "console errors, exceptions, or violations of the policy");
        assert.deepEqual(page.requests, [], "requests");
      }
    }
    requests += proxy.seen.length;
    assert.deepEqual(proxy.seen, [], "requests that reached the proxy");
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
  proxy.seen.length = 0;
  for (const context of browser.contexts()) await context.close();
}
await browser.close();
proxy.close();
rmSync(place, { recursive: true, force: true });
console.log(`${requests} requests, ${proxy.own} of the browser's own stopped, ${axeFound} findings of axe, ${eli.text.length} bytes of eli's page`);
if (given.shots && !existsSync(join(given.shots, "eli-390x844-light-done.png")) && !given.only) failed += 1;
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 && chosen.length > 0 ? 0 : 1);
