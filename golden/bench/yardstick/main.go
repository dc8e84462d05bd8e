// Command yardstick is the unit of cost: it reads a catalog, decodes it with yaml.v3 into structs, and exits.
package main

import (
	"log"
	"os"

	"gopkg.in/yaml.v3"
)

type catalog struct {
	Version int
	Info    struct {
		Title, Summary, Internal, Intro string
		DocsURL                         string `yaml:"docsURL"`
		CodeStyle                       string `yaml:"codeStyle"`
	}
	Categories map[string]struct{ Title, Description string }
	Errors     map[string]code
	Types      map[string]any
	Retired    map[string]deprecation
	Sections   []struct{ Title, Body string }
}

type code struct {
	Status                      int
	Category, Meaning, Recovery string
	Message, Since              string
	Retryable                   *bool
	RetryAfter                  bool `yaml:"retryAfter"`
	Details                     map[string]any
	Examples                    []struct {
		Summary, Message string
		Details          map[string]any
	}
	Deprecated *deprecation
	SeeAlso    []string `yaml:"seeAlso"`
	Names      map[string]string
}

type deprecation struct{ Since, Use, Reason string }

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var c catalog
	if err := yaml.Unmarshal(text, &c); err != nil {
		log.Fatal(err)
	}
	if len(c.Errors) == 0 {
		log.Fatal("no errors in ", os.Args[1])
	}
}
