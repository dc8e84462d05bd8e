// What the generators made of the pet shop's own document, after the overlay, knows the codes of each call and no
// others. Only compiled, never run.
import createClient from "openapi-fetch";
import type { DeletePetErrors, GetPetErrors, UpdatePetErrors } from "./build/operations/hey-api/types.gen.js";
import type { paths } from "./build/operations/paths.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<T extends true>(): T;
type Common = "RATE_LIMITED" | "INTERNAL_ERROR" | "UNAVAILABLE";
type UpdatePet = "UNAUTHORIZED" | "FORBIDDEN" | "VALIDATION_ERROR" | "PET_NOT_FOUND" | "OWNER_NOT_FOUND" | "NAME_TAKEN" | "PET_ADOPTED" | Common;

const api = createClient<paths>({ baseUrl: "https://api.example.com" });

export async function updatePet(): Promise<string | undefined> {
  const { error } = await api.PUT("/pets/{petId}", { params: { path: { petId: "1" } }, body: { id: "1", name: "Rex" } });
  if (!error) return undefined;
  is<Equal<typeof error.error.code, UpdatePet>>();
  // @ts-expect-error the code of another call
  if (error.error.code === "PHOTO_TOO_LARGE") return "";
  if (error.error.code === "VALIDATION_ERROR") return error.error.details.issues[0]?.path;
  return error.error.code === "OWNER_NOT_FOUND" ? error.error.details.ownerId : error.error.message;
}

// The document answers 401 by hand here, in another form: the overlay has replaced it.
export async function listPets(): Promise<void> {
  const { error } = await api.GET("/pets");
  if (error) is<Equal<typeof error.error.code, "UNAUTHORIZED" | Common>>();
}

export async function getPet(): Promise<string> {
  const { error } = await api.GET("/pets/{petId}", { params: { path: { petId: "1" } } });
  if (!error) return "";
  const problem = error.error;
  switch (problem.code) {
    case "PET_NOT_FOUND":
      return problem.details.petId;
    case "UNAUTHORIZED":
    case "RATE_LIMITED":
    case "INTERNAL_ERROR":
    case "UNAVAILABLE":
      return problem.message;
    // @ts-expect-error the code of another call
    case "NAME_TAKEN":
      return "";
    default:
      return problem satisfies never;
  }
}

// hey-api has them by status.
is<Equal<UpdatePetErrors[404]["error"]["code"], "PET_NOT_FOUND" | "OWNER_NOT_FOUND">>();
is<Equal<DeletePetErrors[404]["error"]["code"], "PET_NOT_FOUND">>();
is<Equal<GetPetErrors[keyof GetPetErrors]["error"]["code"], "UNAUTHORIZED" | "PET_NOT_FOUND" | Common>>();
// @ts-expect-error a status of another call
export type Conflict = GetPetErrors[409];
