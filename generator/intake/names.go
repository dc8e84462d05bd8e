package intake

import (
	"slices"
	"strings"
)

// What columns and fields are called, folded. In strong names nothing but a code stands, or a number.
var (
	strongNames = strings.Fields("code codes errorcode errorcodes errcode apicode apierrorcode errorcodename codename " +
		"codestring")
	weakNames = strings.Fields("name id identifier key error errors reason slug constant enum value symbol errorname " +
		"errorid errorkey")
	numberNames = strings.Fields("number num no id code value errno errornumber errorcode numeric key")

	meaningNames = strings.Fields("description desc summary message msg text title explanation errormessage " +
		"errordescription cause definition when whathappened detail comment value")
	recoveryNames = strings.Fields("recovery resolution solution remedy howtofix howtoresolve whattodo remediation " +
		"suggestedaction fix recommendedaction howtorecover")
	statusNames = strings.Fields("status http statuscode httpcode responsecode httpresponse responsestatus")
)

// exactNames are names that say what a catalog's fields say.
var exactNames = map[string]string{
	"meaning": "meaning", "category": "category", "group": "category", "section": "category", "retryable": "retryable",
	"isretryable": "retryable", "retry": "retryable", "retryafter": "retryAfter", "since": "since", "docsurl": "docsURL",
	"details": "details", "detailsschema": "details", "symbol": "symbol",
}

// besideMeaning are names that say what they are called once the meaning is certain.
var besideMeaning = map[string]string{"message": "message", "description": "description", "title": "title"}

// fieldOf returns the field of a catalog that a name stands for, or "".
func fieldOf(name string) string {
	if slices.Contains(recoveryNames, name) {
		return "recovery"
	}
	return exactNames[name]
}

func isStatusName(name string) bool {
	return slices.Contains(statusNames, name) || strings.Contains(name, "httpstatus") ||
		strings.HasPrefix(name, "http") && strings.HasSuffix(name, "code") || strings.HasSuffix(name, "statuscode")
}

// isClass reports whether a name tells that it holds the kind of an error, and no code.
func isClass(name string) bool {
	for _, word := range strings.Fields("type class kind category group severity level") {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
