// The module at work, as Node loads the .ts itself and as a bundler leaves it: decoding whatever a server or a proxy
// sends, and making what a server sends.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
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
    const { decodeError, isKnownError } = await load();
    for (const code of ["newer", "constructor", "toString", "__proto__", "hasOwnProperty"]) {
      const e = await decode({ code, message: "m", details: { a: 1 } }, 409);
      assert.deepEqual([e.code, e.message, e.details, e.rawDetails, isKnownError(e)], [code, "m", undefined, { a: 1 }, false]);
      for (const status of [429, 500, 502, 599]) assert.equal(decodeError(status, { error: { code } }).retryable, true);
      for (const status of [400, 408, 425, 428, 499]) assert.equal(decodeError(status, { error: { code } }).retryable, false);
    }
  });

  test("no error of the API", async () => {
    const { decodeResponse, isKnownError } = await load();
    const bodies = ["null", "[]", "1", '"x"', "{}", '{"error":null}', '{"error":"x"}', '{"error":[]}', '{"error":{}}', '{"error":{"code":1.5}}', '{"error":{"code":9007199254740992}}', '{"error":{"code":true}}', '{"Error":{"Code":"unauthorized"}}',
      '{"code":"unauthorized"}', '{"message":"m"}', '{"error":{"code":"","details":{"a":1}}}'];
    const texts = ["", "<html>502</html>", "{", '{"success":false,"error":{"code":"unauthorized","mess', "[1] 2"];
    for (const body of [...bodies, ...texts]) {
      const e = await decodeResponse(respond(body, 502, { "x-request-id": "req_h", "retry-after": "3" }));
      assert.deepEqual([e.status, e.code, e.message, e.requestId, e.retryAfterMs, e.details, e.rawDetails, e.received], [502, "", "HTTP 502", "req_h", 3000, undefined, undefined, true]);
      assert(!isKnownError(e) && e.retryable);
      assert.deepEqual(e.body, texts.includes(body) ? body : JSON.parse(body));
      assert.equal(e.cause instanceof SyntaxError, texts.includes(body));
    }
    const empty = await decodeResponse(respond(null, 500));
    assert.deepEqual([empty.code, empty.message, empty.body], ["", "HTTP 500", ""]);
  });

  test("code, message and request id are read each on its own", async () => {
    const seen = async (error: unknown) => (({ code, message, requestId, rawDetails }) => [code, message, requestId, rawDetails])(await decode(error, 401, { "x-request-id": "h" }));
    assert.deepEqual(await seen({ code: 40101, message: "Invalid credentials" }), ["40101", "Invalid credentials", "h", undefined]);
    assert.deepEqual(await seen({ code: "", message: "m", requestId: "r", details: { a: 1 } }), ["", "m", "r", undefined]);
    assert.deepEqual(await seen({ message: "m" }), ["", "m", "h", undefined]);
    assert.deepEqual(await seen({ code: -7, message: 1, requestId: 2, details: [] }), ["-7", "HTTP 401", "h", []]);
    assert.deepEqual(await seen({ code: "unauthorized", requestId: "r" }), ["unauthorized", "Missing or unknown key", "r", undefined]);
  });

  test("what may be a success", async () => {
    const { findError } = await load();
    const body = { error: { code: "unauthorized", message: "m" } };
    for (const status of [200, 204, 304, 399]) assert.equal(findError(status, body), undefined);
    assert.deepEqual([findError(400, body)?.code, findError(404, "<html>")?.body, findError(500, undefined)?.message], ["unauthorized", "<html>", "HTTP 500"]);
  });

  test("1 MiB is read, a byte more is not", async () => {
    const { decodeResponse } = await load();
    const empty = envelope({ code: "unauthorized", message: "" });
    const body = (size: number) => envelope({ code: "unauthorized", message: "x".repeat(size - empty.length) });
    assert.equal((await decodeResponse(respond(body(1 << 20)))).code, "unauthorized");
    for (const size of [(1 << 20) + 1, 10 << 20]) {
      const e = await decodeResponse(respond(body(size)));
      assert.deepEqual([e.code, (e.body as string).length], ["", 1 << 20]);
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

    const broken = new ReadableStream({ start: (c) => c.enqueue(Uint8Array.of(123)), pull: (c) => c.error(new Error("reset")) });
    const partly = await decodeResponse(respond(broken, 500));
    assert.deepEqual([(partly.cause as Error).message, partly.body], ["reset", "{"]);

    const read = respond(envelope({ code: "unauthorized" }), 401);
    await read.text();
    assert.equal((await decodeResponse(read)).status, 401);

    const native = { status: 401, headers: new Headers(), text: () => Promise.resolve(envelope({ code: "unauthorized", message: "m" })) };
    assert.equal((await decodeResponse(native)).code, "unauthorized");
  });

  test("message and request id", async () => {
    for (const odd of [undefined, null, 1, "", {}]) {
      const e = await decode({ code: "unauthorized", message: odd, requestId: odd }, 403, { "X-Request-Id": "h" });
      assert.deepEqual([e.message, e.requestId], ["Missing or unknown key", "h"]);
      assert.equal((await decode({ code: "toString", message: odd }, 403)).message, "HTTP 403");
    }
    assert.equal((await decode({ code: "unauthorized", requestId: "b" }, 401, { "X-Request-Id": "h" })).requestId, "b");
    assert.equal((await decode({ code: "unauthorized" }, 401)).requestId, undefined);
  });

  test("headers of every kind", async () => {
    const { decodeError } = await load();
    const kinds = [{ "retry-after": "3", "x-request-id": "h" }, { "Retry-After": "3", "X-REQUEST-ID": "h" }, { "retry-after": ["3", "4"], "x-request-id": ["h"] }, new Headers({ "Retry-After": "3", "X-Request-Id": "h" }),
      new Map([["retry-after", "3"], ["x-request-id", "h"]]), JSON.parse('{"__proto__":"x","retry-after":"3","x-request-id":"h","get":"x"}') as Record<string, unknown>];
    for (const headers of kinds) assert.deepEqual((({ requestId, retryAfterMs }) => [requestId, retryAfterMs])(decodeError(503, {}, headers)), ["h", 3000]);
    for (const none of [{}, new Headers(), undefined, null as never, { "x-request-id": undefined, "retry-after": [] }]) assert.deepEqual((({ requestId, retryAfterMs }) => [requestId, retryAfterMs])(decodeError(503, {}, none)), [undefined, undefined]);
  });

  test("Retry-After", async () => {
    const { decodeError } = await load();
    const delay = (value: unknown) => decodeError(429, undefined, new Map([["retry-after", value]])).retryAfterMs;
    assert.deepEqual(["0", "120", "999999999"].map(delay), [0, 120_000, 999_999_999_000]);
    for (const odd of ["-1", "1.5", "", " ", "1e3", "0x10", "soon", "Soon, 5", "9999999999", "2030-01-01", "1 2", "١", undefined, null, 5]) assert.equal(delay(odd), undefined, String(odd));
    for (const past of ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]) assert.equal(delay(past), 0);
    for (const odd of ["Sun, 31 Feb 2094 08:49:37 GMT", "Sun, 06 Nov 2094 08:49:60 GMT", "Sun, 06 Nov 2094 24:00:00 GMT", "Sun, 6 Nov 2094 08:49:37 GMT", "sun, 06 nov 2094 08:49:37 GMT", "Sun, 06 Nov 2094 08:49:37 gmt", "Sunday, 06-Nov-94 08:49:37 CET",
      "Sun, 06 Nov 2094 08:49:37.5 GMT", "Sun, 06 Foo 2094 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT", "Sun Nov 06 08:49:37 2094 GMT", "Sun Nov 06 08:49:37 2094", "Sunday, 06 Nov 2094 08:49:37 GMT", " Sun, 06 Nov 2094 08:49:37 GMT"]) assert.equal(delay(odd), undefined, odd);
    const year = String(new Date().getUTCFullYear() + 44).slice(2);
    for (const future of ["Mon, 06 Nov 2094 08:49:37 GMT", `Thursday, 06-Nov-${year} 08:49:37 GMT`, "Mon Nov  6 08:49:37 2094"]) assert((delay(future) ?? 0) > 1e12, future);
    const inAMinute = delay(new Date(Date.now() + 60_000).toUTCString()) ?? 0;
    assert(inAMinute > 55_000 && inAMinute <= 60_000, String(inAMinute));
  });

  test("retryable: the catalog knows better than the status", async () => {
    const { decodeError } = await load();
    const verdicts = ["rate_limited", "unauthorized", "internal_error", "carrier_failed"].map((code) => [400, 503].map((status) => decodeError(status, { error: { code } }).retryable));
    assert.deepEqual(verdicts, [[true, true], [false, false], [false, false], [true, true]]);
  });

  test("the delay before the next try", async () => {
    const { retryDelay } = await load();
    assert.equal(retryDelay({ retryAfterMs: 3_600_000 }, 9), 3_600_000);
    for (const [tries, longest] of [[0, 500], [1, 500], [2, 1000], [6, 16_000], [7, 30_000], [5000, 30_000]] as const) {
      const delays = Array.from({ length: 100 }, () => retryDelay({ retryAfterMs: tries % 2 ? 0 : undefined }, tries));
      assert(delays.every((delay) => delay > longest / 2 && delay <= longest), String(delays));
      assert(new Set(delays).size > 50);
    }
  });

  test("every kind of property", async () => {
    const { hasCode } = await load();
    const fits = async (details: object) => hasCode(await decode({ code: "parcel_delivered", message: "m", details }), "parcel_delivered");
    const delivered = { deliveredAt: "2025-01-02T03:04:05Z", claimUntil: null, proof: null, attempts: 1, scans: null };
    for (const good of [{}, { signedBy: null }, { signedBy: "x" }, { contact: "x" }, { scans: [] }, { scans: ["2025-01-02T03:04:05Z", null] }, { attempts: 2147483647 }, { attempts: -2147483648 }, { neighbour: true }, { newer: {} },
      { deliveredAt: "2024-02-29T23:59:59.123456789+05:30" }, { deliveredAt: "0001-01-01T00:00:00Z" }, { deliveredAt: "2025-01-02t03:04:05.1z" }, { deliveredAt: "2025-01-02T03:04:05-00:00" }, { deliveredAt: "2025-01-02T03:04:05+23:59" },
      { deliveredAt: "2016-12-31T23:59:60Z" }, { deliveredAt: "2016-12-31t15:59:60.5-08:00" }, { attempts: JSON.parse("[1.0, 1e3, -0]")[1] }]) assert(await fits({ ...delivered, ...good }), JSON.stringify(good));
    for (const bad of [{ signedBy: 1 }, { contact: null }, { scans: {} }, { scans: [1] }, { scans: ["yesterday"] }, { attempts: 1.5 }, { attempts: 2147483648 }, { attempts: "1" }, { attempts: undefined }, { neighbour: 0 }, { proof: undefined },
      ...["", "2025-01-02", "2025-01-02T03:04:05", "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z", "2025-01-00T00:00:00Z", "2025-01-02T24:00:00Z", "2025-01-02T03:04:60Z", "2016-12-31T22:59:60Z", "2016-12-31T23:59:60+01:00", "2016-12-31T23:59:61Z", "2025-01-02T03:04:05,1Z", "2025-01-02T03:04:05.Z", "2025-01-02T03:04:05+05:60", "2025-01-02T03:04:05+0100", "2025-01-02 03:04:05Z", "2025-01-02T3:04:05Z", "2025-04-31T00:00:00Z", "2025-01-02T03:04:05+24:00", " 2025-01-02T03:04:05Z", "2025-01-02T03:04:05Z\n", 5].map((deliveredAt) => ({ deliveredAt }))])
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

  test("raising", async () => {
    const { ApiError, apiError, errorBody } = await load();
    const e = apiError("unauthorized");
    assert(e instanceof ApiError && e instanceof Error && !("cause" in e));
    assert.deepEqual([e.status, e.code, e.message, e.details, e.requestId, e.retryable, e.retryAfterMs, e.body, e.received], [401, "unauthorized", "Missing or unknown key", undefined, undefined, false, undefined, undefined, false]);
    const cause = new Error("secret");
    const full = apiError("maintenance", { message: "m", cause, requestId: "r", retryAfterMs: 1001 });
    assert.deepEqual([full.status, full.message, full.cause, full.requestId, full.retryable, full.retryAfterMs], [503, "m", cause, "r", true, 1001]);
    const details = { issues: [] };
    assert.equal(JSON.stringify(apiError("invalid_request", { details, message: "m" })), '{"success":false,"error":{"code":"invalid_request","message":"m","details":{"issues":[]}}}');
    assert.equal(JSON.stringify(errorBody("invalid_request", { details, message: "m" })), JSON.stringify(apiError("invalid_request", { details, message: "m" })));
    assert.equal(JSON.stringify(errorBody("unauthorized", { requestId: "r" })), '{"success":false,"error":{"code":"unauthorized","message":"Missing or unknown key","requestId":"r"}}');
  });

  test("whatever is thrown is answered", async () => {
    const { ApiError, apiError, decodeError, errorResponse } = await load();
    const cause = new Error("secret");
    const sent = errorResponse(apiError("maintenance", { retryAfterMs: 1001, cause }), { requestId: "req_2" });
    const always = { "content-type": "application/json; charset=utf-8", "x-content-type-options": "nosniff", "cache-control": "no-store" };
    assert.deepEqual(sent.headers, { ...always, "x-request-id": "req_2", "retry-after": "2" });
    assert.equal(JSON.stringify(sent), JSON.stringify({ status: 503, headers: sent.headers, body: { success: false, error: { code: "maintenance", message: apiError("maintenance", { retryAfterMs: 0 }).message, requestId: "req_2" } } }));
    assert.equal(errorResponse(apiError("unauthorized", { requestId: "own" }), { requestId: "other" }).headers["x-request-id"], "own");
    for (const unsafe of ["a\r\nset-cookie: b", "é", "a b"]) new Response(null, errorResponse(apiError("unauthorized", { requestId: unsafe })));

    const downstream = decodeError(401, { error: { code: "unauthorized", message: "secret" } });
    const forged = Object.create(ApiError.prototype, { received: { value: true } }) as unknown;
    for (const thrown of [cause, "secret", undefined, null, { code: "unauthorized", message: "secret" }, downstream, forged, Object.assign(new Error("secret"), { code: "unauthorized", status: 401 })]) {
      const { status, headers, body } = errorResponse(thrown);
      assert.equal(status, 500);
      assert.deepEqual(headers, always);
      assert.equal(JSON.stringify(body), '{"success":false,"error":{"code":"internal_error","message":"Unexpected server error"}}');
    }
  });

  test("a proxy sends on what it received", async () => {
    const { decodeResponse, errorResponse, passOn } = await load();
    const body = '{"success":false,"error":{"code":"newer","message":"m","details":{"a":null,"__proto__":1},"requestId":null,"more":[1]},"trace":null}';
    const received = await decodeResponse(respond(body, 418, { "retry-after": "3", "x-request-id": "h" }));
    assert.equal(JSON.stringify(received), body);
    const passed = passOn(received);
    assert.deepEqual([passed.message, passed.code, passed.received, passed.cause], ["m", "newer", false, received]);
    const { status, headers, body: sent } = errorResponse(passed);
    assert.deepEqual([status, headers["retry-after"], headers["x-request-id"], JSON.stringify(sent)], [418, "3", "h", body]);

    const page = errorResponse(passOn(await decodeResponse(respond("<html>", 502, { "x-request-id": "h" }))));
    assert.equal(JSON.stringify([page.status, page.body]), '[502,{"success":false,"error":{"code":"","message":"HTTP 502","requestId":"h"}}]');
  });

  test("over HTTP", async (t) => {
    const { apiError, decodeError, decodeResponse, errorResponse, hasCode } = await load();
    const sent = errorResponse(apiError("maintenance", { message: "m", requestId: "req_2", retryAfterMs: 1001 }));
    const server = createServer((_, res) => res.writeHead(sent.status, sent.headers).end(JSON.stringify(sent.body))).listen(0);
    t.after(() => server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [response] = (await once(get(address), "response")) as [IncomingMessage];
    const inNode = decodeError(response.statusCode ?? 0, await json(response), response.headers);
    const received = [inNode, await decodeResponse(await fetch(address)), await decodeResponse(Response.json(sent.body, sent))];
    for (const e of received)
      assert.deepEqual([e.status, e.code, e.message, e.requestId, e.retryAfterMs, e.retryable, hasCode(e, "maintenance")], [503, "maintenance", "m", "req_2", 2000, true, true]);
  });
}
