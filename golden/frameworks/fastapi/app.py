"""Prints the OpenAPI document of the pet shop as FastAPI makes it of code."""

import json

from fastapi import FastAPI
from pydantic import BaseModel


class Pet(BaseModel):
    id: str
    name: str


app = FastAPI(title="Pet shop")


@app.get("/pets", operation_id="listPets")
def list_pets() -> list[Pet]:
    return []


@app.post("/pets", operation_id="createPet", status_code=201)
def create_pet(pet: Pet) -> Pet:
    return pet


@app.get("/pets/{petId}", operation_id="getPet")
def get_pet(petId: str) -> Pet:
    return Pet(id=petId, name="Rex")


@app.put("/pets/{petId}", operation_id="updatePet")
def update_pet(petId: str, pet: Pet) -> Pet:
    return pet


@app.delete("/pets/{petId}", operation_id="deletePet", status_code=204)
def delete_pet(petId: str) -> None:
    return None


@app.put("/pets/{petId}/photo", operation_id="uploadPetPhoto", status_code=204)
def upload_photo(petId: str) -> None:
    return None


print(json.dumps(app.openapi()))
