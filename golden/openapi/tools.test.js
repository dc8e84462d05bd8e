// A small API that refers to a generated fragment goes through the tools of its users; what they make of it stays in
// build/ for the compilers.
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
import { parse } from "yaml";

const here = import.meta.dirname;
mkdirSync(join(here, "build/documents"), { recursive: true });

for (const version of ["", "-3.0"]) {
  lintAndBundle(`api${version}.yaml`, `bundle${version}.yaml`);
  test(`openapi-typescript reads bundle${version}.yaml`, () => openapiTypeScript(join(here, `build/bundle${version}.yaml`), `build/openapi-typescript${version}.ts`));
  test(`hey-api reads bundle${version}.yaml`, () => heyAPI(join(here, `build/bundle${version}.yaml`), `build/hey-api${version}`));
}

// An API of one operation for each envelope, which answers with all that the fragment has.
for (const document of globSync("../envelope-*/want/openapi/*openapi*.yaml", { cwd: here })) {
  const api = `build/api-${document.split("/")[1]}-${basename(document)}`;
  writeFileSync(join(here, api), JSON.stringify(apiThatAnswers(document)));
  lintAndBundle(api, `bundle-${document.split("/")[1]}-${basename(document)}`);
}

function apiThatAnswers(document) {
  const { openapi, components } = parse(readFileSync(join(here, document), "utf8"));
  const at = (name) => ({ $ref: `../${document}#/components/responses/${name}` });
  const named = Object.keys(components.responses).map((name) => [name === "Default" ? "default" : name.replace(/^Status/, ""), at(name)]);
  const byCode = named.filter(([name]) => !/^\d|^default$/.test(name)).map(([, answer], i) => [`${450 + i}`, answer]);
  const responses = Object.fromEntries([["200", { description: "It went well" }], ...named.filter(([name]) => /^\d|^default$/.test(name)), ...byCode]);
  const about = { title: "Small", description: "A small API", version: "1", contact: { name: "Small", url: "https://small.example" } };
  return {
    openapi,
    info: { ...about, license: { name: "MIT", url: "https://small.example/license" } },
    servers: [{ url: "https://api.small.example" }],
    security: [{ key: [] }],
    tags: [{ name: "all", description: "All of it" }],
    paths: { "/all": { get: { operationId: "all", summary: "All", description: "All of it", tags: ["all"], responses } } },
    components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
  };
}

function lintAndBundle(api, bundle) {
  test(`redocly lints and bundles ${api}`, () => {
    redocly("lint", api, "--max-problems=50");
    redocly("bundle", api, "--output", join(here, "build", bundle));
  });

  test(`spectral has no complaint about ${bundle}`, async () => {
    const linter = new spectral.Spectral();
    linter.setRuleset({ extends: [rulesets.oas] });
    const found = await linter.run(readFileSync(join(here, "build", bundle), "utf8"));
    assert.deepEqual(found.map((f) => `${f.range.start.line + 1}: ${f.code}: ${f.message}`), []);
  });
}

// What the generators themselves cannot read, whoever wrote the document.
const trips = {
  "openapi-typescript": ["keywords", "hostile-text"], // falls over a property named hasOwnProperty or valueOf
  "hey-api": ["hostile-text"], // takes \u002a\u002f, as text in a description, for an escape: it ends its comment there
};

for (const document of globSync("../*/want/openapi/*openapi*.yaml", { cwd: here })) {
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
