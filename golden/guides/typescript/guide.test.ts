// What the guide says that servers answer, read by the guide's client.
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { explain, getJSON } from "./client.ts";
import { ApiError, decodeError, errorResponse } from "./errors.ts";
import { app as express } from "./express.ts";
import { app as fastify } from "./fastify.ts";
import { app as hono } from "./hono.ts";
import { queries } from "./queries.ts";
import { invalid } from "./validation.ts";

const started = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const servers = {
  express: () => started(createServer(express)),
  hono: () =>
    started(
      createServer(async (request, response) => {
        const answer = await hono.request(request.url ?? "/", { headers: { "x-request-id": String(request.headers["x-request-id"] ?? "none") } });
        response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
      }),
    ),
  fastify: async () => {
    after(() => fastify.close());
    return fastify.listen({ port: 0, host: "127.0.0.1" });
  },
};

for (const [name, start] of Object.entries(servers)) {
  await test(name, async () => {
    const url = await start();
    assert.deepEqual(await getJSON(`${url}/projects/p1`), { id: "p1", name: "Checkout" });
    for (const [path, status, code] of [
      ["/projects/none", 404, "NOT_FOUND"],
      ["/projects/a-b", 400, "VALIDATION_ERROR"],
      ["/nowhere", 404, "NOT_FOUND"],
    ] as const) {
      const error = await getJSON(url + path).catch((thrown: unknown) => thrown);
      assert(error instanceof ApiError);
      assert.deepEqual([error.status, error.code, typeof error.requestId], [status, code, "string"]);
      assert.equal(explain(error), code === "NOT_FOUND" ? "it is not there" : "id");
    }
    const busy = await fetch(`${url}/projects/busy`, { headers: { "x-request-id": "req-1" } });
    const error = decodeError(busy.status, await busy.json(), busy.headers);
    assert.deepEqual([error.code, error.retryAfterMs, error.requestId], ["RATE_LIMITED", 12_000, "req-1"]);
  });
}

test("express and a body that is no JSON", async () => {
  const url = await servers.express();
  const response = await fetch(`${url}/projects/p1`, { method: "POST", headers: { "content-type": "application/json" }, body: "{" });
  const error = decodeError(response.status, await response.json(), response.headers);
  assert.deepEqual([error.code, error.status], ["VALIDATION_ERROR", 400]);
});

test("queries come again after what may succeed later", () => {
  const { retry, retryDelay } = queries.getDefaultOptions().queries ?? {};
  assert(typeof retry === "function" && typeof retryDelay === "function");
  const busy = decodeError(429, null, { "retry-after": "3" });
  assert.deepEqual([retry(0, busy), retry(4, busy), retry(0, new Error("offline"))], [true, false, false]);
  assert.equal(retryDelay(0, busy), 3000);
});

test("issues of a validator", () => {
  const { status, body } = errorResponse(invalid([{ message: "too long", path: ["items", { key: 0 }, "name"] }]));
  assert.equal(status, 400);
  assert.deepEqual((body as { error: { details: unknown } }).error.details, { issues: [{ path: "items.0.name", message: "too long" }] });
});
