package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// Schema is one of errgen's own JSON Schemas (2020-12). It explains what does not fit in errgen's own sentences.
// Two annotations of its text help: "x-expected" completes the words "expected …", and "x-rule" names the rule that a
// failure there breaks.
type Schema struct {
	compiled *jsonschema.Schema
	text     any // as decoded
}

// MustCompile compiles a schema that errgen itself holds. The parts that opaque names (JSON pointers) accept
// everything: other code looks into those.
func MustCompile(text []byte, opaque ...string) *Schema {
	s := &Schema{}
	err := json.Unmarshal(text, &s.text)
	if err != nil {
		panic(err)
	}
	for _, pointer := range opaque {
		clear(follow(s.text, pointer).(map[string]any))
	}
	if whole, is := s.text.(map[string]any); is {
		delete(whole, "$schema") // which comes before the draft of the compiler
	}
	pruned, err := json.Marshal(s.text)
	if err != nil {
		panic(err)
	}
	const address = "errgen:///schema.json"
	c := jsonschema.NewCompiler()
	c.Draft, c.AssertFormat, c.LoadURL = draftFor(text), true, refuseToLoad
	if err = c.AddResource(address, bytes.NewReader(pruned)); err == nil {
		s.compiled, err = c.Compile(address)
	}
	if err != nil {
		panic(err)
	}
	return s
}

// draftFor returns the draft that a schema is compiled by. All that errgen's schemas say means the same in draft 7, if
// it is no tuple and nothing but annotations stands beside a $ref; and draft 7's metaschema takes the library half the
// time.
func draftFor(text []byte) *jsonschema.Draft {
	if bytes.Contains(text, []byte(`"prefixItems"`)) {
		return jsonschema.Draft2020
	}
	return jsonschema.Draft7
}

// refuseToLoad keeps the library from files and the network: nothing is ever read because a schema says so.
func refuseToLoad(address string) (io.ReadCloser, error) {
	return nil, fmt.Errorf("the reference to %s leads out of the schema", address)
}

// follow returns what a JSON pointer names in a decoded value, or nil.
func follow(value any, pointer string) any {
	if pointer == "" {
		return value
	}
	for segment := range strings.SplitSeq(pointer[1:], "/") {
		switch inside := value.(type) {
		case map[string]any:
			value = inside[unescape.Replace(segment)]
		case []any:
			i, err := strconv.Atoi(segment)
			if err != nil || i < 0 || i >= len(inside) {
				return nil
			}
			value = inside[i]
		default:
			return nil
		}
	}
	return value
}
