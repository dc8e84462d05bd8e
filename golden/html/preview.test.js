// errgen preview ($ERRGEN is its path) in a browser: what is edited is on the page, where the reader was.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { accessible, visit } from "./browser.js";

const own = readFileSync(new URL("../../errors.yaml", import.meta.url), "utf8");

/** Starts errgen preview beside a catalog and opens its page. */
async function live(t, catalog, { at = "", ...options } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "preview-"));
  const path = join(folder, "errors.yaml");
  writeFileSync(path, catalog);
  const errgen = spawn(process.env.ERRGEN, ["preview"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(errgen.stdout.setEncoding("utf8"), "data");
  const address = line.trim();
  errgen.stdout.destroy();
  errgen.unref(); // a test that fails on the way does not wait for it
  process.once("exit", () => errgen.kill());
  const allowed = (url) => ["live.js", "live.css", "events"].some((name) => url === address + name);
  const page = await visit(t, address + at, { allowed, ...options });
  const stop = async () => {
    errgen.kill("SIGINT");
    if (errgen.exitCode === null) await once(errgen, "exit");
    assert.equal(errgen.exitCode, 0);
  };
  t.after(stop);
  t.after(() => rmSync(folder, { recursive: true }));
  return { page, path, stop };
}

const mistakes = (page) => page.getByRole("region", { name: "Mistakes", exact: true });

const saves = {
  "in place": (path, text) => writeFileSync(path, text),
  "by renaming": (path, text) => {
    writeFileSync(path + ".new", text);
    renameSync(path + ".new", path);
  },
  "with a backup": (path, text) => {
    renameSync(path, path + "~");
    writeFileSync(path, text);
  },
  "by truncating first": async (path, text) => {
    writeFileSync(path, "");
    await pause(100);
    writeFileSync(path, text.slice(0, text.length / 2));
    await pause(100);
    writeFileSync(path, text);
  },
};

for (const [kind, save] of Object.entries(saves)) {
  test(`a catalog that is saved ${kind} is on the page, where the reader was`, async (t) => {
    const { page, path } = await live(t, own, { at: "?status=403" });
    const search = page.getByRole("searchbox");
    await search.fill("key");
    await search.evaluate((field) => field.setSelectionRange(1, 2));
    const code = page.locator("#ORG_KEY_REQUIRED");
    await code.evaluate((element) => element.scrollIntoView({ block: "center" }));
    const top = (await code.boundingBox()).y;
    await pause(300); // until the address has what is searched

    const start = performance.now();
    await save(path, own.replace("Use an `ss_org_*` key", "Use an `ss_org_*` key, **please**").replace("The key was revoked", "The key was revoked. ".repeat(40)));
    await page.getByText("please", { exact: true }).waitFor();
    t.diagnostic(`on the page after ${Math.round(performance.now() - start)} ms`);

    assert.equal(await search.inputValue(), "key");
    assert.equal(new URL(page.url()).search, "?q=key&status=403");
    assert.deepEqual(await search.evaluate((field) => [document.activeElement === field, field.selectionStart, field.selectionEnd]), [true, 1, 2]);
    assert.equal(await page.getByRole("status").first().textContent(), "5 of 30 codes");
    await pause(300);
    const moved = (await code.boundingBox()).y - top;
    assert.ok(Math.abs(moved) < 3, `the code has moved by ${moved} px`);
  });
}

test("the mistakes of a catalog stand over the last good page until there are none", async (t) => {
  const { page, path } = await live(t, own, { bypassCSP: true }); // axe adds styles of its own
  await page.locator("#GONE").evaluate((element) => element.scrollIntoView());
  const scrolled = await page.evaluate(() => scrollY);
  writeFileSync(path, own.replace("category: quota", "category: quote"));
  await mistakes(page).waitFor();
  assert.match(await mistakes(page).textContent(), /error\[unknown-category\].*\n *--> errors.yaml:\d+:15\n[^]*\^{5} did you mean "quota"\?/);
  assert.equal(await page.evaluate(() => scrollY), scrolled, "the page behind it has not moved");
  await accessible(page);

  await page.keyboard.press("Escape");
  await mistakes(page).waitFor({ state: "hidden" });
  writeFileSync(path, own.replace("status: 410", "status: 610"));
  await mistakes(page).getByText("410").or(mistakes(page).getByText("610")).waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await mistakes(page).waitFor({ state: "hidden" });

  writeFileSync(path, "version: 1\ninfo: {title: <img src=x onerror=alert(1)>");
  await mistakes(page).getByText("onerror").waitFor();
  writeFileSync(path, own.replace("Error codes", "All is well"));
  await page.getByRole("heading", { name: "All is well" }).waitFor();
  assert.equal(await mistakes(page).count(), 0);
});

test("a catalog that begins with mistakes shows them until the first good save", async (t) => {
  const { page, path } = await live(t, own.replace("version: 1", "version: 2"), { bypassCSP: true, colorScheme: "dark", viewport: { width: 360, height: 740 } });
  await page.getByRole("heading", { name: "waits for a catalog" }).waitFor();
  await mistakes(page).getByText("unsupported-version").first().waitFor();
  await accessible(page);
  writeFileSync(path, own);
  await page.getByRole("heading", { name: "Error codes", exact: true }).waitFor();
});

test("the page says when errgen has ended", async (t) => {
  const { page, stop } = await live(t, own);
  await page.getByRole("searchbox").waitFor();
  await stop();
  await page.getByText("not live any more").waitFor();
});

test("hostile text is text in the preview too", async (t) => {
  const { page } = await live(t, readFileSync(new URL("../hostile-text/errors.yaml", import.meta.url), "utf8"));
  await page.getByRole("searchbox").fill("hostile");
  await page.getByText("HOSTILE_TEXT", { exact: true }).first().waitFor();
});

test("the mistakes lie over all that the page puts on top", async (t) => {
  const { page, path } = await live(t, own, { viewport: { width: 1100, height: 320 } });
  writeFileSync(path, own.replaceAll("category: ", "category: no_"));
  await mistakes(page).waitFor();
  const covered = await mistakes(page).evaluate((panel) => {
    const root = panel.getRootNode();
    const [box, form] = [panel, document.querySelector("form")].map((element) => element.getBoundingClientRect());
    if (box.top >= form.bottom) return "the panel is too low to prove anything";
    for (let y = Math.ceil(box.top) + 8; y < box.bottom - 8; y += 4) {
      const x = (box.left + box.right) / 2;
      if (document.elementFromPoint(x, y) !== root.host) return `covered at ${y} by ${document.elementFromPoint(x, y).outerHTML.slice(0, 80)}`;
    }
    return "";
  });
  assert.equal(covered, "");
});
