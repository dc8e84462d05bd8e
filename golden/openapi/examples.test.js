// Every example of every generated document fits the schema of the response that shows it, says a validator that errgen
// does not use itself.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const golden = join(import.meta.dirname, "..");
const documents = globSync(["*/want/openapi/*openapi*.yaml", "../out/openapi/*openapi*.yaml"], { cwd: golden }).sort();

test("there are documents", () => assert(documents.length > 20));

for (const path of documents)
  test(path, () => {
    const { openapi, components } = parse(readFileSync(join(golden, path), "utf8"));
    const schemas = openapi.startsWith("3.0") ? from30({ properties: components.schemas }).properties : components.schemas;
    const ajv = addFormats.default(new Ajv2020.default({ strictSchema: false, allErrors: true, ownProperties: true }));
    for (const integer of ["int32", "int64"]) ajv.addFormat(integer, true);
    ajv.addSchema({ $id: "document:", components: { schemas } });
    for (const name of Object.keys(schemas)) ajv.compile({ $ref: `document:#/components/schemas/${name}` });

    const { envelope, errors } = JSON.parse(readFileSync(join(golden, path, "../../json/errors.json"), "utf8"));
    const shown = new Set();
    for (const [name, response] of Object.entries(components.responses)) {
      const [{ schema, examples }] = Object.values(response.content);
      const validate = ajv.compile({ $ref: `document:${schema.$ref}` });
      for (const [example, given] of Object.entries(examples ?? {})) {
        const value = structuredClone(given.$ref ? components.examples[given.$ref.split("/").pop()] : given).value;
        assert(validate(value), `${name}, ${example}: ${ajv.errorsText(validate.errors)}`);
        replaceCode(value, envelope.body, (code) => shown.add(code));
        assert.equal(validate(value), name === "Default", `${name}, ${example} with a new code: ${ajv.errorsText(validate.errors)}`);
      }
    }
    assert.deepEqual([...shown].sort(), errors.map((e) => e.code).sort());
  });

/**
 * Puts another code in the place of {code} in a body, which is written as the envelope says, and tells which it had.
 */
function replaceCode(body, written, tell) {
  for (const [key, value] of Object.entries(written)) {
    const had = Object.getOwnPropertyDescriptor(body, key)?.value; // __proto__ is a member like any other
    const [before, behind] = typeof value === "string" ? value.split(/\{code(?: as integer)?\}/) : [];
    if (behind !== undefined) {
      tell(String(had).slice(before.length, String(had).length - behind.length));
      const other = value.includes(" as integer") ? 424242 : before + "of no catalog" + behind;
      Object.defineProperty(body, key, { value: other, enumerable: true, writable: true, configurable: true });
    } else if (typeof value === "object" && value !== null && had) replaceCode(had, value, tell);
  }
}

/** A schema of OpenAPI 3.0 in the words of JSON Schema 2020-12. */
function from30(schema) {
  if (Array.isArray(schema)) return schema.map(from30);
  if (schema === null || typeof schema !== "object") return schema;
  const { nullable, exclusiveMinimum, exclusiveMaximum, ...rest } = schema;
  const each = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
  const same = each(rest, (value, key) => (key === "enum" ? value : key === "properties" ? each(value, from30) : from30(value)));
  if (nullable === true) same.type = [rest.type ?? assert.fail("nullable means nothing without a type"), "null"];
  if (exclusiveMinimum === true) (same.exclusiveMinimum = rest.minimum), delete same.minimum;
  if (exclusiveMaximum === true) (same.exclusiveMaximum = rest.maximum), delete same.maximum;
  return same;
}
