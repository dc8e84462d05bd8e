// node pages.js PAGE.md... compiles each page as MDX and runs what that made of it. It prints, for each, the elements,
// anchors, link targets, rows and text that a reader would get, and what markdownlint has to say.
import { readFileSync } from "node:fs";
import { evaluate } from "@mdx-js/mdx";
import { lint } from "markdownlint/sync";
import remarkGfm from "remark-gfm";

const rules = {
  default: true,
  MD013: false, // a row of a table is one line, however long
  MD033: { allowed_elements: ["a", "br", "code", "span"] }, // the anchor of a code, a new line in a cell and what keeps {{ apart have no Markdown
  MD034: false, // MDX has no <https://…>: an address in the catalog's prose stays bare
  MD041: false, // the first line says what made the page; the heading is the next
};
const hostileRules = { ...rules, MD024: false, MD040: false }; // that catalog's own prose repeats headings and indents code

const pages = [];
for (const path of process.argv.slice(2)) pages.push(await read(path));
console.log(JSON.stringify(pages));

async function read(path) {
  const markdown = readFileSync(path, "utf8");
  const config = path.startsWith("hostile-text") ? hostileRules : rules;
  const element = (type, props) => ({ type, ...props });
  const { default: Page } = await evaluate({ path, value: markdown }, { format: "mdx", Fragment: "fragment", jsx: element, jsxs: element, remarkPlugins: [remarkGfm] });
  const page = { elements: [], ids: [], links: [], rows: [], text: "", complaints: complaints(markdown, config) };
  walk(Page({}), page);
  page.elements = [...new Set(page.elements)].sort();
  return page;
}

function walk(node, page) {
  if (Array.isArray(node)) return node.forEach((child) => walk(child, page));
  if (typeof node !== "object") return void (page.text += node ?? "");
  if (node === null) return;
  if (typeof node.type === "function") return walk(node.type(node), page);
  if (node.type !== "fragment") page.elements.push(node.type);
  if (node.id !== undefined) page.ids.push(node.id);
  if (node.href !== undefined) page.links.push(node.href);
  if (node.src !== undefined) page.links.push(node.src);
  if (node.type === "tr") page.rows.push([node.children].flat().filter((cell) => typeof cell === "object").length);
  walk(node.children, page);
}

function complaints(markdown, config) {
  const { page } = lint({ strings: { page: markdown }, config });
  return page.map((c) => `line ${c.lineNumber}: ${c.ruleNames[0]}: ${c.ruleDescription}: ${c.errorDetail ?? c.errorContext ?? ""}`);
}
