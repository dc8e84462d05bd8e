// Prints the OpenAPI document of the pet shop as huma makes it of code.
package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

type pet struct {
	Body struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
}

type byID struct {
	PetID string `path:"petId"`
}

type change struct {
	byID
	pet
}

func main() {
	config := huma.DefaultConfig("Pet shop", "1")
	config.DocsPath, config.OpenAPIPath, config.SchemasPath = "", "", ""
	api := humago.New(http.NewServeMux(), config)
	operation := func(id, method, path string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path}
	}
	huma.Register(api, operation("listPets", "GET", "/pets"), handler[struct{}, pet])
	huma.Register(api, operation("createPet", "POST", "/pets"), handler[pet, pet])
	huma.Register(api, operation("getPet", "GET", "/pets/{petId}"), handler[byID, pet])
	huma.Register(api, operation("updatePet", "PUT", "/pets/{petId}"), handler[change, pet])
	huma.Register(api, operation("deletePet", "DELETE", "/pets/{petId}"), handler[byID, struct{}])
	huma.Register(api, operation("uploadPetPhoto", "PUT", "/pets/{petId}/photo"), handler[byID, struct{}])
	document, err := api.OpenAPI().YAML()
	if err == nil {
		_, err = os.Stdout.Write(document)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func handler[In, Out any](context.Context, *In) (*Out, error) { return new(Out), nil }
