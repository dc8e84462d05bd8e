// What the generators made of a bundle narrows on error.error.code, in both OpenAPI versions. Only compiled, never run.
import type { components, paths } from "./build/openapi-typescript.js";
import type { components as components30, paths as paths30 } from "./build/openapi-typescript-3.0.js";
import type { GetParcelErrors, SendParcelErrors } from "./build/hey-api/types.gen.js";
import type { GetParcelErrors as GetParcelErrors30, SendParcelErrors as SendParcelErrors30 } from "./build/hey-api-3.0/types.gen.js";

import type { components as flat } from "./build/documents/envelope-flat-errors.openapi.js";
import type { components as flat30 } from "./build/documents/envelope-flat-errors.openapi-3.0.js";
import type { components as list } from "./build/documents/envelope-list-errors.openapi.js";
import type { components as list30 } from "./build/documents/envelope-list-errors.openapi-3.0.js";
import type { components as low } from "./build/documents/envelope-low-errors.openapi.js";
import type { components as low30 } from "./build/documents/envelope-low-errors.openapi-3.0.js";
import type { components as nested } from "./build/documents/envelope-nested-errors.openapi.js";
import type { components as nested30 } from "./build/documents/envelope-nested-errors.openapi-3.0.js";
import type { components as problem } from "./build/documents/envelope-problem-errors.openapi.js";
import type { components as problem30 } from "./build/documents/envelope-problem-errors.openapi-3.0.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<T extends true>(): T;
type Body<Response> = Response extends { content: { "application/json": infer B } } ? B : never;
type Get<Status extends keyof GetParcelErrors & keyof paths["/parcels/{parcelId}"]["get"]["responses"]> =
  | Body<paths["/parcels/{parcelId}"]["get"]["responses"][Status]>
  | Body<paths30["/parcels/{parcelId}"]["get"]["responses"][Status]>
  | GetParcelErrors[Status]
  | GetParcelErrors30[Status];

// The codes of one status, no more.
export function byStatus(body: Get<422>): string | undefined {
  is<Equal<typeof body.success, false>>();
  switch (body.error.code) {
    case "address_problem":
      return body.error.details.suggestion?.country;
    case "route_impossible":
      return body.error.details.worst?.parcelId;
    default:
      return body.error satisfies never;
  }
}

export function oneCode(body: Get<404>): string {
  is<Equal<typeof body.error.code, "parcel_not_found">>();
  return body.error.details.parcelId;
}

export function withoutDetails(body: Get<401>): void {
  is<Equal<typeof body.error.code, "unauthorized" | "token_missing">>();
  // @ts-expect-error these codes have no details
  void body.error.details;
}

export function ownChoice(body: Body<paths["/parcels"]["post"]["responses"][409]> | Body<paths30["/parcels"]["post"]["responses"][409]> | SendParcelErrors[409] | SendParcelErrors30[409]): string | null | undefined {
  if (body.error.code === "quota_exceeded") return body.error.details.services["NL"]?.[0];
  is<Equal<typeof body.error.code, "parcel_delivered">>();
  return body.error.details.claimUntil;
}

// Any error of the API, also one that is newer than the document: the code is any text, and so its details are any.
export function any({ error }: Get<"default">): string | undefined {
  is<Equal<typeof error.code, string>>();
  is<Equal<typeof error.message, string>>();
  return error.details?.["anything"] === undefined ? error.requestId : undefined;
}

is<Equal<components["schemas"]["ApiErrorInvalidRequest"]["code"], "invalid_request">>();
is<Equal<components30["schemas"]["ApiErrorInvalidRequest"]["code"], "invalid_request">>();

// Other envelopes: the code narrows wherever it stands, and details stand beside it.
type Answer<C extends { responses: object }, Name extends keyof C["responses"], Type extends string> = C["responses"][Name] extends { content: Record<Type, infer B> } ? B : never;

export function narrowProblem(body: Answer<problem | problem30, "Status409", "application/problem+json">): string | undefined {
  is<Equal<typeof body.status, 409>>();
  if (body.code === "BOOK_LENT") return body.due;
  is<Equal<typeof body.code, "LOAN_LIMIT_REACHED">>();
  return body.loans[0]?.isbn ?? body.oldest?.state;
}

export function narrowNested({ error }: Answer<nested | nested30, "Status400", "application/json">): string | undefined {
  is<Equal<typeof error.type, "request">>();
  if (error.code === "parameter_unknown") return error.known?.["amount"];
  is<Equal<typeof error.code, "parameter_missing">>();
  // @ts-expect-error only the other code has it
  void error.known;
  return error.param;
}

export function narrowList(body: Answer<list | list30, "Status422", "application/vnd.api+json">): string | undefined {
  const error = body.errors[0];
  is<Equal<NonNullable<typeof error>["status"], "422">>();
  if (error?.code !== "INVALID_ATTRIBUTE") return error?.code satisfies "TITLE_TAKEN" | undefined;
  return error.allowed?.[0] ?? error.source.pointer ?? error.meta.requestId;
}

export function narrowFlat(body: Answer<flat | flat30, "Status400" | "Status404", "application/json">): string | undefined {
  if (body.code === 20404) return body.status satisfies 404 && body.more_info;
  is<Equal<typeof body.code, 21211>>();
  return body.details.to;
}

// Where errors come with 200, an operation answers with a success or one of these.
type Success = { ok: true; channel: string };
type Low = low["schemas"]["ApiErrorStatus200"] | low30["schemas"]["ApiErrorStatus200"];
export function narrowLow(body: Success | Low): number | string {
  if (body.ok) return body.channel;
  is<Equal<typeof body.version, 2>>();
  if (body.error === "msg_too_long") return body.limit;
  return body.error satisfies "channel_not_found";
}

export function newer(body: Answer<problem | problem30, "Default", "application/problem+json">): unknown {
  is<Equal<typeof body.code, string>>();
  return body["anything"];
}
