// The generated pages, each beside the catalog as JSON.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const golden = join(import.meta.dirname, "..");

/** Each golden page and that of the catalog at the root: the name of its case, its address, and its catalog. */
export const pages = globSync(["*/want", "../out"], { cwd: golden })
  .filter((folder) => globSync("html/errors.html", { cwd: join(golden, folder) }).length > 0)
  .map((folder) => ({
    name: folder === "../out" ? "out" : folder.split("/", 1)[0],
    path: join(golden, folder, "html/errors.html"),
    address: pathToFileURL(join(golden, folder, "html/errors.html")).href,
    catalog: JSON.parse(readFileSync(join(golden, folder, "json/errors.json"), "utf8")),
  }));

export const pageOf = (name) => pages.find((page) => page.name === name);
