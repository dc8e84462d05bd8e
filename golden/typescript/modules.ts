// The generated modules, as users load them: the .ts as it is, by Node's type stripping, and after a bundler.
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";

export type Module = typeof import("../every-field/want/typescript/errors.ts");

const golden = dirname(import.meta.dirname);

/** Each golden case that generates, and the catalog at the root: its name and the folder of its outputs. */
export const cases = globSync(["*/want", "../out"], { cwd: golden })
  .filter((want) => globSync("typescript/errors.ts", { cwd: join(golden, want) }).length > 0)
  .map((want) => ({ name: want === "../out" ? "out" : dirname(want), dir: join(golden, want) }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

export const typescriptOf = (dir: string): string => join(dir, "typescript", "errors.ts");

/** The data of the same catalog, printed by errgen's JSON target. */
export async function catalogOf(dir: string): Promise<Catalog> {
  return JSON.parse(await readFile(join(dir, "json", "errors.json"), "utf8")) as Catalog;
}

export interface Catalog {
  readonly internal?: string;
  readonly envelope: { readonly body: object };
  readonly errors: readonly { readonly code: string; readonly status: number; readonly message: string; readonly retryable: boolean; readonly symbol?: string }[];
}

export const importAsIs = (dir: string): Promise<Module> => import(typescriptOf(dir)) as Promise<Module>;

/** Bundles and minifies a program for browsers. */
export async function bundle(program: string, dir: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(dir, "typescript"), loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

export async function importBundled(dir: string): Promise<Module> {
  const code = await bundle('export * from "./errors.ts"', dir);
  return import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`) as Promise<Module>;
}
