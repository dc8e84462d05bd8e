// What a reader does with the page: searches, filters, follows links, chooses tabs, copies, prints, and does without a
// mouse or scripts.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { visit } from "./browser.js";
import { pageOf } from "./pages.js";

const own = pageOf("out");
const everyField = pageOf("every-field");

const articles = (page) => page.locator("article:visible").evaluateAll((found) => found.map(({ id }) => id));
/** Waits until these codes are shown: what follows the history may take a moment. */
async function shows(page, codes) {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline && !isDeepStrictEqual(await articles(page), codes)) await page.waitForTimeout(50);
  assert.deepEqual(await articles(page), codes);
}

const count = (page) => page.locator("output").textContent();
const choose = (page, label, value) => page.getByRole("combobox", { name: label }).selectOption(value);
const search = (page, text) => page.getByRole("searchbox").fill(text);
const card = (page, code) => page.locator(`article[id="${code}"]`);
const codesWhere = (condition) => own.catalog.errors.filter(condition).map(({ code }) => code);

/** Waits until the address has this query and this hash: it follows the form a moment later. */
const addressed = (page, query, hash = "") => page.waitForURL(own.address + query + hash);

/** Waits until a card's heading can be read, below the form that stays. */
async function inSight(page, code) {
  const { innerHeight, below } = await page.evaluate(() => {
    const form = document.querySelector("form");
    const sticks = getComputedStyle(form).position === "sticky" && !form.hidden;
    return { innerHeight, below: sticks ? form.getBoundingClientRect().height : 0 };
  });
  await page.waitForFunction(
    ([id, top, bottom]) => {
      const heading = document.getElementById(id).querySelector("h3");
      const box = heading.getBoundingClientRect();
      return heading.checkVisibility() && box.top >= top && box.bottom <= bottom;
    },
    [code, below, innerHeight],
  );
}

describe("search", { concurrency: availableParallelism() }, () => {
  test("looks at codes, meanings and recoveries, for every word", async (t) => {
    const page = await visit(t, own.address);
    assert.equal(await count(page), "30 codes");
    for (const [text, found] of [
      ["RATE_LIMITED", ["RATE_LIMITED"]],
      ["rate limited", ["RATE_LIMITED"]],
      ["  windows   HEADERS ", ["RATE_LIMITED"]],
      ["monthly analyses", ["QUOTA_EXCEEDED"]],
      ["dashboard", ["KEY_FORMAT_DEPRECATED", "DASHBOARD_ONLY"]],
      ["sign in", ["DASHBOARD_ONLY"]],
      ["no such code", []],
      ["<b>.*", []],
    ]) {
      await page.getByRole("searchbox").clear();
      await page.getByRole("searchbox").pressSequentially(text);
      assert.deepEqual(await articles(page), found, text);
      assert.equal(await count(page), `${found.length} of 30 codes`);
    }
  });

  test("counts one code as one", async (t) => {
    const page = await visit(t, pageOf("minimal").address);
    assert.equal(await count(page), "1 code");
    await search(page, "x y z");
    assert.equal(await count(page), "0 of 1 code");
  });

  test("hides what has nothing to show, and brings it back", async (t) => {
    const page = await visit(t, own.address);
    const [intro, reset] = [page.getByText("Every error response uses the standard envelope"), page.getByRole("button", { name: "Show all" })];
    assert(await intro.isVisible());
    assert(await reset.isHidden());
    await search(page, "upstream");
    assert(await intro.isHidden());
    assert.deepEqual(await page.locator("h2:visible").allTextContents(), ["Server-side errors"]);
    assert.deepEqual(await page.locator("nav a:visible").allTextContents(), ["Server-side errors", "UPSTREAM_ERROR", "UPSTREAM_TIMEOUT"]);
    await reset.click();
    assert.equal((await articles(page)).length, 30);
    assert.equal(await count(page), "30 codes");
    assert(await intro.isVisible());
    assert.equal(await page.getByRole("searchbox").evaluate((field) => field === document.activeElement && field.value === ""), true);
    await addressed(page, "");
  });

  test("starts with a slash, which can be typed too", async (t) => {
    const page = await visit(t, own.address);
    await page.keyboard.press("/");
    await page.keyboard.type("v1/projects");
    assert.equal(await page.getByRole("searchbox").inputValue(), "v1/projects");
    assert.deepEqual(await articles(page), ["ORG_KEY_REQUIRED", "CONFIRMATION_MISMATCH"]);
  });

  test("shows the first hit when it begins far down", async (t) => {
    const page = await visit(t, own.address);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.keyboard.press("/");
    await page.keyboard.type("upstream");
    await inSight(page, "UPSTREAM_ERROR");
  });
});

/** Puts a text on the clipboard of the page and pastes it. */
async function paste(page, text) {
  const field = page.getByRole("searchbox");
  await field.clear();
  await field.evaluate((input, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", pasted);
    input.focus();
    if (input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))) {
      input.value += pasted;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }, text);
}

const body = (code, message) => JSON.stringify({ success: false, error: { code, message, requestId: "req_01" } }, null, 2);

describe("a paste", { concurrency: availableParallelism() }, () => {
  test("is found by the best that it holds", async (t) => {
    const page = await visit(t, own.address);
    for (const [text, found] of [
      ["This key format is no longer accepted", ["KEY_FORMAT_DEPRECATED"]],
      ["error: this key   format is no longer accepted (request req_01)", ["KEY_FORMAT_DEPRECATED"]],
      [body("RATE_LIMITED", "Slow down"), ["RATE_LIMITED"]],
      [body("RATE_LIMITED", "Slow down").replaceAll('"', '\\"'), ["RATE_LIMITED"]],
      [body("PLAN_LIMIT", "The key was revoked"), ["API_KEY_REVOKED"]],
      ["2025-03-01T12:00:00.123Z ERROR client.go:41 api answered 402: code=QUOTA_EXCEEDED request_id=req_01", ["QUOTA_EXCEEDED"]],
      ["level=WARN msg=retry err=UPSTREAM_TIMEOUT\nlevel=WARN msg=retry err=UPSTREAM_ERROR", ["UPSTREAM_ERROR", "UPSTREAM_TIMEOUT"]],
      ...["CodeRateLimited", "apierr.CodeRateLimited", "apierr.NewRateLimited(60)", "RateLimitedError", "ErrorCode.RATE_LIMITED", "rateLimited", "rate-limited"].map(
        (name) => [name, ["RATE_LIMITED"]],
      ),
      ["shop.errors.PlanFeatureGateException: at Main.java:7", ["PLAN_FEATURE_GATE"]],
      ["issues", codesWhere((e) => e.details?.properties?.issues)],
      ["GET /v1/projects/7 404", codesWhere((e) => e.status === 404)],
      ['10.0.0.1 - - "POST /v1/analyze HTTP/1.1" 400 17', codesWhere((e) => e.status === 400)],
      ["the key format ss_live_1 is no longer accepted here", ["KEY_FORMAT_DEPRECATED"]],
    ]) {
      assert.notEqual(found.length, 0, text);
      await paste(page, text);
      assert.deepEqual(await articles(page), found, text);
    }
  });

  test("of a request is found by its operation", async (t) => {
    const { address, catalog } = pageOf("operations");
    const page = await visit(t, address);
    const at = catalog.operations.find(({ method, path }) => method && path.includes("{"));
    const returned = catalog.errors.filter((e) => at.errors.includes(e.code) || catalog.everyOperation.includes(e.code));
    const { status } = returned.find((e) => at.errors.includes(e.code));
    await paste(page, `${at.method} https://api.example.com/base${at.path.replaceAll(/\{[^}]*\}/g, "7")}?q=1 ${status}`);
    assert.deepEqual((await articles(page)).sort(), returned.filter((e) => [e.status].concat(e.statuses ?? []).includes(status)).map((e) => e.code).sort());
  });

  test("that is long stays out of the address", async (t) => {
    const page = await visit(t, own.address);
    await paste(page, body("RATE_LIMITED", "token ".repeat(30)));
    await page.waitForTimeout(400);
    assert.equal(page.url(), own.address);
  });

  test("that is nearly a code is offered it, and what is like none says what to do", async (t) => {
    const page = await visit(t, own.address);
    const nothing = page.getByText("No code is like this");
    assert(await nothing.isHidden());
    await search(page, "QOUTA_EXCEDED");
    assert.deepEqual(await articles(page), []);
    assert(await nothing.isVisible());
    await page.getByRole("link", { name: "QUOTA_EXCEEDED" }).and(page.locator(":visible")).click();
    await inSight(page, "QUOTA_EXCEEDED");
    assert(await nothing.isHidden());
    await search(page, "zebra crossing");
    assert(await nothing.isVisible());
    assert(await page.getByText("Did you mean").isHidden());
    await search(page, "revoked");
    await choose(page, "Status", "404");
    await page.getByRole("button", { name: "Search without them" }).click();
    assert.deepEqual(await articles(page), ["API_KEY_REVOKED"]);
  });
});

describe("filters", { concurrency: availableParallelism() }, () => {
  test("work alone and together, and live in the address", async (t) => {
    const page = await visit(t, own.address);
    await choose(page, "Category", "quota");
    assert.deepEqual(await articles(page), codesWhere((e) => e.category === "quota"));
    await addressed(page, "?category=quota");
    await choose(page, "Category", "");
    await choose(page, "Status", "403");
    assert.deepEqual(await articles(page), codesWhere((e) => e.status === 403));
    await addressed(page, "?status=403");
    await choose(page, "Status", "");
    await choose(page, "Retryable", "yes");
    assert.deepEqual(await articles(page), codesWhere((e) => e.retryable));
    await choose(page, "Retryable", "no");
    assert.deepEqual(await articles(page), codesWhere((e) => !e.retryable));
    await choose(page, "Status", "403");
    await choose(page, "Category", "quota");
    await search(page, "upgrade");
    assert.deepEqual(await articles(page), ["QUOTA_EXCEEDED", "PLAN_FEATURE_GATE", "RESOURCE_LIMIT"]);
    await addressed(page, "?q=upgrade&category=quota&status=403&retryable=no");
  });

  test("show what an operation can return, with what every one can", async (t) => {
    const { address, catalog } = pageOf("operations");
    const page = await visit(t, address);
    assert.equal(await page.getByText("Returned by every operation").count(), catalog.everyOperation.length);
    for (const { id, errors } of catalog.operations) {
      await choose(page, "Operation", id);
      assert.deepEqual((await articles(page)).sort(), errors.toSorted(), id);
      assert(await page.getByRole("heading", { name: "Operations" }).isHidden());
      await page.waitForURL(`${address}?operation=${id}`);
    }
    await choose(page, "Status", "409");
    assert.deepEqual(await articles(page), []);
    await choose(page, "Operation", "deletePet");
    assert.deepEqual(await articles(page), ["PET_ADOPTED"]);
    await page.waitForURL(`${address}?status=409&operation=deletePet`);
    await page.reload();
    await shows(page, ["PET_ADOPTED"]);
    await card(page, "PET_ADOPTED").getByRole("link", { name: "updatePet" }).click();
    assert.equal(await count(page), "11 codes");
    assert(await page.getByRole("row", { name: "updatePet" }).isVisible());
    await page.getByRole("row", { name: "updatePet" }).getByRole("link", { name: "NAME_TAKEN" }).click();
    await inSight(page, "NAME_TAKEN");
    assert.equal(await visit(t, own.address).then((other) => other.getByRole("combobox", { name: "Operation" }).count()), 0);
  });

  test("come back with the address, after a reload, and on the way back", async (t) => {
    const address = `${own.address}?q=key&status=403`;
    const page = await visit(t, address);
    const found = await articles(page);
    assert(found.length > 0 && found.length < codesWhere((e) => e.status === 403).length);
    const asBefore = async () => {
      await shows(page, found);
      assert.equal(await page.getByRole("searchbox").inputValue(), "key");
      assert.equal(await page.getByRole("combobox", { name: "Status" }).inputValue(), "403");
    };
    await page.reload();
    await asBefore();
    await page.locator("nav").getByRole("link", { name: found[1], exact: true }).click();
    await search(page, "upstream");
    await choose(page, "Status", "");
    await addressed(page, "?q=upstream");
    await page.goBack();
    await asBefore();
    await page.goForward();
    await shows(page, ["UPSTREAM_ERROR", "UPSTREAM_TIMEOUT"]);
    await page.goto(own.address);
    await page.goBack();
    await shows(page, ["UPSTREAM_ERROR", "UPSTREAM_TIMEOUT"]);
  });

  test("leave alone what is not theirs", async (t) => {
    const page = await visit(t, `${own.address}?status=200&lang=en&retryable=perhaps&category=%3Cb%3E`);
    assert.equal((await articles(page)).length, 30);
    await search(page, "gone");
    await page.waitForURL((url) => url.searchParams.get("q") === "gone" && url.searchParams.get("lang") === "en");
  });
});

describe("links", { concurrency: availableParallelism() }, () => {
  for (const width of [1280, 900, 360])
    test(`show their code, ${width} pixels wide`, async (t) => {
      const page = await visit(t, `${own.address}#RATE_LIMITED`, { viewport: { width, height: 700 } });
      await inSight(page, "RATE_LIMITED");
      await page.goto(`${own.address}?q=upstream#RATE_LIMITED`);
      await inSight(page, "RATE_LIMITED");
      assert.equal(await count(page), "30 codes");
      await addressed(page, "", "#RATE_LIMITED");
    });

  test("in a text lead out of a search, again and again", async (t) => {
    const page = await visit(t, own.address);
    for (let i = 0; i < 2; i++) {
      await search(page, "upstream timeout");
      assert.deepEqual(await articles(page), ["UPSTREAM_TIMEOUT"]);
      await addressed(page, "?q=upstream+timeout");
      await card(page, "UPSTREAM_TIMEOUT").getByRole("link", { name: "UPSTREAM_ERROR" }).click();
      await inSight(page, "UPSTREAM_ERROR");
      assert.equal((await articles(page)).length, 30);
    }
  });

  test("do not undo a search that came after them", async (t) => {
    const page = await visit(t, `${own.address}#RATE_LIMITED`);
    await search(page, "upstream");
    await addressed(page, "?q=upstream");
    await page.reload();
    assert.deepEqual(await articles(page), ["UPSTREAM_ERROR", "UPSTREAM_TIMEOUT"]);
  });

  test("that lead nowhere do no harm", async (t) => {
    for (const hash of ["#", "#NO_SUCH_CODE", "#%", "#%E0%A4%A", "#\"'<>"]) {
      const page = await visit(t, own.address + hash);
      await search(page, "upstream");
      assert.equal(await count(page), "2 of 30 codes", hash);
    }
  });
});

describe("tabs", { concurrency: availableParallelism() }, () => {
  const selected = (page) => page.getByRole("tab", { selected: true }).allTextContents();

  test("are one choice for all codes, which is remembered", async (t) => {
    const page = await visit(t, own.address);
    assert.deepEqual(await card(page, "GONE").getByRole("tab").allTextContents(), ["Response", "Go", "TypeScript"]);
    assert.deepEqual(new Set(await selected(page)), new Set(["Response"]));
    await card(page, "GONE").getByRole("tab", { name: "TypeScript" }).click();
    for (let i = 0; i < 2; i++) {
      assert.deepEqual(await selected(page), Array(30).fill("TypeScript"));
      assert(await card(page, "CONFLICT").getByText('hasCode(error, "CONFLICT")').isVisible());
      assert(await card(page, "CONFLICT").getByText('"success": false').isHidden());
      assert.equal(await page.getByRole("tabpanel").count(), 30);
      await page.reload();
    }
  });

  test("work where nothing may be stored", async (t) => {
    const start = () => {
      Object.defineProperty(globalThis, "localStorage", { get: () => { throw new Error("no storage") } });
      history.replaceState = () => { throw new Error("no history") };
    };
    const page = await visit(t, own.address, { start });
    await card(page, "GONE").getByRole("tab", { name: "Go" }).click();
    assert.deepEqual(await selected(page), Array(30).fill("Go"));
    await search(page, "upstream");
    await page.waitForTimeout(300); // when the address would have followed
    assert.equal(await count(page), "2 of 30 codes");
  });

  test("stay where they are when they are clicked", async (t) => {
    const page = await visit(t, `${own.address}#UPSTREAM_ERROR`);
    await inSight(page, "UPSTREAM_ERROR");
    const tabs = card(page, "UPSTREAM_ERROR").getByRole("tab");
    const { y } = await tabs.nth(1).boundingBox();
    for (const i of [1, 2, 0]) {
      await tabs.nth(i).click();
      const moved = Math.abs((await tabs.nth(i).boundingBox()).y - y);
      assert(moved <= 2, `moved by ${moved} pixels`);
    }
  });

  test("are chosen with the keys that choose tabs", async (t) => {
    const page = await visit(t, own.address);
    const tabs = card(page, "UNAUTHORIZED").getByRole("tab");
    await tabs.first().focus();
    for (const [key, name] of [["ArrowRight", "Go"], ["ArrowRight", "TypeScript"], ["ArrowRight", "Response"], ["ArrowLeft", "TypeScript"], ["Home", "Response"], ["End", "TypeScript"], ["ArrowLeft", "Go"]]) {
      await page.keyboard.press(key);
      assert.equal(await page.evaluate(() => document.activeElement.textContent), name, key);
      assert.deepEqual(await tabs.evaluateAll((all) => all.filter((tab) => tab.tabIndex === 0 && tab.ariaSelected === "true").map((tab) => tab.textContent)), [name]);
      assert.equal(await card(page, "UNAUTHORIZED").getByRole("tabpanel").getAttribute("aria-labelledby"), await card(page, "UNAUTHORIZED").getByRole("tab", { name }).getAttribute("id"));
    }
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "Copy UNAUTHORIZED: Go");
  });
});

describe("copying", () => {
  const pasted = (page) => page.evaluate(() => navigator.clipboard.readText());

  test("takes exactly the code or the sample", async (t) => {
    const page = await visit(t, everyField.address, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000); // so that what is said stays
    const parcel = card(page, "address_problem");
    await parcel.getByRole("button", { name: "Copy address_problem", exact: true }).click();
    await page.getByRole("status").filter({ hasText: "Copied" }).waitFor({ state: "attached" });
    await parcel.locator("h3").getByText("Copied").waitFor();
    assert.equal(await pasted(page), "address_problem");

    for (const [i, { details, message }] of everyField.catalog.errors.find(({ code }) => code === "address_problem").examples.entries()) {
      await parcel.getByRole("button", { name: "Copy address_problem: Response" }).nth(i).click();
      await parcel.getByRole("tabpanel").getByText("Copied").nth(i).waitFor();
      assert.deepEqual(JSON.parse(await pasted(page)), { success: false, error: { code: "address_problem", message, details } });
    }
    await parcel.getByRole("tab", { name: "Go" }).click();
    await parcel.getByRole("button", { name: "Copy address_problem: Go" }).press("Enter");
    await parcel.getByRole("tabpanel").getByText("Copied").waitFor();
    const code = await pasted(page);
    assert.equal(code, await parcel.getByRole("tabpanel").locator("pre").textContent());
    assert.match(code, /^if errors\.Is\(err, apierr\.CodeAddressProblem\) \{\n\t.*\n\}$/s);
    await page.clock.runFor(3000);
    assert.equal(await page.getByText("Copied").count(), 0);
  });

  test("selects what may not be copied", async (t) => {
    const page = await visit(t, own.address, { start: () => Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined }) });
    await card(page, "GONE").getByRole("button", { name: "Copy GONE", exact: true }).click();
    assert.equal(await page.evaluate(() => getSelection().toString()), "GONE");
    assert.match(await page.getByRole("status").last().textContent(), /Selected/);
  });
});

describe("everyone", { concurrency: availableParallelism() }, () => {
  test("reaches everything with the keyboard and sees where they are", async (t) => {
    const page = await visit(t, own.address);
    const stops = [];
    for (let i = 0; i < 60 && !stops.includes("Copy UNAUTHORIZED: Response"); i++) {
      await page.keyboard.press("Tab");
      const { name, outline } = await page.evaluate(() => {
        const element = document.activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return { name: element.ariaLabel ?? element.name ?? element.textContent, outline: outlineStyle !== "none" && parseFloat(outlineWidth) > 1 };
      });
      stops.push(name || (await page.evaluate(() => document.activeElement.textContent)));
      assert(outline, `${stops.at(-1)} has no outline`);
    }
    const links = await page.locator("nav a").allTextContents();
    assert.deepEqual(stops.slice(0, links.length + 1), ["Skip to the codes", ...links]);
    const rest = stops.slice(links.length + 1);
    assert.deepEqual(rest.slice(0, 4), ["q", "category", "status", "retryable"]);
    assert.deepEqual(rest.slice(-4), ["UNAUTHORIZED", "Copy UNAUTHORIZED", "Response", "Copy UNAUTHORIZED: Response"]);
  });

  test("skips to the codes", async (t) => {
    const page = await visit(t, own.address);
    await page.keyboard.press("Tab");
    assert(await page.getByRole("link", { name: "Skip to the codes" }).evaluate((link) => link.getBoundingClientRect().left >= 0));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "UNAUTHORIZED");
  });

  test("gets dark colours in the dark", async (t) => {
    const page = await visit(t, own.address, { colorScheme: "dark" });
    const [back, text] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.documentElement);
      return [backgroundColor, color].map((value) => value.match(/\d+/g).map(Number));
    });
    assert(Math.max(...back) < 60 && Math.min(...text) > 200, `${text} on ${back}`);
  });

  for (const [name, { address }] of Object.entries({ "its own": own, every: everyField }))
    test(`gets all on paper, on ${name} page`, async (t) => {
      const page = await visit(t, address);
      await page.emulateMedia({ media: "print" });
      assert.deepEqual(await page.locator(".panel:not(:visible)").count(), 0);
      assert.equal(await page.locator(".panel h4:visible").count(), await page.locator(".panel").count(), "each panel has its title");
      for (const selector of ["form", "nav", ".tabs", ".copy", ".skip"]) assert.equal(await page.locator(`${selector}:visible`).count(), 0, selector);
      assert.equal((await page.pdf()).subarray(0, 5).toString(), "%PDF-");
    });

  test("reads all without scripts", async (t) => {
    const page = await visit(t, `${own.address}#RATE_LIMITED`, { javaScriptEnabled: false });
    assert(await page.locator("form").isHidden());
    assert.equal(await page.locator("article:visible").count(), 30);
    assert.equal(await page.locator(".panel:visible").count(), 90);
    assert.equal(await page.locator(".panel h4:visible").count(), 90);
    const { y } = await card(page, "RATE_LIMITED").getByRole("heading", { name: "RATE_LIMITED" }).boundingBox();
    assert(y >= 0 && y < 720, `at ${y}`);
  });

  test("sees what is deprecated and what is retired", async (t) => {
    const page = await visit(t, everyField.address);
    assert.equal(await card(page, "token_missing").getByText("deprecated", { exact: true }).isVisible(), true);
    assert.match(await card(page, "token_missing").textContent(), /Deprecated since 2024-06-01 Use unauthorized\. Tokens in addresses end up in logs/);
    assert.match(await card(page, "key_locked").textContent(), /retired since 2023-11-01.*Keys are revoked, never locked.*Use unauthorized/s);
    for (const code of ["token_missing", "key_locked", "parcel_lost"])
      assert.match(await card(page, code).locator("h3 .code").evaluate((link) => getComputedStyle(link).textDecorationLine), /line-through/);
    await card(page, "key_locked").getByRole("link", { name: "unauthorized" }).click();
    await inSight(page, "unauthorized");
  });
});

describe("size", () => {
  test("the page of 30 codes has less than 150 kB", () => assert(statSync(own.path).size < 150_000));

  test("1,000 codes are searched as one types", async (t) => {
    const started = Date.now();
    const page = await visit(t, process.env.LARGE_PAGE);
    assert.equal(await count(page), "1000 codes");
    t.diagnostic(`opened in ${Date.now() - started} ms`);
    for (const text of ["c", "code_1", "code_12", "12 workspace", "removed 7", "7", "nothing like it", ""]) {
      const took = await page.locator("[type=search]").evaluate(typed, text);
      t.diagnostic(`${text || "nothing"}: ${await count(page)}, ${took.script} ms in the script, ${took.drawn} ms until it was drawn`);
    }
    const tab = await page.locator("[role=tab]").nth(1).evaluate(async (button) => {
      const start = performance.now();
      button.click();
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      return Math.round(performance.now() - start);
    });
    t.diagnostic(`a tab: ${tab} ms`);
  });
});

/** Types into the field, and says how long the script and the browser took. */
async function typed(field, text) {
  const start = performance.now();
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  const script = performance.now() - start;
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  return { script: Math.round(script), drawn: Math.round(performance.now() - start) };
}
