// A small API that refers to a generated fragment goes through the tools of its users; what they make of it stays in build/ for the compilers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { createClient } from "@hey-api/openapi-ts";
import spectral from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";
import openapiTS, { astToString } from "openapi-typescript";

const here = import.meta.dirname;
mkdirSync(join(here, "build/documents"), { recursive: true });

for (const version of ["", "-3.0"]) {
  const bundle = join(here, `build/bundle${version}.yaml`);

  test(`redocly lints and bundles api${version}.yaml`, () => {
    redocly("lint", `api${version}.yaml`, "--max-problems=50");
    redocly("bundle", `api${version}.yaml`, "--output", bundle);
  });

  test(`spectral has no complaint about bundle${version}.yaml`, async () => {
    const linter = new spectral.Spectral();
    linter.setRuleset({ extends: [rulesets.oas] });
    const found = await linter.run(readFileSync(bundle, "utf8"));
    assert.deepEqual(found.map((f) => `${f.range.start.line + 1}: ${f.code}: ${f.message}`), []);
  });

  test(`openapi-typescript reads bundle${version}.yaml`, () => openapiTypeScript(bundle, `build/openapi-typescript${version}.ts`));
  test(`hey-api reads bundle${version}.yaml`, () => heyAPI(bundle, `build/hey-api${version}`));
}

// What the generators themselves cannot read, whoever wrote the document.
const trips = {
  "openapi-typescript": ["keywords", "hostile-text"], // falls over a property named hasOwnProperty or valueOf
  "hey-api": ["hostile-text"], // takes \u002a\u002f, as text in a description, for an escape: it ends its comment there
};

for (const document of globSync("../*/want/openapi/*.yaml", { cwd: here })) {
  const [, name] = document.split("/");
  const output = `build/documents/${name}-${basename(document, ".yaml")}`;
  test(`openapi-typescript reads ${document}`, { skip: trips["openapi-typescript"].includes(name) }, () => openapiTypeScript(join(here, document), `${output}.ts`));
  test(`hey-api reads ${document}`, { skip: trips["hey-api"].includes(name) }, () => heyAPI(join(here, document), output));
}

async function openapiTypeScript(document, output) {
  const types = await openapiTS(pathToFileURL(document), { silent: true });
  writeFileSync(join(here, output), astToString(types));
}

async function heyAPI(document, output) {
  await createClient({ input: document, output: join(here, output), plugins: ["@hey-api/typescript"], logs: { level: "silent" } });
}

/** Fails on warnings too. */
function redocly(...args) {
  const bin = join(here, "../node_modules/@redocly/cli/bin/cli.js");
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" };
  const options = { cwd: here, env, encoding: "utf8", stdio: "pipe" };
  const output = execFileSync(process.execPath, ["--no-deprecation", bin, ...args, ...(args[0] === "lint" ? ["--format=json"] : [])], options);
  if (args[0] === "lint") assert.deepEqual(JSON.parse(output).problems, []);
}
