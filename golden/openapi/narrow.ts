// What the generators made of a bundle narrows on error.error.code, in both OpenAPI versions. Only compiled, never run.
import type { components, paths } from "./build/openapi-typescript.js";
import type { components as components30, paths as paths30 } from "./build/openapi-typescript-3.0.js";
import type { GetParcelErrors, SendParcelErrors } from "./build/hey-api/types.gen.js";
import type { GetParcelErrors as GetParcelErrors30, SendParcelErrors as SendParcelErrors30 } from "./build/hey-api-3.0/types.gen.js";

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

// Any error of the API.
export function any({ error }: Get<"default">): string | undefined {
  switch (error.code) {
    case "invalid_request":
      return error.details.issues[0]?.received ?? error.details.issues[0]?.path;
    case "address_problem":
      return error.details.given.lines[0];
    case "route_impossible":
      return error.details.distances[0]?.[0]?.toFixed() ?? error.details.detour?.hours?.toFixed();
    case "parcel_not_found":
      return error.details.parcelId;
    case "parcel_delivered":
      return error.details.scans?.[0] ?? error.details.deliveredAt;
    case "quota_exceeded":
      return error.details.owners?.["NL"]?.email ?? error.details.used["NL"]?.toFixed();
    case "rate_limited":
      return error.details.window;
    case "carrier_failed":
      return error.details.fallback ?? error.details.carrier;
    case "unauthorized":
    case "token_missing":
    case "label_voided":
    case "storage_failed":
    case "internal_error":
    case "maintenance":
      return error.requestId;
    default:
      return error satisfies never;
  }
}

is<Equal<components["schemas"]["InvalidRequest"]["code"], "invalid_request">>();
is<Equal<components30["schemas"]["InvalidRequest"]["code"], "invalid_request">>();
