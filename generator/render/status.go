package render

import (
	"slices"
	"strconv"

	"github.com/sigsentry/errgen/generator/catalog"
)

// reasons holds the reason phrases of the IANA HTTP status code registry, 200 to 599, and those of successes that APIs
// answer errors with.
var reasons = map[int]string{
	200: "OK", 201: "Created", 202: "Accepted", 203: "Non-Authoritative Information", 204: "No Content",
	205: "Reset Content", 206: "Partial Content", 207: "Multi-Status", 208: "Already Reported", 226: "IM Used",
	300: "Multiple Choices", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
	305: "Use Proxy", 307: "Temporary Redirect", 308: "Permanent Redirect",
	400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
	405: "Method Not Allowed", 406: "Not Acceptable", 407: "Proxy Authentication Required", 408: "Request Timeout",
	409: "Conflict", 410: "Gone", 411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large",
	414: "URI Too Long", 415: "Unsupported Media Type", 416: "Range Not Satisfiable", 417: "Expectation Failed",
	421: "Misdirected Request", 422: "Unprocessable Content", 423: "Locked", 424: "Failed Dependency",
	425: "Too Early", 426: "Upgrade Required", 428: "Precondition Required", 429: "Too Many Requests",
	431: "Request Header Fields Too Large", 451: "Unavailable For Legal Reasons", 500: "Internal Server Error",
	501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
	505: "HTTP Version Not Supported", 506: "Variant Also Negotiates", 507: "Insufficient Storage",
	508: "Loop Detected", 511: "Network Authentication Required",
}

// Reason returns the phrase of a status, or "" where the registry has none.
func Reason(status int) string { return reasons[status] }

// statusKeys returns what stands for a code's statuses: each, or the first digit of a class.
func statusKeys(s catalog.Status) []int {
	if s.Class > 0 {
		return []int{s.Class}
	}
	return s.Listed
}

// statusesOf returns the statuses of errors in ascending order, a class by its first digit behind its statuses.
func statusesOf(errors []*catalog.Error) []int {
	var all []int
	for _, e := range errors {
		all = append(all, statusKeys(e.Status)...)
	}
	slices.SortFunc(all, compareStatus)
	return slices.Compact(all)
}

// statusLabel returns a status, or a class as OpenAPI has it in its responses: 4XX.
func statusLabel(status int) string {
	if status < 10 {
		return strconv.Itoa(status) + "XX"
	}
	return strconv.Itoa(status)
}
