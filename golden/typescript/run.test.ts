// The module at work, as Node loads the .ts itself and as a bundler leaves it: decoding whatever a server or a proxy sends, and making what a server sends.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, test } from "node:test";
import { importAsIs, importBundled, type Module } from "./modules.ts";

const everyField = join(import.meta.dirname, "../every-field/want");
const keywords = join(import.meta.dirname, "../keywords/want");

describe("as Node strips the types", () => clientAndServer(() => importAsIs(everyField), () => importAsIs(keywords)));
describe("after esbuild", () => clientAndServer(() => importBundled(everyField), () => importBundled(keywords)));

const respond = (body: ConstructorParameters<typeof Response>[0], status = 400, headers: Record<string, string> = {}) => new Response(body, { status, headers });
const envelope = (error: unknown) => JSON.stringify({ success: false, error });
const issue = { path: "a", rule: "b", message: "c", received: null };

function clientAndServer(load: () => Promise<Module>, loadKeywords: () => Promise<unknown>): void {
  const decode = async (error: unknown, status?: number, headers?: Record<string, string>) => (await load()).decodeResponse(respond(envelope(error), status, headers));

  test("details that fit", async () => {
    const { ApiError, hasCode, isKnownError } = await load();
    const e = await decode({ code: "invalid_request", message: "m", details: { issues: [{ ...issue, newer: 1 }] }, requestId: "req_1" });
    assert(e instanceof ApiError && e instanceof Error && !("cause" in e));
    assert.deepEqual([e.name, e.code, e.message, e.status, e.requestId, e.retryAfterMs], ["ApiError", "invalid_request", "m", 400, "req_1", undefined]);
    assert.deepEqual(e.details, { issues: [{ ...issue, newer: 1 }] });
    assert.equal(e.rawDetails, e.details);
    assert(hasCode(e, "invalid_request") && hasCode(e, "unauthorized", "invalid_request") && !hasCode(e, "unauthorized") && isKnownError(e));
  });

  test("details that do not fit", async () => {
    const { hasCode, isKnownError } = await load();
    for (const details of [undefined, null, "x", 1, [], {}, { issues: null }, { issues: "x" }, { issues: {} }, { issues: [null] }, { issues: [{ ...issue, path: 1 }] }, { issues: [{ path: "p" }] }]) {
      const e = await decode({ code: "invalid_request", message: "m", details });
      assert.deepEqual([e.code, e.message, e.details, e.rawDetails], ["invalid_request", "m", null, details ?? undefined]);
      assert(!hasCode(e, "invalid_request") && !isKnownError(e));
    }
  });

  test("details where none are promised", async () => {
    const { hasCode } = await load();
    for (const details of [undefined, null, {}, { a: 1 }, "x"]) {
      const e = await decode({ code: "unauthorized", message: "m", details }, 401);
      assert.deepEqual([e.details, e.rawDetails], [undefined, details ?? undefined]);
      assert(hasCode(e, "unauthorized"));
    }
  });

  test("an unknown code", async () => {
    const { isKnownError, isRetryable } = await load();
    for (const code of ["newer", "constructor", "toString", "__proto__", "hasOwnProperty"]) {
      const e = await decode({ code, message: "m", details: { a: 1 } }, 409);
      assert.deepEqual([e.code, e.message, e.details, e.rawDetails, isKnownError(e)], [code, "m", undefined, { a: 1 }, false]);
      for (const status of [429, 500, 502, 599]) assert.equal(isRetryable({ code, status }), true);
      for (const status of [400, 408, 425, 428, 499]) assert.equal(isRetryable({ code, status }), false);
    }
  });

  test("no error of the API", async () => {
    const { decodeResponse, isKnownError, isRetryable } = await load();
    const bodies = ["", "<html>502</html>", "{", '{"success":false,"error":{"code":"unauthorized","mess', "null", "[]", "1", '"x"', "{}", '{"error":null}', '{"error":"x"}', '{"error":[]}', '{"error":{}}', '{"error":{"code":1}}',
      '{"error":{"code":"","message":"m","details":{"a":1},"requestId":"r"}}', '{"Error":{"Code":"unauthorized"}}', '{"code":"unauthorized"}'];
    for (const body of bodies) {
      const e = await decodeResponse(respond(body, 502, { "x-request-id": "req_h", "retry-after": "3" }));
      assert.deepEqual([e.status, e.code, e.message, e.requestId, e.retryAfterMs, e.details, e.rawDetails], [502, "", "HTTP 502", "req_h", 3000, undefined, undefined]);
      assert(!isKnownError(e) && isRetryable(e));
    }
    assert((await decodeResponse(respond("<html>"))).cause instanceof SyntaxError);
    assert.equal((await decodeResponse(respond(null, 500))).code, "");
  });

  test("1 MiB is read, a byte more is not", async () => {
    const { decodeResponse } = await load();
    const empty = envelope({ code: "unauthorized", message: "" });
    const body = (size: number) => envelope({ code: "unauthorized", message: "x".repeat(size - empty.length) });
    assert.equal((await decodeResponse(respond(body(1 << 20)))).code, "unauthorized");
    for (const size of [(1 << 20) + 1, 10 << 20]) {
      const e = await decodeResponse(respond(body(size)));
      assert.equal(e.code, "");
      assert(e.cause instanceof RangeError);
    }
  });

  test("a body that comes in pieces, never ends, breaks, was read before or cannot be streamed", async () => {
    const { decodeResponse } = await load();
    const bytes = new TextEncoder().encode("\ufeff" + envelope({ code: "unauthorized", message: "日本😀" }));
    const pieces = new ReadableStream({ start: (c) => (bytes.forEach((byte) => c.enqueue(Uint8Array.of(byte))), c.close()) });
    assert.equal((await decodeResponse(respond(pieces))).message, "日本😀");

    let cancelled = false;
    const endless = new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(65536)), cancel: () => void (cancelled = true) });
    assert.equal((await decodeResponse(respond(endless, 500))).status, 500);
    assert(cancelled);

    const broken = new ReadableStream({ pull: (c) => c.error(new Error("reset")) });
    assert.equal(((await decodeResponse(respond(broken, 500))).cause as Error).message, "reset");

    const read = respond(envelope({ code: "unauthorized" }), 401);
    await read.text();
    assert.equal((await decodeResponse(read)).status, 401);

    const native = { status: 401, headers: new Headers(), text: () => Promise.resolve(envelope({ code: "unauthorized", message: "m" })) };
    assert.equal((await decodeResponse(native)).code, "unauthorized");
  });

  test("message and request id", async () => {
    for (const odd of [undefined, null, 1, "", {}]) {
      const e = await decode({ code: "unauthorized", message: odd, requestId: odd }, 401, { "X-Request-Id": "h" });
      assert.deepEqual([e.message, e.requestId], ["HTTP 401", "h"]);
    }
    assert.equal((await decode({ code: "unauthorized", requestId: "b" }, 401, { "X-Request-Id": "h" })).requestId, "b");
    assert.equal((await decode({ code: "unauthorized" }, 401)).requestId, undefined);
  });

  test("Retry-After", async () => {
    const { decodeError } = await load();
    const delay = (value: unknown) => decodeError(429, undefined, new Map([["retry-after", value]])).retryAfterMs;
    assert.deepEqual(["0", "120", "999999999"].map(delay), [0, 120_000, 999_999_999_000]);
    for (const odd of ["-1", "1.5", "", " ", "1e3", "0x10", "soon", "Soon, 5", "9999999999", "2030-01-01", "1 2", "١", undefined, null, 5]) assert.equal(delay(odd), undefined, String(odd));
    for (const past of ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]) assert.equal(delay(past), 0);
    const inAMinute = delay(new Date(Date.now() + 60_000).toUTCString()) ?? 0;
    assert(inAMinute > 55_000 && inAMinute <= 60_000, String(inAMinute));
  });

  test("retryable: the catalog knows better than the status", async () => {
    const { isRetryable } = await load();
    const verdicts = (["rate_limited", "unauthorized", "internal_error", "carrier_failed"] as const).map((code) => [400, 503].map((status) => isRetryable({ code, status })));
    assert.deepEqual(verdicts, [[true, true], [false, false], [false, false], [true, true]]);
  });

  test("every kind of property", async () => {
    const { hasCode } = await load();
    const fits = async (details: object) => hasCode(await decode({ code: "parcel_delivered", message: "m", details }), "parcel_delivered");
    const delivered = { deliveredAt: "2025-01-02T03:04:05Z", claimUntil: null, proof: null, attempts: 1, scans: null };
    for (const good of [{}, { signedBy: null }, { signedBy: "x" }, { contact: "x" }, { scans: [] }, { scans: ["2025-01-02T03:04:05Z", null] }, { attempts: 2147483647 }, { attempts: -2147483648 }, { neighbour: true }, { newer: {} },
      { deliveredAt: "2024-02-29T23:59:59.123456789+05:30" }, { deliveredAt: "0001-01-01T00:00:00Z" }]) assert(await fits({ ...delivered, ...good }), JSON.stringify(good));
    for (const bad of [{ signedBy: 1 }, { contact: null }, { scans: {} }, { scans: [1] }, { scans: ["yesterday"] }, { attempts: 1.5 }, { attempts: 2147483648 }, { attempts: "1" }, { attempts: undefined }, { neighbour: 0 }, { proof: undefined },
      ...["", "2025-01-02", "2025-01-02T03:04:05", "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z", "2025-01-00T00:00:00Z", "2025-01-02T24:00:00Z", "2025-01-02T03:04:60Z", "2025-01-02t03:04:05z", "2025-01-02T03:04:05+24:00", " 2025-01-02T03:04:05Z", "2025-01-02T03:04:05Z\n", 5].map((deliveredAt) => ({ deliveredAt }))])
      assert(!(await fits({ ...delivered, ...bad })), JSON.stringify(bad));
  });

  test("maps and numbers", async () => {
    const { hasCode } = await load();
    const fits = async (details: object) => hasCode(await decode({ code: "quota_exceeded", message: "m", details }), "quota_exceeded");
    for (const good of [{}, { used: { NL: 9e15, BE: 2 ** 62 } }, { services: { NL: ["newer"] } }, { owners: null }, { owners: { a: { email: "x" } } }, { notes: { a: null } }]) assert(await fits({ used: {}, services: {}, ...good }), JSON.stringify(good));
    for (const bad of [{ used: [] }, { used: { NL: "1" } }, { used: { NL: 1.5 } }, { used: { NL: 1e300 } }, { services: { NL: null } }, { owners: { a: {} } }, { notes: { a: 1 } }]) assert(!(await fits({ used: {}, services: {}, ...bad })), JSON.stringify(bad));
  });

  test("properties that every object seems to have", async () => {
    const { decodeResponse } = (await loadKeywords()) as Module;
    const details = (body: string) => decodeResponse(respond(`{"error":{"code":"RESERVED_WORDS","message":"m","details":${body}}}`)).then((e) => e.details);
    assert.deepEqual(await details('{"class":"a","__proto__":"b","type":"c"}'), JSON.parse('{"class":"a","__proto__":"b","type":"c"}'));
    assert.equal(await details('{"class":"a","type":"c"}'), null);
    assert.equal(await details('{"class":"a","__proto__":1,"type":"c"}'), null);
  });

  test("servers", async () => {
    const { decodeResponse, errorBody, errorMessages, errorResponse, hasCode, isRetryable } = await load();
    assert.equal(JSON.stringify(errorBody("invalid_request", "m", { issues: [] })), '{"success":false,"error":{"code":"invalid_request","message":"m","details":{"issues":[]}}}');
    assert.equal(JSON.stringify(errorBody("unauthorized", errorMessages.unauthorized, undefined, "r")), '{"success":false,"error":{"code":"unauthorized","message":"Missing or unknown key","requestId":"r"}}');
    assert.deepEqual(errorResponse(errorBody("unauthorized", "m")).headers, {});

    const sent = errorResponse(errorBody("maintenance", "m", undefined, "req_2"), 1001);
    const server = createServer((_, res) => res.writeHead(sent.status, { ...sent.headers, "content-type": "application/json" }).end(JSON.stringify(sent.body))).listen(0);
    const received = [await decodeResponse(await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)), await decodeResponse(Response.json(sent.body, sent))];
    server.close();
    for (const e of received)
      assert.deepEqual([e.status, e.code, e.message, e.requestId, e.retryAfterMs, isRetryable(e), hasCode(e, "maintenance")], [503, "maintenance", "m", "req_2", 2000, true, true]);
  });
}
