// A server: node server.ts VECTORS.json answers /0, /1… with the generated module of every-field, as the vectors with these numbers say. It prints its address,
// and ends with its input.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { apiError, errorResponse, type ErrorCode } from "../every-field/want/typescript/errors.ts";

interface Sees {
  readonly code: ErrorCode;
  readonly message: string;
  readonly requestId?: string;
  readonly retryAfter?: number;
  readonly rawDetails?: unknown;
}

const vectors = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as { readonly sees: Sees }[];

const server = createServer((request, response) => {
  const sees = vectors[Number(request.url?.slice(1))]?.sees;
  if (sees === undefined) throw new RangeError(request.url);
  const { status, headers, body } = errorResponse(thrown(sees));
  response.writeHead(status, headers).end(JSON.stringify(body));
});

/** The vectors are data, so the types that tie details and delay to the code are given up here. */
function thrown({ code, message, rawDetails, requestId, retryAfter }: Sees): unknown {
  const retryAfterMs = retryAfter === undefined ? undefined : retryAfter * 1000;
  return apiError(code, { message, details: rawDetails, requestId, retryAfterMs, cause: new Error("not to be sent") } as never);
}

server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.stdin.on("end", () => process.exit()).resume();
