// node validate.ts DOCUMENT.yaml URL holds the responses of the server, whose front page lists their addresses, against
// an OpenAPI document: the response of their code, of their status and Default. It prints how many there were.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import addFormats from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

interface Described {
  readonly headers?: Record<string, { readonly $ref: string }>;
  readonly content: Record<string, object>;
}

const [documentPath = "", source = ""] = process.argv.slice(2);
const document = parse(readFileSync(documentPath, "utf8"));
const responses = document.components.responses as Record<string, Described>;
const ofCodes = Object.keys(responses).filter((name) => !/^Status\d|^Default$/.test(name));
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "document");

const addresses = (await (await fetch(source)).json()) as string[];
const seen = new Set<string>();
for (const address of addresses) await check(await fetch(source + address));
assert.deepEqual(Object.keys(responses).filter((name) => !seen.has(name)), [], "described, and never sent");
console.log(addresses.length);

async function check(response: Response) {
  const { status, headers } = response;
  const mediaType = headers.get("content-type")?.split(";")[0] ?? "";
  const body: unknown = await response.json();
  const [ofCode = "", ...others] = ofCodes.filter((name) => errors(name, mediaType, body) === "");
  assert(ofCode !== "" && others.length === 0, `${JSON.stringify(body)} as ${mediaType} is ${[ofCode, ...others]}`);
  for (const name of [ofCode, `Status${status}`, "Default"]) {
    const described = responses[name];
    if (described === undefined && status < 400) continue; // a success stands there
    assert(described, `${name} is not described`);
    assert.equal(errors(name, mediaType, body), "", `${name}: ${JSON.stringify(body)}`);
    for (const [header, { $ref }] of Object.entries(described.headers ?? {})) checkHeader(header, $ref, headers.get(header));
    seen.add(name);
  }
}

/** What a body, of a media type, has that a response does not describe. */
function errors(name: string, mediaType: string, body: unknown): string {
  if (!Object.hasOwn(responses[name]?.content ?? {}, mediaType)) return `it is no ${mediaType}`;
  const escaped = encodeURIComponent(mediaType.replace("/", "~1"));
  const valid = ajv.getSchema(`document#/components/responses/${name}/content/${escaped}/schema`);
  assert(valid, `${name} has no schema`);
  return valid(body) ? "" : ajv.errorsText(valid.errors);
}

function checkHeader(name: string, ref: string, value: string | null) {
  const { required, schema } = document.components.headers[ref.split("/").at(-1) ?? ""];
  if (value === null) assert(!required, `${name} is missing`);
  else assert(ajv.validate(schema, schema.type === "integer" ? Number(value) : value), `${name}: ${value}`);
}
