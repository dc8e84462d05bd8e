package details_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/sigsentry/errgen/golden/details/want/go/apierr"
)

// What a server or a client does with every error costs no memory.
func TestAllocations(t *testing.T) {
	err := error(apierr.NewNotFound())
	wrapped := fmt.Errorf("x: %w", err)
	for name, f := range map[string]func(){
		"Info":      func() { _, _ = apierr.CodeServiceUnavailable.Info() },
		"Is":        func() { _ = errors.Is(wrapped, apierr.CodeNotFound) },
		"CodeOf":    func() { _ = apierr.CodeOf(err) },
		"DetailsOf": func() { _, _ = apierr.DetailsOf[apierr.Outage](err) },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func BenchmarkInfo(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = apierr.CodeServiceUnavailable.Info()
	}
}

func BenchmarkIs(b *testing.B) {
	err := fmt.Errorf("x: %w", apierr.NewNotFound())
	b.ReportAllocs()
	for b.Loop() {
		_ = errors.Is(err, apierr.CodeNotFound)
	}
}

func BenchmarkCodeOfWrapped(b *testing.B) {
	err := fmt.Errorf("x: %w", apierr.NewNotFound())
	b.ReportAllocs()
	for b.Loop() {
		_ = apierr.CodeOf(err)
	}
}

// discard is a response that nobody reads.
type discard http.Header

func (d discard) Header() http.Header         { return http.Header(d) }
func (d discard) Write(p []byte) (int, error) { return len(p), nil }
func (d discard) WriteHeader(int)             {}

func BenchmarkWrite(b *testing.B) {
	for name, err := range map[string]error{"plain": apierr.NewNotFound(), "full": apierr.NewAnalysisError(full())} {
		b.Run(name, func(b *testing.B) {
			w := discard{}
			b.ReportAllocs()
			for b.Loop() {
				_ = apierr.Write(w, err)
			}
		})
	}
}

func BenchmarkFromResponse(b *testing.B) {
	for name, err := range map[string]*apierr.Error{"plain": apierr.NewNotFound(),
		"full": apierr.NewAnalysisError(full())} {
		b.Run(name, func(b *testing.B) {
			body, _ := json.Marshal(err)
			b.ReportAllocs()
			for b.Loop() {
				_ = apierr.FromResponse(response(500, string(body)))
			}
		})
	}
}
