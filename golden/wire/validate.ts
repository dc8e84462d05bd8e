// node validate.ts DOCUMENT.yaml URL holds the responses of the server, whose front page lists their addresses, against an OpenAPI document: the response of
// their code, of their status and Default. It prints how many there were.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import addFormats from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

interface Described {
  readonly headers?: Record<string, { readonly $ref: string }>;
  readonly content: { readonly "application/json": { readonly schema: object; readonly examples: object } };
}

const [documentPath = "", source = ""] = process.argv.slice(2);
const document = parse(readFileSync(documentPath, "utf8"));
const responses = document.components.responses as Record<string, Described>;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "document");

const addresses = (await (await fetch(source)).json()) as string[];
for (const address of addresses) await check(await fetch(source + address));
console.log(addresses.length);

async function check(response: Response) {
  const body = (await response.json()) as { error: { code: string } };
  const described = Object.entries(responses).filter(([name, { content }]) => describes(name, content, response.status, body.error.code));
  assert.equal(described.length, 3, `${body.error.code} has ${described.map(([name]) => name)}`);
  for (const [name, { headers = {} }] of described) {
    const valid = ajv.getSchema(`document#/components/responses/${name}/content/application~1json/schema`);
    assert(valid?.(body), `${name}: ${JSON.stringify(body)}: ${ajv.errorsText(valid?.errors)}`);
    for (const [header, { $ref }] of Object.entries(headers)) checkHeader(header, $ref, response.headers.get(header));
  }
}

/** The response of a code is the one that has no other code among its examples. */
function describes(name: string, content: Described["content"], status: number, code: string): boolean {
  if (name === `Status${status}` || name === "Default") return true;
  if (/^Status\d/.test(name)) return false;
  return Object.keys(content["application/json"].examples).some((example) => example === code);
}

function checkHeader(name: string, ref: string, value: string | null) {
  const { required, schema } = document.components.headers[ref.split("/").at(-1) ?? ""];
  if (value === null) assert(!required, `${name} is missing`);
  else assert(ajv.validate(schema, Number(value)), `${name}: ${value}`);
}
