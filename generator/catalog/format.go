package catalog

import (
	"net"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"github.com/sigsentry/errgen/generator/document"
)

// hasFormat tells whether a value of the right kind has a format.
func hasFormat(format string, n *document.Node) bool {
	switch format {
	case "int32":
		v := n.Exact().Num()
		return v.IsInt64() && v.Int64() == int64(int32(v.Int64()))
	case "int64":
		return n.Exact().Num().IsInt64()
	case "date-time":
		return isDateTime(n.Text)
	case "date":
		return isDate(n.Text)
	case "uuid":
		return isUUID(n.Text)
	case "uri":
		return isURI(n.Text)
	case "email":
		return isEmail(n.Text)
	case "duration":
		return duration().MatchString(n.Text)
	}
	return true
}

// isDateTime holds text against RFC 3339 section 5.6, where letters have no case and the last second of a day in UTC may be a leap second. The time package knows no leap
// second, and takes what RFC 3339 does not, such as an hour of one digit.
func isDateTime(s string) bool {
	if !dateTime().MatchString(s) {
		return false
	}
	leap := s[17:19] == "60"
	if leap {
		s = s[:17] + "59" + s[19:]
	}
	t, err := time.Parse(time.RFC3339, strings.ToUpper(s))
	t = t.UTC()
	return err == nil && (!leap || t.Hour() == 23 && t.Minute() == 59)
}

var dateTime = document.Pattern(`^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?([Zz]|[-+]([01][0-9]|2[0-3]):[0-5][0-9])$`)

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func isUUID(s string) bool {
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if !strings.ContainsRune("0123456789abcdefABCDEF", rune(s[i])) {
				return false
			}
		}
	}
	return len(s) == 36
}

func isURI(s string) bool {
	u, err := url.Parse(s)
	if err != nil || !u.IsAbs() {
		return false
	}
	host := u.Hostname()
	return !strings.Contains(host, ":") || strings.HasPrefix(u.Host, "[") && net.ParseIP(host) != nil
}

// isEmail holds text against RFC 5321 section 4.1.2, but does not look at the local part before an address in brackets.
func isEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if len(s) > 254 || at < 0 || at > 64 {
		return false
	}
	domain := s[at+1:]
	if strings.HasPrefix(domain, "[") && strings.HasSuffix(domain, "]") {
		address, isV6 := strings.CutPrefix(domain[1:len(domain)-1], "IPv6:")
		return net.ParseIP(address) != nil && strings.Contains(address, ":") == isV6
	}
	_, err := mail.ParseAddress(s)
	return err == nil && isHostname(domain)
}

// isHostname holds text against RFC 1123 section 2.1.
func isHostname(s string) bool {
	s = strings.TrimSuffix(s, ".")
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") || strings.ContainsFunc(label, notInHostname) {
			return false
		}
	}
	return len(s) <= 253
}

func notInHostname(r rune) bool {
	return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}

// duration is that of RFC 3339 appendix A.
var duration = document.Pattern(`^P(\d+W|` + days + `(` + clock + `)?|` + clock + `)$`)

const (
	days  = `(\d+Y(\d+M(\d+D)?)?|\d+M(\d+D)?|\d+D)`
	clock = `T(\d+H(\d+M(\d+S)?)?|\d+M(\d+S)?|\d+S)`
)
