// node record.mjs ADDRESS FILE COUNT: a page asks the server for /pets/1 and so on, and Playwright records it.
import { chromium } from "playwright-core";

const [address, file, count] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.BROWSER, args: ["--no-sandbox"] });
const context = await browser.newContext({ recordHar: { path: file, content: "embed", urlFilter: /\/(pets|missing)\// } });
const page = await context.newPage();
await page.goto(address);
await page.evaluate(async (count) => {
  for (let n = 1; n <= count; n++) await (await fetch(`/pets/${n}`)).text();
  await (await fetch("/missing/route")).text();
}, Number(count));
await context.close();
await browser.close();
