// Every page in a browser: it says nothing on the console, asks for nothing but itself, is open to everyone in both
// colour schemes, fits a phone and prints.
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { describe, test } from "node:test";
import { accessible, drawAll, visit } from "./browser.js";
import { pageOf, pages } from "./pages.js";

test("there are pages", () => assert(pages.length > 12));

const wide = { width: 1280, height: 800 };
const narrow = { width: 360, height: 640 };

describe("each page", { concurrency: availableParallelism() }, () => {
  for (const { name, address, catalog } of pages) {
    test(name, async (t) => {
      const page = await visit(t, address, { viewport: wide, colorScheme: "light" });
      assert.deepEqual(await page.evaluate(foreign), []);
      assert.deepEqual(await shown(page), codesOf(catalog));
      await drawAll(page);
      await accessible(page);
      for (const width of [800, 320, 360]) {
        await page.setViewportSize({ width, height: 640 });
        assert.deepEqual(await page.evaluate(tooWide), [], `${width} pixels`);
      }
      await page.emulateMedia({ colorScheme: "dark" });
      await page.locator("[role=tab]").last().click();
      await page.getByRole("searchbox").fill(catalog.errors[0].code.slice(0, 3));
      await accessible(page);
    });
  }
});

describe("in every light", { concurrency: availableParallelism() }, () => {
  for (const colorScheme of ["light", "dark"])
    for (const query of ["", "?q=re"])
      test(`${colorScheme} ${query}`, async (t) => {
        const page = await visit(t, pageOf("every-field").address + query, { viewport: wide, colorScheme });
        await drawAll(page);
        await accessible(page);
        await page.setViewportSize(narrow);
        await accessible(page);
      });
});

const codesOf = ({ errors, retired = [] }) => [...errors, ...retired].map(({ code }) => anchor(code));

/** A code as an address has it: what is not safe there as ~ and two hexadecimal digits. */
const anchor = (code) => code.replace(/[^A-Za-z0-9._-]/g, (c) => "~" + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0"));

const shown = (page) => page.locator("article:visible").evaluateAll((found) => found.map(({ id }) => id));

/** What no page has: more scripts or styles than its own, and what runs or loads. */
function foreign() {
  const found = [...document.querySelectorAll("iframe, object, embed, img, svg, video, audio, base, form[action], [style], [srcdoc], head > script"), ...document.querySelectorAll("script, style")];
  const own = [document.querySelector("head > style"), document.querySelector("body > script")];
  const listening = [...document.querySelectorAll("*")].filter((element) => element.getAttributeNames().some((name) => name.startsWith("on")));
  return [...found.filter((element) => !own.includes(element)), ...listening].map((element) => element.outerHTML.slice(0, 200));
}

/** The elements that stand out of the page where it can be scrolled sideways. */
function tooWide() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const out = [...document.querySelectorAll("main *, nav *, header *")].filter((element) => element.getBoundingClientRect().right > clientWidth);
  return [`${scrollWidth} > ${clientWidth}`, ...out.map((element) => element.outerHTML.slice(0, 200)).slice(0, 3)];
}
