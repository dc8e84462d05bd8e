// A client: node client.ts MODULE VECTORS.json|URL prints what the generated module sees in each response: of the file,
// or of the server whose front page lists the addresses.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modulePath = "", source = ""] = process.argv.slice(2);
const { decodeResponse, findError }: typeof import("../details/want/typescript/errors.ts") =
  await import(pathToFileURL(modulePath).href);

interface Vector {
  readonly name: string;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
  readonly length?: number;
  readonly sees?: { readonly details?: unknown };
}

console.log(JSON.stringify(source.startsWith("http") ? await fromServer() : await fromFile()));

async function fromServer() {
  const addresses = (await (await fetch(source)).json()) as string[];
  return Promise.all(addresses.map(async (address) => sight(await fetch(source + address))));
}

async function fromFile() {
  const vectors = JSON.parse(readFileSync(source, "utf8")) as Vector[];
  return Promise.all(vectors.map(async (vector) => sight(response(vector), vector.sees?.details)));
}

function response({ status, headers, body, length = 0 }: Vector) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const bytes = new TextEncoder().encode(text.padEnd(length)); // a text would come with a content type
  return new Response(bytes, headers ? { status, headers } : { status });
}

/** As the Go type of the same name has it. */
async function sight(response: Response, known?: unknown) {
  const error = await receive(response);
  if (error === undefined) return {};
  if (error.details != null) assert.deepEqual(error.details, error.rawDetails ?? {}); // beside the code
  return {
    status: error.status,
    code: error.code,
    message: error.message,
    requestId: error.requestId,
    retryable: error.retryable,
    retryAfter: (error.retryAfterMs ?? 0) / 1000,
    details: only(error.details, known),
    rawDetails: error.rawDetails,
  };
}

/** Of what may be a success, the body is needed again. */
async function receive(response: Response) {
  if (response.status >= 400) return decodeResponse(response);
  return findError(response.status, await response.json().catch(() => undefined), response.headers);
}

/** The details without the properties that are not in `known`, which the other languages do not keep. */
function only(details: unknown, known: unknown): unknown {
  if (typeof details !== "object" || details === null) return details ?? undefined;
  if (typeof known !== "object" || known === null) return details;
  if (Array.isArray(details)) return details.map((item, i) => only(item, (known as unknown[])[i]));
  const names = Object.keys(details).filter((name) => Object.hasOwn(known, name));
  return Object.fromEntries(names.map((name) => [name, only(details[name as never], known[name as never])]));
}
