package document

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// format is a JSON Schema format as an extension of the library.
type format string

// Validate holds a value against the format.
func (f format) Validate(at jsonschema.ValidationContext, value any) error {
	if hasFormat(string(f), value) {
		return nil
	}
	return at.Error("format", "no %s", f)
}

// hasFormat reports whether a value has a format. The library knows no sizes of integers, and takes some texts that RFC
// 3339 and RFC 5321 do not.
func hasFormat(name string, value any) bool {
	switch value := value.(type) {
	case json.Number:
		return name != "int32" && name != "int64" || isBetween(value, ranges[name])
	case string:
		switch {
		case name == "int32" || name == "int64":
			return true // of another type
		case !jsonschema.Formats[name](value):
			return false
		case name == "date-time":
			return strictTime().MatchString(value)
		case name == "email":
			return !lenientDomain().MatchString(value[strings.LastIndexByte(value, '@')+1:])
		}
	}
	return true
}

var ranges = map[string][2]int64{"int32": {math.MinInt32, math.MaxInt32}, "int64": {math.MinInt64, math.MaxInt64}}

func isBetween(number json.Number, bounds [2]int64) bool {
	v, ok := new(big.Rat).SetString(string(number))
	return ok && v.Cmp(new(big.Rat).SetInt64(bounds[0])) >= 0 && v.Cmp(new(big.Rat).SetInt64(bounds[1])) <= 0
}

var (
	// A sign is no digit: the library takes 12:-0:00.
	strictTime = Pattern(`^[0-9-]{10}[Tt][0-9:.]+([Zz]|[-+][0-9:]+)$`)
	// A label begins with no hyphen, and a number in brackets with no sign and no needless zero.
	lenientDomain = Pattern(`\.-|^\[(.*\.)?([-+]|0[0-9])`)
)
