// A browser that is offline and watched: what it asks for, what it complains about.
import { existsSync } from "node:fs";
import { createServer } from "node:http";

import { chromium } from "playwright-core";

/** Where Debian and others put it; `UPWARDS_CHROMIUM` names another. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the browser with a fresh profile; whatever it asks the network for goes to the proxy. */
export async function launch(port) {
  const executablePath = process.env.UPWARDS_CHROMIUM ?? PLACES.find((path) => existsSync(path));
  if (!executablePath) throw new Error("no chromium: install it, or name it in UPWARDS_CHROMIUM");
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", `--proxy-server=http://127.0.0.1:${port}`,
      "--proxy-bypass-list=<-loopback>",
    ],
  });
}

/** Opens a page the way a person does who got it by mail: from a file, without a network. */
export async function opened(browser, made, options) {
  const { at, before, faults, violations, ...context } = options;
  const place = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Copenhagen", acceptDownloads: true, ...context });
  await place.setOffline(true);
  const page = await place.newPage();
  page.setDefaultTimeout(5000);
  page.told = [];
  page.requests = [];
  page.allowed = [made.url];
  page.mayTell = Boolean(faults || violations);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.told.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.told.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    // What is saved comes out of the page itself.
    if (!page.allowed.includes(url) && !url.startsWith("blob:") && !url.startsWith("data:,")) page.requests.push(url);
  });
  if (at) await page.clock.setFixedTime(at);
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`violation of ${event.violatedDirective}: ${event.blockedURI}`));
  });
  if (before) await page.addInitScript(before);
  await page.goto(made.url);
  return page;
}

/** What this browser looks for by itself, whatever its flags say: updates, accounts. A page that asked for the same would
    be seen by its own requests. */
const OF_THE_BROWSER = /^(https?:\/\/)?([a-z0-9-]+\.)*(google|googleapis|gvt1)\.com(:443)?(\/|$)/;

/** A proxy that lets nothing through and notes what was wanted. */
export function countingProxy() {
  const counted = { seen: [], own: 0 };
  const note = (method, url) => {
    if (OF_THE_BROWSER.test(url)) counted.own += 1;
    else counted.seen.push(`${method} ${url}`);
  };
  const server = createServer((request, response) => {
    note(request.method, request.url);
    response.writeHead(502).end();
  });
  server.on("connect", (request, socket) => {
    note("CONNECT", request.url);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => {
      counted.port = server.address().port;
      counted.close = () => server.close();
      done(counted);
    });
  });
}
