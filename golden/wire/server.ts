// A server: node server.ts MODULE VECTORS.json answers /0, /1… with the generated module, as the vectors with these
// numbers say; the front page lists these addresses. It prints its address, and ends with its input.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import type { Module } from "../typescript/modules.ts";

interface Vector {
  readonly name: string;
  readonly status: number;
  readonly sees: {
    readonly code: string;
    readonly message: string;
    readonly requestId?: string;
    readonly retryAfter?: number;
    readonly rawDetails?: unknown;
  };
}

const [modulePath = "", vectorsPath = ""] = process.argv.slice(2);
const { apiError, errorResponse } = (await import(pathToFileURL(modulePath).href)) as Module;
const vectors = JSON.parse(readFileSync(vectorsPath, "utf8")) as readonly Vector[];

const server = createServer(({ url = "/" }, response) => {
  if (url === "/") return void response.end(JSON.stringify(Object.keys(vectors)));
  const vector = vectors[Number(url.slice(1))];
  if (vector === undefined) throw new RangeError(url);
  const { status, headers, body } = errorResponse(thrown(vector));
  response.writeHead(status, headers).end(JSON.stringify(body));
});

/** The vectors are data, so the types that tie details, delay and status to the code are given up here. */
function thrown({ name, status, sees: { code, message, requestId, retryAfter, rawDetails } }: Vector): unknown {
  const options = {
    message,
    requestId,
    details: rawDetails,
    status: name.startsWith(`${code} with ${status}`) ? status : undefined, // a further one of the code
    retryAfterMs: retryAfter === undefined ? undefined : retryAfter * 1000,
    cause: new Error("not to be sent"),
  };
  return apiError(code as never, options as never);
}

server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.stdin.on("end", () => process.exit()).resume();
