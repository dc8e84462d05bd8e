// Package schema holds the JSON Schemas of errgen's own files.
//
// All are JSON Schema 2020-12. Two annotations are errgen's own and stand beside the keywords they speak for:
// "x-expected" completes the sentence "expected …" when one of those keywords fails, and "x-rule" names the rule
// of that diagnostic. Neither speaks for additionalProperties or required.
package schema

import _ "embed"

// Errors is the JSON Schema of a catalog, errors.yaml.
//
//go:embed errors.schema.json
var Errors []byte

// Config is the JSON Schema of the configuration, errgen.yaml.
//
//go:embed config.schema.json
var Config []byte

// Target is the JSON Schema of a target's description, target.yaml.
//
//go:embed target.schema.json
var Target []byte

// Output is the JSON Schema of errors.json, which the target json writes.
//
//go:embed output.schema.json
var Output []byte
