package lint

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var secretField = rule{
	Rule: diag.Rule{
		Name: "secret-field",
		Reason: "The details of an error are logged, sent to error trackers, pasted into chats and shown in support " +
			"tickets: by the client, out of the server's reach. A password, a token or a social security number does not " +
			"belong there, not even back to whoever sent it. Only the end of a name counts, so that tokenType or " +
			"passwordLength are left alone, as are truth values, fixed values and the tokens of pagination.",
		Bad: "\n" + code("LOGIN_FAILED", 401, "No account has this name and password",
			requiring("password", "{type: string, description: As it was sent}"),
			"examples: [{details: {password: hunter2}}]"),
		Good: "\n" + code("LOGIN_FAILED", 401, "No account has this name and password",
			requiring("attemptsLeft", "{type: integer, description: Attempts until the account is locked}"),
			"examples: [{details: {attemptsLeft: 2}}]"),
	},
	severity: diag.Warning,
	check: func(p *pass) {
		p.EachSchema(func(s *catalog.Schema) {
			for _, property := range s.Properties {
				if holdsSecret(property.Name, property.Schema) {
					message := "the property " + diag.Quote(property.Name) + " seems to hold a secret"
					p.report(property.Schema.Node, message, "leave it out, or name what it is, such as its id or last digits")
				}
			}
		})
	},
}

// What ends the names of fields that hold a secret, in the singular and without anything between the words: of texts,
// and of numbers as well.
var (
	secretTexts = strings.Fields(`password passwd pwd passphrase secret token jwt bearer
		apikey secretkey privatekey accesskey signingkey encryptionkey
		credential authorization cookie sessionid`)
	secretNumbers = strings.Fields(`passcode ssn socialsecuritynumber cvv cvv2 cvc pin otp
		cardnumber creditcard creditcardnumber`)
)

// Words behind a secret that leave it one.
var disguises = []string{"value", "text", "plain", "raw", "string", "hash", "hashed"}

// Words before token that make it a place in a list.
var pagination = []string{"page", "next", "previous", "prev", "continuation", "sync", "cursor"}

// holdsSecret reports whether a property's name suggests a secret, and its schema a value that can be one: not a fixed
// value or a time.
func holdsSecret(name string, s *catalog.Schema) bool {
	s = s.Resolve()
	for s.Item != nil {
		s = s.Item.Resolve()
	}
	switch s.Kind {
	case catalog.String:
		fixed := s.Const != nil || len(s.Enum) > 0 && !s.Open
		return !fixed && s.Format != "date-time" && s.Format != "date" && s.Format != "duration" &&
			(endsIn(name, secretTexts) || endsIn(name, secretNumbers))
	case catalog.Integer:
		return endsIn(name, secretNumbers)
	}
	return false
}

func endsIn(name string, secrets []string) bool {
	parts := slices.Collect(catalog.Words(name))
	for i := range parts {
		parts[i] = strings.ToLower(parts[i])
	}
	for len(parts) > 1 && slices.Contains(disguises, parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	for i := range parts {
		end := toSingular(strings.Join(parts[i:], ""))
		if slices.Contains(secrets, end) {
			return end != "token" || i == 0 || !slices.Contains(pagination, parts[i-1])
		}
	}
	return false
}
