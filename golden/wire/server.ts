// A server: node server.ts VECTORS.json answers /0, /1… with the generated module of every-field, as the vectors with these numbers say. It prints its address,
// and ends with its input.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { errorBody, errorResponse, type ErrorCode } from "../every-field/want/typescript/errors.ts";

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
  const { status, headers, body } = answer(sees);
  response.writeHead(status, { ...headers, "content-type": "application/json" }).end(JSON.stringify(body));
});

/** The vectors are data, so the types that tie details and delay to the code are given up here. */
function answer({ code, message, rawDetails, requestId, retryAfter }: Sees) {
  const body = errorBody(code, message, rawDetails as never, requestId);
  return errorResponse(body, (retryAfter === undefined ? undefined : retryAfter * 1000) as never);
}

server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.stdin.on("end", () => process.exit()).resume();
