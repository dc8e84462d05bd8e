// What must compile and, after @ts-expect-error, what must not. Only compiled, never run.
import { ApiError, apiError, decodeError, decodeResponse, errorBody, errorMessages, errorResponse, errorStatus, findError, hasCode, isKnownError, passOn, retryDelay } from "../every-field/want/typescript/errors.ts";
import type { AnyError, Carrier, CarrierFailedDetails, ErrorBody, ErrorCode, ErrorDetails, Issue, KnownError, ParcelDeliveredDetails, QuotaExceededDetails, ResponseLike, RetryAfterCode, RouteImpossibleDetails } from "../every-field/want/typescript/errors.ts";
import * as withoutInternal from "../minimal/want/typescript/errors.ts";
import type { ReservedWordsDetails } from "../keywords/want/typescript/errors.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<T extends true>(): T;
declare function use(value: string | undefined): void;

declare const response: Response;
declare const any: AnyError;
declare const known: KnownError;
declare const caught: unknown;

// A fetch Response goes in as it is.
export const like: ResponseLike = response;
is<Equal<ReturnType<typeof decodeResponse>, Promise<ApiError>>>();
is<Equal<ReturnType<typeof findError>, ApiError | undefined>>();

// KnownError is an AnyError, not the other way round; so is an ApiError.
export const open: AnyError = known;
// @ts-expect-error AnyError is open
export const closed: KnownError = any;
export const fromClass: AnyError = decodeError(404, {});
export const newer: AnyError = { code: "newer_code", message: "x" };

// Narrowing on code types details.
if (known.code === "invalid_request") is<Equal<typeof known.details, ErrorDetails["invalid_request"]>>();
if (known.code === "unauthorized") is<Equal<typeof known.details, undefined>>();
// @ts-expect-error a typo is caught
if (known.code === "unauthorised") throw new Error();

// Guards.
if (hasCode(any, "invalid_request")) {
  is<Equal<typeof any.code, "invalid_request">>();
  use(any.details.issues[0]?.path);
}
if (hasCode(any, "unauthorized", "carrier_failed")) {
  is<Equal<typeof any.code, "unauthorized" | "carrier_failed">>();
  if (any.code === "carrier_failed") is<Equal<typeof any.details.carrier, Carrier>>();
}
// @ts-expect-error not a code
hasCode(any, "nope");
// @ts-expect-error details are unknown before a guard
if (any.code === "invalid_request") use(any.details.issues);

if (caught instanceof ApiError && hasCode(caught, "invalid_request")) {
  use(caught.details.issues[0]?.message);
  is<Equal<typeof caught.status, number>>();
  is<Equal<typeof caught.retryAfterMs, number | undefined>>();
} else if (caught instanceof ApiError) {
  is<Equal<typeof caught.details, unknown>>();
}

// A switch is exhaustive over a decoded error of the catalog; a code that is left out does not compile.
export function exhaustive(error: ApiError): string | undefined {
  if (!isKnownError(error)) return error.code;
  switch (error.code) {
    case "invalid_request":
      return error.details.issues.map((issue) => issue.path).join();
    case "address_problem":
      return error.details.suggestion?.country;
    case "route_impossible":
      return error.details.distances[0]?.[0]?.toFixed(1);
    case "parcel_not_found":
      return error.details.parcelId;
    case "parcel_delivered":
      return error.details.claimUntil ?? error.details.deliveredAt;
    case "quota_exceeded":
      return error.details.services["NL"]?.[0];
    case "rate_limited":
      return error.details.window + String(error.retryAfterMs);
    case "carrier_failed":
      return error.details.carrier;
    case "unauthorized":
    case "token_missing":
    case "label_voided":
    case "storage_failed":
    case "internal_error":
    case "maintenance":
      return error.message;
    default:
      return error satisfies never;
  }
}
export function forgotten(error: KnownError<"unauthorized" | "maintenance">): string {
  switch (error.code) {
    case "unauthorized":
      return "";
    // @ts-expect-error maintenance is missing
    default: return error satisfies never;
  }
}
is<Equal<keyof ErrorDetails, ErrorCode>>();
export const translations: Record<ErrorCode, string> = errorMessages;
// @ts-expect-error a table of every code misses all but one
export const incomplete: Record<ErrorCode, string> = { unauthorized: "x" };

// Payloads are readonly; optional is not undefined, nullable is null.
declare const quota: QuotaExceededDetails;
declare const route: RouteImpossibleDetails;
declare const delivered: ParcelDeliveredDetails;
// @ts-expect-error readonly
delivered.contact = "x";
// @ts-expect-error readonly array
delivered.scans?.push("x");
// @ts-expect-error readonly array of arrays
route.distances[0]?.push(1);
// @ts-expect-error readonly map
quota.used["NL"] = 1;
is<Equal<Issue["received"], string | null>>();
is<Equal<Issue["severity"], "error" | "warning" | undefined>>();
is<Equal<ErrorDetails["address_problem"]["kind"], "address">>();
is<Equal<ParcelDeliveredDetails["signedBy"], string | null | undefined>>();
is<Equal<ParcelDeliveredDetails["scans"], readonly (string | null)[] | null>>();
is<Equal<(typeof quota.used)["NL"], number>>();
// @ts-expect-error optional is not undefined
export const explicit: Pick<ParcelDeliveredDetails, "contact"> = { contact: undefined };
export const openEnum: Carrier = "something newer";
export const answer: NonNullable<CarrierFailedDetails["answer"]> = "something newer";

// Names that every object has are properties like others.
is<Equal<ReservedWordsDetails["__proto__"], string>>();
is<Equal<ReservedWordsDetails["constructor"], string | undefined>>();

// Servers: details exactly where the code has them, the delay exactly where it carries Retry-After.
const issue: Issue = { path: "a", rule: "b", message: "c", received: null };
apiError("unauthorized");
apiError("unauthorized", { message: "m", cause: caught, requestId: "req_1" });
apiError("invalid_request", { details: { issues: [issue] } });
apiError("maintenance", { retryAfterMs: 1500 });
// @ts-expect-error a typo is caught
apiError("unauthorised");
// @ts-expect-error errors are not raised without the catalog
new ApiError({ status: 401, code: "unauthorised", message: "m" });
// @ts-expect-error details are required
apiError("invalid_request");
// @ts-expect-error details are required
apiError("invalid_request", { message: "m" });
// @ts-expect-error undefined is no details
apiError("invalid_request", { details: undefined });
// @ts-expect-error wrong details
apiError("invalid_request", { details: { issues: [{ path: "a" }] } });
// @ts-expect-error unknown property
apiError("invalid_request", { details: { issues: [], more: 1 } });
// @ts-expect-error this code has none
apiError("unauthorized", { details: {} });
// @ts-expect-error unknown option
apiError("unauthorized", { detail: {} });
// @ts-expect-error the delay is required
apiError("maintenance");
// @ts-expect-error no delay here
apiError("unauthorized", { retryAfterMs: 1500 });
declare const either: "unauthorized" | "invalid_request";
// @ts-expect-error one of the two needs details
apiError(either);
declare const anyCode: ErrorCode;
// @ts-expect-error some need details
apiError(anyCode, {});

export const invalid: ErrorBody<"invalid_request"> = errorBody("invalid_request", { details: { issues: [issue] }, message: "m", requestId: "req_1" });
errorBody("unauthorized");
errorBody("maintenance", { message: "m" });
// @ts-expect-error details are required
errorBody("invalid_request", { message: "m" });
// @ts-expect-error this code has none
errorBody("unauthorized", { details: {} });
// @ts-expect-error a cause is never sent
errorBody("unauthorized", { cause: caught });
// @ts-expect-error unknown code
errorBody("nope");
// @ts-expect-error one of the two needs details
errorBody(either, { message: "m" });

// What was caught can be passed on, also where it is one of several codes.
if (caught instanceof ApiError && hasCode(caught, "unauthorized", "invalid_request", "maintenance")) {
  passOn(caught);
  is<Equal<typeof caught.code, "unauthorized" | "invalid_request" | "maintenance">>();
  const body: ErrorBody<"unauthorized" | "invalid_request" | "maintenance"> = errorBody(caught.code, caught);
  use(body.error.message);
}
// Whatever is thrown is answered; without an internal code only an error of the API is.
const answer404 = errorResponse(caught, { requestId: "req_1" });
export const found: Response = Response.json(answer404.body, answer404);
withoutInternal.errorResponse(withoutInternal.apiError("NOT_FOUND"));
// @ts-expect-error no internal code
withoutInternal.errorResponse(caught);

is<Equal<RetryAfterCode, "rate_limited" | "maintenance">>();
is<Equal<typeof errorStatus.unauthorized, 401>>();
is<Equal<(typeof errorStatus)[ErrorCode], 400 | 401 | 402 | 404 | 409 | 410 | 422 | 429 | 500 | 502 | 503>>();

// Any headers do: of fetch, of axios, a Map, and plain objects.
retryDelay(decodeError(400, {}, new Headers()), 1);
decodeError(400, {}, new Map([["retry-after", "1"]]));
decodeError(400, {}, { get: (name: string) => name });
decodeError(400, {}, { "Retry-After": "1", "x-request-id": ["a", "b"] });
decodeError(400, {}, { "retry-after": undefined, age: 1 }, { cause: caught });
// @ts-expect-error a line is no headers
decodeError(400, {}, "retry-after: 1");
