// What an operation can return, for those who call it. Only compiled, never run.
import { decodeResponse, hasCode } from "../operations/want/typescript/errors.ts";
import type { ErrorCode, ErrorOf, KnownError, Operation, OperationErrors } from "../operations/want/typescript/errors.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<T extends true>(): T;

is<Equal<Operation, "listPets" | "createPet" | "getPet" | "updatePet" | "deletePet" | "uploadPetPhoto">>();
is<Equal<OperationErrors["getPet"], "UNAUTHORIZED" | "PET_NOT_FOUND" | "RATE_LIMITED" | "INTERNAL_ERROR" | "UNAVAILABLE">>();
is<Equal<ErrorOf<"getPet">["code"], OperationErrors["getPet"]>>();
export const wider: KnownError = {} as ErrorOf<"getPet">;
export type Codes<O extends Operation> = OperationErrors[O] extends ErrorCode ? O : never;
// @ts-expect-error not an operation
export type Misspelt = ErrorOf<"getPets">;

// A switch over the errors of a call is exhaustive, and details are typed.
export function explain(error: ErrorOf<"getPet">): string {
  switch (error.code) {
    case "PET_NOT_FOUND":
      return error.details.petId;
    case "UNAUTHORIZED":
    case "INTERNAL_ERROR":
      return error.code;
    case "RATE_LIMITED":
    case "UNAVAILABLE":
      return "later";
    default:
      return error satisfies never;
  }
}

export function incomplete(error: ErrorOf<"deletePet">): string {
  switch (error.code) {
    // @ts-expect-error deletePet does not return it
    case "NAME_TAKEN":
      return "taken";
    case "PET_ADOPTED":
      return "adopted";
    default:
      // @ts-expect-error the other codes are missing
      return error satisfies never;
  }
}

export async function call(response: Response): Promise<string | undefined> {
  const error = await decodeResponse(response);
  if (hasCode(error, "PET_NOT_FOUND", "UNAUTHORIZED")) return explain(error);
  // @ts-expect-error getPet does not return it
  if (hasCode(error, "PET_ADOPTED")) return explain(error);
  return undefined;
}
