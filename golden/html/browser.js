// The browser of the system ($BROWSER is its path), and pages in it that are not let off: what one says on the console,
// asks of the network or pops up fails its test.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after } from "node:test";
import { chromium } from "playwright-core";

const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
const browser = await chromium.launch({ executablePath: process.env.BROWSER, args: flags.split(" ") });
after(() => browser.close());

/**
 * Opens an address in a window of its own until the test ends. Besides the page itself only data: and what `allowed`
 * says may be asked for; other options are those of Playwright's contexts, and `start` runs in the page before
 * anything else.
 */
export async function visit(t, address, { allowed = () => false, start, ...options } = {}) {
  const context = await browser.newContext(options);
  const complaints = [];
  if (start) await context.addInitScript(start);
  context.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(`console: ${message.text()}`));
  context.on("weberror", (error) => complaints.push(`error: ${error.error()}`));
  context.on("dialog", (dialog) => (complaints.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  context.on("request", (request) => {
    const url = request.url();
    const own = request.isNavigationRequest() && withoutQuery(url) === withoutQuery(address);
    if (!own && !url.startsWith("data:") && !allowed(url)) complaints.push(`request: ${url}`);
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const withoutQuery = (url) => url.split(/[?#]/, 1)[0];

/** A part of the page that is not drawn yet has no colours to look at. */
export const drawAll = (page) => page.addStyleTag({ content: "* { content-visibility: visible !important }" });

const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const rules = { type: "tag", values: "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split(" ") };

/** Holds the page, as it is now, against every rule of axe-core that is not experimental or of level AAA. */
export async function accessible(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const { violations } = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly, resultTypes: ["violations"] }), rules);
  assert.deepEqual(violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`)), []);
}
