// What a program pays, in bytes after bundling and minifying, for what it imports: nothing for the rest of the module.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bundle, cases } from "./modules.ts";

const limits: readonly [name: string, program: string, bytes: number][] = [
  ["types only", 'import type { KnownError } from "./errors.ts"; export type { KnownError }', 0],
  ["values imported, none used", 'import { ApiError, apiError, decodeResponse, errorBody, errorMessages, errorResponse, errorStatus, findError, hasCode, passOn, retryDelay } from "./errors.ts"', 0],
  ["hasCode", 'import { hasCode } from "./errors.ts"; export const f = (e: any) => hasCode(e, "unauthorized")', 150],
  ["retryDelay", 'import { retryDelay } from "./errors.ts"; export { retryDelay }', 150],
  ["ApiError", 'import { ApiError } from "./errors.ts"; export { ApiError }', 700],
  ["errorBody", 'import { errorBody } from "./errors.ts"; export { errorBody }', 1100],
  ["errorStatus", 'import { errorStatus } from "./errors.ts"; export { errorStatus }', 350],
  ["what a server needs", 'import { apiError, errorResponse } from "./errors.ts"; export { apiError, errorResponse }', 3000],
  ["what a client needs", 'import { decodeResponse, hasCode, retryDelay } from "./errors.ts"; export { decodeResponse, hasCode, retryDelay }', 7000],
  ["everything", 'export * from "./errors.ts"', 8000],
];

const { dir } = cases.find(({ name }) => name === "every-field") ?? assert.fail();
for (const [name, program, limit] of limits) {
  await test(`${name}: at most ${limit} bytes`, async (t) => {
    const size = Buffer.byteLength((await bundle(program, dir)).trim());
    t.diagnostic(`${size} bytes`);
    assert(size <= limit, `${size} bytes`);
  });
}
