// What must compile and, after @ts-expect-error, what must not. Only compiled, never run.
import { ApiError, decodeError, decodeResponse, errorBody, errorMessages, errorResponse, errorStatus, hasCode, isKnownError, isRetryable } from "../every-field/want/typescript/errors.ts";
import type { AnyError, Carrier, CarrierFailedDetails, ErrorBody, ErrorCode, ErrorDetails, Issue, KnownError, ParcelDeliveredDetails, QuotaExceededDetails, ResponseLike, RetryAfterCode, RouteImpossibleDetails } from "../every-field/want/typescript/errors.ts";
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

// KnownError is an AnyError, not the other way round; so is an ApiError.
export const open: AnyError = known;
// @ts-expect-error AnyError is open
export const closed: KnownError = any;
export const fromClass: AnyError = new ApiError({ status: 404, code: "parcel_not_found", message: "x" });
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
export const invalid: ErrorBody<"invalid_request"> = errorBody("invalid_request", "m", { issues: [issue] });
errorBody("invalid_request", "m", { issues: [] }, "req_1");
errorBody("unauthorized", "m");
errorBody("unauthorized", "m", undefined, "req_1");
// @ts-expect-error details are required
errorBody("invalid_request", "m");
// @ts-expect-error undefined is no details
errorBody("invalid_request", "m", undefined);
// @ts-expect-error wrong details
errorBody("invalid_request", "m", { issues: [{ path: "a" }] });
// @ts-expect-error unknown property
errorBody("invalid_request", "m", { issues: [], more: 1 });
// @ts-expect-error this code has none
errorBody("unauthorized", "m", {});
// @ts-expect-error unknown code
errorBody("nope", "m");
declare const either: "unauthorized" | "invalid_request";
// @ts-expect-error one of the two needs details
errorBody(either, "m");

is<Equal<RetryAfterCode, "rate_limited" | "maintenance">>();
const maintenance = errorResponse(errorBody("maintenance", "m"), 1500);
is<Equal<typeof maintenance.status, 503>>();
// @ts-expect-error the delay is required
errorResponse(errorBody("maintenance", "m"));
// @ts-expect-error no delay here
errorResponse(errorBody("unauthorized", "m"), 1500);
export const found = Response.json(maintenance.body, maintenance);
errorResponse(invalid);
is<Equal<typeof errorStatus.unauthorized, 401>>();
is<Equal<(typeof errorStatus)[ErrorCode], 400 | 401 | 402 | 404 | 409 | 410 | 422 | 429 | 500 | 502 | 503>>();

// Any headers do: of fetch, of axios, a Map.
isRetryable(new ApiError({ status: 503, code: "", message: "" }));
decodeError(400, {}, new Headers());
decodeError(400, {}, new Map([["retry-after", "1"]]));
decodeError(400, {}, { get: (name: string) => name });
