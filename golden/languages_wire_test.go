package golden

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
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

// sight is what the client sees; typed details are those of the error that it raises again.
func (h told) sight(t *testing.T, c *catalog.Catalog) sight {
	t.Helper()
	s := sight{
		Code: h.values["code"], Message: h.values["message"], RequestID: h.values["requestId"],
		Retryable: h.values["retryable"] == "true", RetryAfter: h.number(t, "retryAfter"),
		Status: int(h.number(t, "status")),
	}
	if raw := h.values["rawDetails"]; raw != "" {
		json.Unmarshal([]byte(raw), &s.RawDetails) // whose numbers may be beyond a double: that is open
	}
	if status, _, body := h.message(t, "raised"); body != nil {
		e, _ := c.Envelope.Decode(wire.Response{Status: max(status, 400), Body: body}, nil)
		if e.Details != nil {
			fromJSON(t, jsonOf(e.Details), &s.Details)
		} else if reads := c.Envelope.Reads.Details; reads != nil && reads.Spread && promisesDetails(c, e.Code) {
			s.Details = map[string]any{} // nothing beside the code are details without members
		}
	}
	return s
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
		all[i] = exchange{Package: catalog, Status: v.Status, Header: header, Body: v.sent(t)}
	}
	return all
}

// seen has the client read responses.
func (l *language) seen(t *testing.T, all []exchange) []sight {
	t.Helper()
	seen := make([]sight, len(all))
	for i, h := range l.talk(t, all) {
		seen[i] = h.sight(t, l.catalogs[identifier(all[i].Package)])
	}
	return seen
}

// readVectors: clients see in the vectors what these say.
func (l *language) readVectors(t *testing.T) {
	var all []exchange
	vectors := make([][]vector, len(catalogs))
	for i, c := range catalogs {
		catalog := filepath.Base(filepath.Dir(c.folder))
		if catalog == ".." {
			catalog = "out"
		}
		vectors[i] = readVectors(t, c.name)
		all = append(all, exchangesOf(t, identifier(catalog), vectors[i])...)
	}
	seen := l.seen(t, all)
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
	vectors := oddDetails(t)
	inGo, seen := goSees(t, catalogs[0].decode, vectors), l.seen(t, exchangesOf(t, "details", vectors))
	for i, v := range vectors {
		if inGo[i].Code != seen[i].Code || (inGo[i].Details == nil) != (seen[i].Details == nil) {
			t.Errorf("%s\ngo %+v\n%s %+v", v.Name, inGo[i].Details, l.name, seen[i].Details)
		}
	}
}

// followEnvelopes: clients read and write what the package wire does, for all envelopes and all bodies, odd ones too.
func (l *language) followEnvelopes(t *testing.T) {
	var all []exchange
	tried := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(l.catalogs)) {
		c := l.catalogs[name]
		envelope := string(jsonOf(c.Envelope.Written()))
		for i, x := range exchanges(name, c, !tried[envelope]) {
			if x.Status >= 400 || len(c.Envelope.LowStatuses) > 0 || i%20 == 0 { // where no success is an error, a few will do
				all = append(all, x)
			}
		}
		tried[envelope] = true
	}
	for i, h := range l.talk(t, all) {
		compareTold(t, l.catalogs[all[i].Package], all[i], h)
	}
	if t.Logf("%d responses", len(all)); len(all) < 20_000 {
		t.Error("that is few")
	}
}

func compareTold(t *testing.T, c *catalog.Catalog, x exchange, h told) {
	t.Helper()
	e, isError := c.Envelope.Decode(wire.Response{Status: x.Status, Header: x.Header.Get, Body: x.Body}, known(c))
	failed := func(what string, got, want any) {
		t.Errorf("%s, %s, status %d, %v, %.300s\n%s: got %s\nwant %s",
			x.Package, x.name, x.Status, x.Header, x.Body, what, got, want)
	}
	if isError != (h.values != nil) {
		failed("error", fmt.Sprint(h.values != nil), fmt.Sprint(isError))
	}
	if !isError || h.values == nil {
		return
	}
	s := h.sight(t, c)
	gotLine := fmt.Sprintf("%q %q %q %d %v", s.Code, s.Message, s.RequestID, s.Status, s.RetryAfter)
	wantLine := fmt.Sprintf("%q %q %q %d %v", e.Code, e.Message, e.RequestID, e.Status, e.RetryAfter.Seconds())
	if gotLine != wantLine {
		failed("error", gotLine, wantLine)
	}
	if bytes.Contains(x.Body, []byte("1e999")) { // what becomes of a number beyond a double is open
		return
	}
	if details := detailsOf(e); !sameInJavaScript([]byte(h.values["rawDetails"]), details) {
		failed("raw details", h.values["rawDetails"], details)
	}
	least, most := 1.0, 2.0
	if s.RetryAfter > 0 {
		least, most = s.RetryAfter, s.RetryAfter
	}
	if delay := h.number(t, "delay"); delay < least || delay > most {
		failed("delay", fmt.Sprint(delay), fmt.Sprint(least, " to ", most))
	}
	compareSentBy(t, c, x, e, h, failed)
}

// compareSentBy holds what is sent against what the envelope says.
func compareSentBy(
	t *testing.T, c *catalog.Catalog, x exchange, e wire.Error, h told, failed func(what string, got, want any),
) {
	t.Helper()
	came := bytes.TrimPrefix(x.Body, []byte("\ufeff"))
	if n, err := document.ParseJSON(came); err != nil || n.Kind != document.Map || len(x.Body) > wire.MaxBody {
		came = jsonOf(c.Envelope.Encode(e))
	}
	status, header, body := h.message(t, "sent")
	if !sameInJavaScript(body, came) || status != x.Status {
		failed("sent on", fmt.Sprintf("%d %s", status, body), came)
	}
	if id := header.Get(c.Envelope.RequestIDHeader); id != e.RequestID && isHeader(e.RequestID) {
		failed("request id that is sent", id, e.RequestID)
	}
	if contentType, _, _ := strings.Cut(header.Get("Content-Type"), ";"); contentType != c.Envelope.ContentType {
		failed("content type", contentType, c.Envelope.ContentType)
	}
	compareRaised(t, c, x, e, h, failed)
	e.Message += "!"
	_, _, changed := h.message(t, "changed")
	if want := jsonOf(c.Envelope.Encode(e)); !sameInJavaScript(changed, want) {
		failed("changed", changed, want)
	}
}

// compareRaised holds an error of a code, raised again, against what the envelope says. Of an example all is known, and
// a value that may be null or absent may be absent.
func compareRaised(
	t *testing.T, c *catalog.Catalog, x exchange, e wire.Error, h told, failed func(what string, got, want any),
) {
	t.Helper()
	said, isKnown := known(c)(e.Code)
	status, _, body := h.message(t, "raised")
	if x.name != "example" && x.name != "plain" || !isKnown {
		return
	}
	if x.name == "example" && body == nil && c.Envelope.Reads.Details != nil {
		failed("raised", "nothing", "the example")
	}
	if body == nil {
		return
	}
	e.Status = said.Status
	sent := jsonOf(c.Envelope.Encode(e))
	var got, want any
	fromJSON(t, body, &got)
	fromJSON(t, sent, &want)
	if !reflect.DeepEqual(coarse(got), coarse(want)) || status != said.Status {
		failed("raised", fmt.Sprintf("%d %s", status, body), fmt.Sprintf("%d %s", said.Status, sent))
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
