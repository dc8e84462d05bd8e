package golden

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/wire"
)

// message returns a response that the client says something about.
func (h told) message(t *testing.T, key string) (status int, header http.Header, body []byte) {
	t.Helper()
	head, rest, found := strings.Cut(h.values[key], "\n\n")
	if !found {
		return 0, nil, nil
	}
	lines := strings.Split(head, "\n")
	status, err := strconv.Atoi(lines[0])
	if err != nil {
		t.Fatalf("%v in %.200q", err, h.values[key])
	}
	header = http.Header{}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		header.Add(name, value)
	}
	return status, header, []byte(rest)
}

func (h told) number(t *testing.T, key string) float64 {
	t.Helper()
	if h.values[key] == "" {
		return 0
	}
	number, err := strconv.ParseFloat(h.values[key], 64)
	if err != nil {
		t.Fatal(key, err)
	}
	return number
}

// sight is what the client sees, but for details.
func (h told) sight(t *testing.T) sight {
	t.Helper()
	return sight{
		Code: h.values["code"], Message: h.values["message"], RequestID: h.values["requestId"],
		Retryable: h.values["retryable"] == "true", RetryAfter: h.number(t, "retryAfter"),
		Status: int(h.number(t, "status")),
	}
}

// details are those that the client sees; the typed ones are those of the error that it raises again.
func (h told) details(t *testing.T, c *catalog.Catalog) (typed, raw any) {
	t.Helper()
	if text := h.values["rawDetails"]; text != "" {
		json.Unmarshal([]byte(text), &raw) // whose numbers may be beyond a double: that is open
	}
	if status, _, body := h.message(t, "raised"); body != nil {
		e, _ := c.Envelope.Decode(wire.Response{Status: max(status, 400), Body: body}, nil)
		if e.Details != nil {
			fromJSON(t, jsonOf(e.Details), &typed)
		} else if reads := c.Envelope.Reads.Details; reads != nil && reads.Spread && promisesDetails(c, e.Code) {
			typed = map[string]any{} // nothing beside the code are details without members
		}
	}
	return typed, raw
}

// exchangesOf makes of vectors what talk takes.
func exchangesOf(t *testing.T, catalog string, vectors []vector) []exchange {
	t.Helper()
	all := make([]exchange, len(vectors))
	for i, v := range vectors {
		header := http.Header{}
		for name, value := range v.Headers {
			header.Set(name, value)
		}
		all[i] = exchange{Package: catalog, Status: v.Status, Header: header, Body: append([]byte{}, v.sent(t)...)}
	}
	return all
}

// seen has the client read responses. All get to know what it sends on.
func (l *language) seen(t *testing.T, all []exchange) []sight {
	t.Helper()
	seen := make([]sight, len(all))
	for i, h := range l.talk(t, all) {
		seen[i] = h.sight(t)
		seen[i].Details, seen[i].RawDetails = h.details(t, l.catalogs[identifier(all[i].Package)])
		if status, header, body := h.message(t, "sent"); body != nil {
			all[i].Seen = &seenError{Sent: sentError{status, header, body}}
		}
	}
	return seen
}

// readVectors: clients see in the vectors what these say, and send them on as they came.
func (l *language) readVectors(t *testing.T) {
	var all []exchange
	vectors := make([][]vector, len(catalogs))
	for i, c := range catalogs {
		vectors[i] = readVectors(t, c.name)
		all = append(all, exchangesOf(t, packageOf(c.folder), vectors[i])...)
	}
	seen := l.seen(t, all)
	compareReturned(t, all)
	for i, c := range catalogs {
		n := len(vectors[i])
		for j := range n {
			vectors[i][j].Sees.Details, seen[j].Details = coarse(vectors[i][j].Sees.Details), coarse(seen[j].Details)
		}
		compareSights(t, l.name+" "+c.name, vectors[i], seen[:n])
		seen = seen[n:]
	}
}

// coarse returns typed details as all languages have them, with times that are exact to the microsecond: some languages
// have no finer ones.
func coarse(details any) any {
	switch value := comparable(details).(type) {
	case map[string]any:
		for name, member := range value {
			value[name] = coarse(member)
		}
		return value
	case []any:
		for i, item := range value {
			value[i] = coarse(item)
		}
		return value
	case time.Time:
		return value.Truncate(time.Microsecond)
	default:
		return value
	}
}

// agree: details fit where they do in Go.
func (l *language) agree(t *testing.T) {
	vectors := oddDetails(t, slices.Concat(oddValues, beyondInt64))
	inGo, seen := goSees(t, catalogs[0].decode, vectors), l.seen(t, exchangesOf(t, "details", vectors))
	for i, v := range vectors {
		if inGo[i].Code != seen[i].Code || (inGo[i].Details == nil) != (seen[i].Details == nil) {
			t.Errorf("%s\ngo %+v\n%s %+v", v.Name, inGo[i].Details, l.name, seen[i].Details)
		}
	}
}

// followEnvelopes: clients read and write what the package wire does, for all envelopes and all bodies, odd ones too.
func (l *language) followEnvelopes(t *testing.T) {
	all := promises(t)
	sent := make([]exchange, len(all))
	for i, p := range all {
		sent[i] = p.exchange
	}
	for i, h := range l.talk(t, sent) {
		all[i].compare(t, h)
	}
	if t.Logf("%d responses", len(all)); len(all) < 20_000 {
		t.Error("that is few")
	}
}

// promise is a response, and what the package wire makes of it.
type promise struct {
	exchange
	envelope *wire.Envelope
	isError  bool
	error    wire.Error
	details  []byte // raw
	sent     []byte // the body that is sent on
	changed  []byte // the body with another message
	raised   []byte // the body of a new error, if the catalog knows the code
	status   int    // of that one
}

var promised struct {
	once sync.Once
	all  []promise
}

// promises returns the responses that the client of each language reads: they are made once, and none twice.
func promises(t *testing.T) []promise {
	t.Helper()
	promised.once.Do(func() {
		texts := languageCatalogs(t)
		tried := map[string]bool{}
		for _, name := range slices.Sorted(maps.Keys(texts)) {
			c := load(t, name, texts[name])
			envelope := string(jsonOf(c.Envelope.Written()))
			for i, x := range exchanges(name, c, !tried[envelope]) {
				key := fmt.Sprint(name, x.Status, x.Header, string(x.Body))
				isFew := x.Status < 400 && len(c.Envelope.LowStatuses) == 0 // no success is an error: a few will do
				if !tried[key] && (!isFew || i%20 == 0) {
					promised.all = append(promised.all, newPromise(c, x))
				}
				tried[key] = true
			}
			tried[envelope] = true
		}
	})
	return promised.all
}

func newPromise(c *catalog.Catalog, x exchange) promise {
	p := promise{exchange: x, envelope: c.Envelope}
	response := wire.Response{Status: x.Status, Header: x.Header.Get, Body: x.Body}
	if p.error, p.isError = c.Envelope.Decode(response, known(c)); !p.isError {
		return p
	}
	p.details = detailsOf(p.error)
	p.sent = bytes.TrimPrefix(x.Body, []byte("\ufeff"))
	if n, err := document.ParseJSON(p.sent); err != nil || n.Kind != document.Map || len(x.Body) > wire.MaxBody {
		p.sent = jsonOf(c.Envelope.Encode(p.error))
	}
	other := p.error
	if said, isKnown := known(c)(p.error.Code); isKnown {
		p.status, other.Status = said.Status, said.Status
		p.raised = jsonOf(c.Envelope.Encode(other))
	}
	other = p.error
	other.Message += "!"
	p.changed = jsonOf(c.Envelope.Encode(other))
	return p
}

func (p *promise) compare(t *testing.T, h told) {
	t.Helper()
	failed := func(what string, got, want any) {
		t.Errorf("%s, %s, status %d, %v, %.300s\n%s: got %s\nwant %s",
			p.Package, p.name, p.Status, p.Header, p.Body, what, got, want)
	}
	if p.isError != (h.values != nil) {
		failed("error", fmt.Sprint(h.values != nil), fmt.Sprint(p.isError))
	}
	if !p.isError || h.values == nil {
		return
	}
	s, e := h.sight(t), p.error
	gotLine := fmt.Sprintf("%q %q %q %d %v", s.Code, s.Message, s.RequestID, s.Status, s.RetryAfter)
	wantLine := fmt.Sprintf("%q %q %q %d %v", e.Code, e.Message, e.RequestID, e.Status, e.RetryAfter.Seconds())
	if gotLine != wantLine {
		failed("error", gotLine, wantLine)
	}
	if bytes.Contains(p.Body, []byte("1e999")) { // what becomes of a number beyond a double is open
		return
	}
	if !sameInJavaScript([]byte(h.values["rawDetails"]), p.details) {
		failed("raw details", h.values["rawDetails"], p.details)
	}
	least, most := 1.0, 2.0
	if s.RetryAfter > 0 {
		least, most = s.RetryAfter, s.RetryAfter
	}
	if delay := h.number(t, "delay"); delay < least || delay > most {
		failed("delay", fmt.Sprint(delay), fmt.Sprint(least, " to ", most))
	}
	p.compareSent(t, h, failed)
}

// compareSent holds what is sent against what the envelope says.
func (p *promise) compareSent(t *testing.T, h told, failed func(what string, got, want any)) {
	t.Helper()
	status, header, body := h.message(t, "sent")
	if !sameInJavaScript(body, p.sent) || status != p.Status {
		failed("sent on", fmt.Sprintf("%d %s", status, body), p.sent)
	}
	if id := header.Get(p.envelope.RequestIDHeader); id != p.error.RequestID && isHeader(p.error.RequestID) {
		failed("request id that is sent", id, p.error.RequestID)
	}
	if contentType, _, _ := strings.Cut(header.Get("Content-Type"), ";"); contentType != p.envelope.ContentType {
		failed("content type", contentType, p.envelope.ContentType)
	}
	p.compareRaised(t, h, failed)
	if _, _, changed := h.message(t, "changed"); !sameInJavaScript(changed, p.changed) {
		failed("changed", changed, p.changed)
	}
}

// compareRaised holds an error of a code, raised again, against what the envelope says. Of an example all is known, and
// a value that may be null or absent may be absent.
func (p *promise) compareRaised(t *testing.T, h told, failed func(what string, got, want any)) {
	t.Helper()
	if p.name != "example" && p.name != "plain" || p.raised == nil {
		return
	}
	status, _, body := h.message(t, "raised")
	if p.name == "example" && body == nil && p.envelope.Reads.Details != nil {
		failed("raised", "nothing", "the example")
	}
	if body == nil {
		return
	}
	var got, want any
	fromJSON(t, body, &got)
	fromJSON(t, p.raised, &want)
	if !reflect.DeepEqual(coarse(got), coarse(want)) || status != p.status {
		failed("raised", fmt.Sprintf("%d %s", status, body), fmt.Sprintf("%d %s", p.status, p.raised))
	}
}

// hideOtherErrors: an exception that is not of the catalog is answered with the internal code, and nothing of its text.
func (l *language) hideOtherErrors(t *testing.T) {
	names := slices.Sorted(maps.Keys(l.catalogs))
	var all []exchange
	for _, name := range names {
		all = append(all, exchange{Package: name})
	}
	for i, h := range l.talk(t, all) {
		c := l.catalogs[names[i]]
		if (c.Internal != nil) != (h.values != nil) {
			t.Errorf("%s: answers other errors: %v, has a code for them: %v", names[i], h.values != nil, c.Internal != nil)
		}
		if c.Internal == nil || h.values == nil {
			continue
		}
		status, header, body := h.message(t, "sent")
		want := c.Sent(c.Internal, nil)
		if status != want.Status || !sameInJavaScript(body, jsonOf(c.Envelope.Encode(want))) {
			t.Errorf("%s: %d %s", names[i], status, body)
		}
		for name, value := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
			if header.Get(name) != value {
				t.Errorf("%s: %s: %s", names[i], name, header.Get(name))
			}
		}
	}
}

// fitsOpenAPI: what is raised in the language is what the clients in TypeScript and Go see, and what OpenAPI announces;
// and errgen has nothing to say of it.
func (l *language) fitsOpenAPI(t *testing.T) {
	c := wireCases[0]
	vectors := c.sendable(t)
	heard := l.talk(t, exchangesOf(t, c.name, vectors))
	mux := http.NewServeMux()
	addresses := make([]string, len(heard))
	for i, h := range heard {
		addresses[i] = fmt.Sprint(i)
		status, header, body := h.message(t, "raised")
		if body == nil {
			t.Fatalf("%s is not raised", vectors[i].Name)
		}
		mux.HandleFunc(fmt.Sprintf("/%d", i), func(w http.ResponseWriter, _ *http.Request) {
			maps.Copy(w.Header(), header)
			w.WriteHeader(status)
			w.Write(body)
		})
	}
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) { json.NewEncoder(w).Encode(addresses) })
	server := httptest.NewServer(mux)
	defer server.Close()
	c.keepsItsPromise(t, server.URL, vectors)
}

// readsGo: servers in Go answer with every code of their catalogs, and the client sees each as it was made.
func (l *language) readsGo(t *testing.T) {
	var all []exchange
	var vectors []vector
	for _, c := range wireCases {
		sendable := c.sendable(t)
		server := httptest.NewServer(c.server(t, sendable))
		defer server.Close()
		for i := range sendable {
			resp, body := fetch(t, fmt.Sprintf("%s/%d", server.URL, i))
			all = append(all, exchange{Package: c.name, Status: resp.StatusCode, Header: resp.Header, Body: body})
		}
		vectors = append(vectors, sendable...)
	}
	seen := l.seen(t, all)
	for i := range seen {
		seen[i].RawDetails = comparable(seen[i].RawDetails)
		vectors[i].Sees.RawDetails = comparable(vectors[i].Sees.RawDetails)
	}
	compareSights(t, l.name, vectors, seen)
}

// keepTexts: no text of a catalog becomes anything but a text. See TestInjection.
func (l *language) keepTexts(t *testing.T) {
	for name, text := range map[string][]byte{
		"text": readFile(t, "hostile-text/errors.yaml"), "envelope": withHostileEnvelope(t),
	} {
		plain, originals := plainTwin(t, text)
		hostile, _ := l.generate(t, "hostile", text)
		twin, _ := l.generate(t, "hostile", plain)
		for path := range hostile {
			t.Run(name+"/"+path, func(t *testing.T) {
				compareShapes(t, l.shape(t, hostile[path]), l.shape(t, twin[path]), originals, plainTexts(t, text))
			})
		}
	}
}

// shape has the language's own parser tell what stands in a file: its command reads the file and prints for each part a
// line with its kind, a tab and its text in base64. Kinds are words for a comment, and else what the language calls
// them; the text of a literal is what it stands for, and a name or a keyword has none.
func (l *language) shape(t *testing.T, code []byte) []part {
	t.Helper()
	var parts []part
	for line := range strings.SplitSeq(strings.TrimSpace(string(l.run(t, code, l.Shape))), "\n") {
		kind, coded, _ := strings.Cut(line, "\t")
		text, err := base64.StdEncoding.DecodeString(strings.TrimSpace(coded))
		if err != nil {
			t.Fatalf("%v in %.200q", err, line)
		}
		parts = append(parts, part{kind, string(text)})
	}
	return parts
}
