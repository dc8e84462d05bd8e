// A client: node exchange.ts FOLDER reads exchanges from its input and prints what the modules FOLDER/NAME/errors.ts
// see in each response, and send on. The types are those of the Go test.
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { Module } from "../typescript/modules.ts";

interface Exchange {
  readonly Package: string;
  readonly Status: number;
  readonly Header: Readonly<Record<string, string[]>>;
  readonly Body: string;
}

const longest = 1 << 20; // of what clients look into
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value) ?? "").toString("base64");

const all = JSON.parse(await text(process.stdin)) as Exchange[];
const modules = new Map<string, Module>();
for (const name of new Set(all.map((exchange) => exchange.Package)))
  modules.set(name, (await import(pathToFileURL(`${process.argv[2]}/${name}/errors.ts`).href)) as Module);

console.log(JSON.stringify(await Promise.all(all.map(async (exchange) => ({ Seen: await seen(exchange) })))));

async function seen(exchange: Exchange): Promise<object | undefined> {
  const { ApiError, apiError, errorMessages, errorResponse, passOn } = modules.get(exchange.Package) as Module;
  const error = await receive(exchange);
  if (error === undefined) return undefined;
  const { code, message, requestId, retryAfterMs, rawDetails, details } = error;
  const sent = errorResponse((passOn as typeof passOn | undefined)?.(error) ?? error);
  const options = { message, requestId, retryAfterMs, details: rawDetails };
  return {
    Code: code,
    Message: message,
    RequestID: requestId ?? "",
    Status: error.status,
    RetryAfter: Math.round((retryAfterMs ?? 0) * 1e6),
    RawDetails: base64(rawDetails),
    IsTyped: details != null,
    Sent: { Status: sent.status, Header: listed(sent.headers), Body: base64(sent.body) },
    Changed: base64(new ApiError({ ...error, message: `${message}!`, details: rawDetails, body: undefined })),
    Typed: Object.hasOwn(errorMessages, code) ? base64(apiError(code as never, options as never)) : "",
  };
}

/** Reads a response that may be a success as a program does that has its body parsed. */
async function receive({ Package, Status, Header, Body }: Exchange) {
  const { decodeResponse, findError } = modules.get(Package) as Module;
  const bytes = Buffer.from(Body, "base64");
  const headers = Object.entries(Header).map(([key, [value = ""]]): [string, string] => [key, value]);
  if (Status >= 400) return decodeResponse(new Response(bytes, { status: Status, headers }));
  return findError(Status, bytes.length > longest ? undefined : parsed(new TextDecoder().decode(bytes)), Header);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Headers as Go has them. */
function listed(headers: Readonly<Record<string, string>>) {
  const canonical = (name: string) => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [canonical(name), [value]]));
}
