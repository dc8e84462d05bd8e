// Every schema in an errors.json compiles alone in a validator that errgen does not use itself, and takes its examples.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const golden = join(import.meta.dirname, "..");
const outputs = globSync(["*/want/json/errors.json", "../out/json/errors.json"], { cwd: golden }).sort();
const read = (path) => JSON.parse(readFileSync(join(golden, path), "utf8"));
const validator = addFormats.default(new Ajv2020.default({ strict: true, allowUnionTypes: true, strictTypes: false, ownProperties: true }));

test("there are outputs", () => assert(outputs.length > 20));

const published = validator.compile(read("../schema/output.schema.json"));

for (const path of outputs)
  test(path, () => {
    const output = read(path);
    assert(published(output), JSON.stringify(published.errors));
    for (const { code, details, examples = [] } of output.errors) {
      if (!details) continue;
      const validate = validator.compile(details);
      for (const example of examples) assert(validate(example.details), `${code}: ${JSON.stringify(validate.errors)}`);
    }
    for (const schema of Object.values(output.types)) validator.compile(schema);
  });
