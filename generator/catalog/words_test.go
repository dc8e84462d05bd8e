package catalog

import (
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"NOT_FOUND": "NOT FOUND", "requestId": "request Id", "HTTPSRequired": "HTTPS Required",
		"auth.token_expired": "auth token expired", "OAuth2Scope3D": "O Auth2 Scope3 D", "not there": "not there", "with-dash": "with dash", "2FA_REQUIRED": "2FA REQUIRED",
		"__proto__": "proto", "größe": "gr U00F6 U00DF e", "日本": "U65E5 U672C", "--": "U002D U002D", "a": "a", "aB": "a B",
	} {
		if got := strings.Join(slices.Collect(Words(text)), " "); got != want {
			t.Errorf("the words of %q are %q, expected %q", text, got, want)
		}
	}
}
