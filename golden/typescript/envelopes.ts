// What the types say where the body is another than the default one, whose types are proven in types.ts. Only compiled,
// never run.
import * as flat from "../envelope-flat/want/typescript/errors.ts";
import * as list from "../envelope-list/want/typescript/errors.ts";
import * as low from "../envelope-low/want/typescript/errors.ts";
import * as nested from "../envelope-nested/want/typescript/errors.ts";
import * as problem from "../envelope-problem/want/typescript/errors.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<T extends true>(): T;

// A code narrows a decoded error to its details, and a switch over the codes is exhaustive.
export function ofProblem(error: problem.AnyError): string | undefined {
  if (!problem.isKnownError(error)) return error.code;
  switch (error.code) {
    case "LOAN_LIMIT_REACHED":
      return error.details.loans[0]?.isbn ?? error.details.oldest?.state;
    case "BOOK_LENT":
      return error.details.due;
    case "READER_UNKNOWN":
      return error.details.similar?.[0];
    case "CLOSED":
    case "INTERNAL_ERROR":
      return error.message;
    default:
      return error satisfies never;
  }
}

export function ofNested(error: nested.AnyError): string | null | undefined {
  if (!nested.isKnownError(error)) return error.code;
  switch (error.code) {
    case "card_declined":
      return error.details.param ?? error.details.decline_code;
    case "parameter_unknown":
      return error.details.known?.["amount"];
    case "parameter_missing":
      // @ts-expect-error only the other code has it
      return error.details.known ?? error.details.param;
    case "rate_limit":
    case "api_error":
      return error.message;
    default:
      return error satisfies never;
  }
}

export function ofList(error: list.AnyError): string | undefined {
  if (!list.isKnownError(error)) return error.code;
  switch (error.code) {
    case "INVALID_ATTRIBUTE":
      return error.details.allowed?.[0] ?? error.details.source.pointer;
    case "TITLE_TAKEN":
    case "NOT_FOUND":
    case "SLOW_DOWN":
    case "INTERNAL":
      return error.message;
    default:
      return error satisfies never;
  }
}

// Codes are text in the language, numbers only on the wire.
export function ofFlat(error: flat.AnyError): string {
  if (!flat.isKnownError(error)) return error.code;
  switch (error.code) {
    case "21211":
      return error.details.to;
    case "20404":
    case "30001":
    case "20500":
      return error.message;
    default:
      return error satisfies never;
  }
}

export function ofLow(error: low.AnyError): string {
  if (!low.isKnownError(error)) return error.code;
  switch (error.code) {
    case "msg_too_long":
      return error.details.limit.toFixed();
    case "channel_not_found":
    case "ratelimited":
    case "internal_error":
      return error.message;
    default:
      return error satisfies never;
  }
}

// So does a body that a server sends, wherever the code stands in it.
export function sentByProblem(body: problem.ErrorBody): number {
  if (body.code !== "LOAN_LIMIT_REACHED") return body.status;
  is<Equal<typeof body.status, 409>>();
  return body.limit;
}

export function sentByNested(error: nested.ErrorBody["error"]): string {
  if (error.code !== "card_declined") return error.type satisfies "request" | "api";
  is<Equal<typeof error.type, "card">>();
  return error.decline_code;
}

export function sentByList(error: list.ErrorBody["errors"][0]): string | undefined {
  if (error.code !== "INVALID_ATTRIBUTE") return error.meta.requestId;
  is<Equal<typeof error.status, "422">>();
  return error.source.pointer;
}

export function sentByFlat(body: flat.ErrorBody): string {
  is<Equal<flat.ErrorBody<"30001">["status"], 200 | 201>>();
  if (body.code !== 21211) return body.message;
  return body.details.to;
}

export function sentByLow(body: low.ErrorBody): number {
  is<Equal<typeof body.ok, false>>();
  return body.error === "msg_too_long" ? body.limit : body.version;
}

// A code is raised with its details beside it, and with a status that it may have.
problem.apiError("BOOK_LENT", { details: { isbn: "9780262510875", due: "2026-03-01", state: "lent" } });
list.apiError("SLOW_DOWN", { retryAfterMs: 1500 });
low.apiError("msg_too_long", { details: { limit: 9 }, status: 202 });
// @ts-expect-error a status that it never has
low.apiError("msg_too_long", { details: { limit: 9 }, status: 404 });
// @ts-expect-error the body has no place for a message
low.apiError("channel_not_found", { message: "m" });
// @ts-expect-error a code is text
flat.apiError(21211, { details: { to: "x" } });
// @ts-expect-error details are required
nested.apiError("parameter_missing");
