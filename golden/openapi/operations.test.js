// The errors of each operation reach the team's own document by an overlay, and from there clients and a mock server.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { createClient } from "@hey-api/openapi-ts";
import openapiTS, { astToString } from "openapi-typescript";
import { parse, stringify } from "yaml";

const here = import.meta.dirname;
const at = (path) => join(here, path);
const api = "../operations/openapi.yaml";
const overlay = "../operations/want/openapi/errors.overlay.yaml";
const written = parse(readFileSync(at(overlay), "utf8"));
const { errors, operations } = JSON.parse(readFileSync(at("../operations/want/json/errors.json"), "utf8"));
const statusOf = Object.fromEntries(errors.map((e) => [e.code, e.status]));
mkdirSync(at("build/operations"), { recursive: true });

const packages = "../node_modules";
const redocly = (...args) => run(`${packages}/@redocly/cli/bin/cli.js`, ...args);
const overlayjs = (document, overlay) => run(`${packages}/openapi-overlays-js/index.js`, "--openapi", document, "--overlay", overlay);

function run(program, ...args) {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" };
  return execFileSync(process.execPath, ["--no-deprecation", at(program), ...args], { cwd: here, env, encoding: "utf8", stdio: "pipe" });
}

const bundle = "build/operations/bundle.yaml";
redocly("bundle", api, "--overlay", overlay, "--remove-unused-components", "--output", bundle);
const bundled = parse(readFileSync(at(bundle), "utf8"));

/** Each answer of each operation of a document that is an error, with what stands there. */
function* answers(document) {
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item))
      for (const [status, answer] of Object.entries(operation.responses ?? {}))
        if (operation.operationId && Number(status) >= 400) yield { id: operation.operationId, path, method, status, answer };
}

test("programs for overlays make the same document", () => {
  const other = parse(overlayjs(api, overlay)); // with all components
  assert.deepEqual(other.paths, bundled.paths);
  for (const name of Object.keys(bundled.components.responses)) assert.deepEqual(other.components.responses[name], bundled.components.responses[name]);
});

test("each operation answers the errors that the catalog lists, by references alone", () => {
  assert.equal(operations.length, 6);
  const expected = operations.flatMap(({ id, errors }) => errors.map((code) => `${id} ${statusOf[code]} ${code}`));
  const found = [...answers(bundled)].flatMap(({ id, status, answer }) => {
    assert.deepEqual(Object.keys(answer), ["$ref"]);
    const { content } = bundled.components.responses[answer.$ref.split("/").pop()];
    return Object.keys(content["application/json"].examples).map((code) => `${id} ${status} ${code}`);
  });
  assert.deepEqual(found.sort(), expected.sort());
});

// Nobody says so but errgen, which has looked at the document.
test("an overlay for a path that is misspelled changes nothing, in silence", () => {
  const misspelled = JSON.parse(JSON.stringify(written).replaceAll("['/pets", "['/petz"));
  writeFileSync(at("build/operations/misspelled.yaml"), stringify(misspelled));
  assert.deepEqual(parse(overlayjs(api, "build/operations/misspelled.yaml")).paths, parse(readFileSync(at(api), "utf8")).paths);
});

test("redocly lints the bundle", () => {
  const { problems } = JSON.parse(redocly("lint", bundle, "--format=json", "--extends=recommended", "--skip-rule=no-server-example.com"));
  assert.deepEqual(problems.map((p) => `${p.ruleId}: ${p.message}`), []);
});

test("openapi-typescript reads the bundle", async () => {
  writeFileSync(at("build/operations/paths.ts"), astToString(await openapiTS(pathToFileURL(at(bundle)), { silent: true })));
});

test("hey-api reads the bundle", async () => {
  await createClient({ input: at(bundle), output: at("build/operations/hey-api"), plugins: ["@hey-api/typescript"], logs: { level: "silent" } });
});

describe("prism", () => {
  let address, prism;
  before(async () => {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    const cli = at(`${packages}/@stoplight/prism-cli/dist/index.js`);
    prism = spawn(process.execPath, [cli, "mock", at(bundle), "-p", String(port), "-v", "silent"], { stdio: "ignore" });
    for (let tries = 0; tries < 600; tries++) {
      if (await fetch(address).catch(() => undefined)) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    assert.fail("prism does not answer");
  });
  after(() => prism.kill());

  const calls = Object.fromEntries([...answers(bundled)].map(({ id, path, method }) => [id, { path: path.replace("{petId}", "1"), method: method.toUpperCase() }]));
  for (const { id, errors } of operations)
    test(`answers every code of ${id}`, async () => {
      for (const code of errors) {
        const response = await call(calls[id], statusOf[code], code);
        const { error } = await response.json();
        assert.deepEqual([response.status, error.code], [statusOf[code], code]);
        assert.equal(response.headers.has("retry-after"), code === "RATE_LIMITED" || code === "UNAVAILABLE");
      }
    });

  function call({ path, method }, status, code) {
    const isPhoto = path.endsWith("/photo");
    const body = { POST: '{"id": "1", "name": "Rex"}', PUT: isPhoto ? "photo" : '{"id": "1", "name": "Rex"}' }[method];
    const headers = { authorization: "Bearer key", prefer: `code=${status}, example=${code}` };
    if (body) headers["content-type"] = isPhoto ? "image/jpeg" : "application/json";
    return fetch(address + path, { method, headers, body });
  }
});

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
