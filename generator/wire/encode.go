package wire

import (
	"cmp"
	"strconv"
	"time"

	"github.com/sigsentry/errgen/generator/document"
)

// Error is what a body tells: all that the placeholders stand for.
type Error struct {
	Code       string
	Message    string
	Title      string
	Category   string
	DocsURL    string
	Status     int            // 0: none
	RequestID  string         // empty: not known
	RetryAfter time.Duration  // 0: none
	Details    *document.Node // nil: none
	Body       []byte         // of a decoded error: what came
}

// Encode returns the body that carries e. Members whose value is absent are left out, and so is an object that stays
// empty. The body never does, since it has the code.
func (v *Envelope) Encode(e Error) *document.Node { return v.Root.encode(&e) }

// Sample returns a body that shows what may come: that of e, and made up what e does not know of a request.
func (v *Envelope) Sample(e Error) *document.Node {
	if e.RequestID == "" {
		e.RequestID = "req_4f1c9a"
	}
	if e.RetryAfter == 0 {
		e.RetryAfter = SampleDelay
	}
	return v.Encode(e)
}

// SampleDelay is what an error shows that comes with a delay.
const SampleDelay = 30 * time.Second

// Written returns the body with its placeholders, as info.envelope has it.
func (v *Envelope) Written() *document.Node { return v.Root.written() }

func (n *Node) written() *document.Node {
	switch n.Kind {
	case Constant:
		return n.JSON
	case Array:
		return document.NewList(n.Item.written())
	case Object:
		members := make([]document.Member, len(n.Members))
		for i, m := range n.Members {
			members[i] = document.Member{Key: m.Key, Value: m.Node.written()}
		}
		return document.NewMap(members...)
	}
	placeholder := cmp.Or(n.Name, "details")
	if n.As != "" {
		placeholder += " as " + n.As
	}
	return document.NewString(n.Prefix + "{" + placeholder + "}" + n.Suffix)
}

// encode returns nil for what is absent.
func (n *Node) encode(e *Error) *document.Node {
	switch n.Kind {
	case Constant:
		return n.JSON
	case Value:
		return n.value(e)
	case Array:
		if item := n.Item.encode(e); item != nil {
			return document.NewList(item)
		}
		return nil
	}
	var members []document.Member
	for _, m := range n.Members {
		if m.Node.Kind == Spread {
			members = append(members, n.spread(e.Details)...)
		} else if value := m.Node.encode(e); value != nil {
			members = append(members, document.Member{Key: m.Key, Value: value})
		}
	}
	if len(members) == 0 {
		return nil
	}
	return document.NewMap(members...)
}

// spread returns the members of details that stand beside the envelope's own, which win.
func (n *Node) spread(details *document.Node) []document.Member {
	var members []document.Member
	for key, value := range details.Members() {
		if n.keyOf(key.Text) == nil {
			members = append(members, document.Member{Key: key.Text, Value: value})
		}
	}
	return members
}

func (n *Node) value(e *Error) *document.Node {
	switch n.Name {
	case "code":
		return n.code(e.Code)
	case "message":
		return document.NewString(e.Message)
	case "title":
		return given(e.Title)
	case "category":
		return given(e.Category)
	case "docsURL":
		return given(e.DocsURL)
	case "requestId":
		return given(e.RequestID)
	case "status":
		return n.status(e.Status)
	case "retryAfter":
		return n.delay(e.RetryAfter)
	}
	return present(e.Details)
}

func given(s string) *document.Node {
	if s == "" {
		return nil
	}
	return document.NewString(s)
}

// present returns nil for null too.
func present(n *document.Node) *document.Node {
	if n == nil || n.Kind == document.Null {
		return nil
	}
	return n
}

func (n *Node) code(code string) *document.Node {
	if n.As == "integer" && isInteger(code) {
		i, _ := strconv.ParseInt(code, 10, 64)
		return document.NewInt(i)
	}
	return document.NewString(n.Prefix + code + n.Suffix)
}

// The largest number below which every integer is one in JavaScript and in other programs that have only float64
// (RFC 8259 section 6).
const safe = 1<<53 - 1

// isInteger reports whether a code can be sent as a number and be the same code when it comes back.
func isInteger(code string) bool {
	i, err := strconv.ParseInt(code, 10, 64)
	return err == nil && i >= -safe && i <= safe && strconv.FormatInt(i, 10) == code
}

func (n *Node) status(status int) *document.Node {
	switch {
	case status == 0:
		return nil
	case n.As == "string":
		return document.NewString(strconv.Itoa(status))
	}
	return document.NewInt(int64(status))
}

// delay rounds up, so that nobody comes back too early.
func (n *Node) delay(d time.Duration) *document.Node {
	if d <= 0 {
		return nil
	}
	unit := unitOf(n.As)
	return document.NewInt(int64((d-1)/unit) + 1)
}

func unitOf(as string) time.Duration {
	if as == "milliseconds" {
		return time.Millisecond
	}
	return time.Second
}
