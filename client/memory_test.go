package client

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hugeLimit is the largest heap that a hostile answer may cause, garbage included.
const hugeLimit = 400<<20/scale + 16<<20

// scaled makes the limits smaller where the race detector makes all slow.
func scaled(c *Client) {
	c.limits.answer /= scale
	c.limits.part /= scale
	c.limits.commas /= scale
	c.limits.tokens /= scale
}

// An answer of 160 MB, whatever it is made of, does not fill the memory, and is read as far
// as the limits go where it is a list.
func TestHugeAnswers(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	const size = 160 << 20 / scale
	const token = `{"secret":"0123456789abcdef0123456789abcdef","name":"default","enabled":true,"users":[]},`
	tests := map[string]struct{ start, again, contentType, want string }{
		"many tokens":      {`{"tokens":[`, token, "application/json", ""},
		"many empty users": {`{"tokens":[{"users":[`, "{},", "application/json", "the most that is read"},
		"small people":     {`{"tokens":[`, strings.Replace(token, "[]", "["+strings.Repeat(`{"id":1},`, 1000)+`{"id":1}]`, 1), "application/json", ""},
		"crowds":           {`{"tokens":[`, strings.Replace(token, "[]", "["+strings.Repeat(`{"id":1},`, 490_000/scale)+`{"id":1}]`, 1), "application/json", ""},
		"other values":     {`{"tokens":[{"x":[`, "0,", "application/json", "the most that is read"},
		"long names":       {`{"tokens":[`, strings.Replace(token, "default", strings.Repeat("a", 4000), 1), "application/json", ""},
		"one long name":    {`{"tokens":[{"name":"`, "aaaaaaaaaaaaaaaa", "application/json", "larger than 16 MiB"},
		"one long key":     {`{"`, "aaaaaaaaaaaaaaaa", "application/json", "larger than 16 MiB"},
		"other fields":     {`{`, `"key":"some value",`, "application/json", "the most that is read"},
		"white space":      {`{"tokens":[`, "                ", "application/json", "larger than 16 MiB"},
		"deep":             {`{"tokens":[{"x":`, "[[[[[[[[[[[[[[[[", "application/json", "it is not JSON"},
		"a web page":       {"<html>", "<p>word</p>", "text/html", "web page"},
	}
	for name, test := range tests {
		for _, packed := range []bool{false, true} {
			if packed && !strings.HasPrefix(name, "one long") {
				continue
			}
			t.Run(fmt.Sprint(name, " packed ", packed), func(t *testing.T) {
				c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", test.contentType)
					var to io.Writer = w
					if packed {
						w.Header().Set("Content-Encoding", "gzip")
						zipped, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
						defer zipped.Close()
						to = zipped
					}
					pour(to, test.start, test.again, size)
				}, scaled, WithTimeouts(Timeouts{Attempt: 8 * time.Second}))
				var list taggedList
				var err error
				peak := peakHeap(func() { list, err = c.tokens(context.Background()) })
				if test.want == "" {
					if err != nil || !list.partial || len(list.tokens) == 0 {
						t.Errorf("%d tokens, partial %v, %v", len(list.tokens), list.partial, err)
					}
				} else if e := asError(t, err); e.Kind != KindBadResponse || !strings.Contains(e.Error(), test.want) {
					t.Errorf("%v, want %q", e, test.want)
				}
				if peak > hugeLimit {
					t.Errorf("the heap grew to %d MB", peak>>20)
				}
				t.Logf("peak %d MB", peak>>20)
			})
		}
	}
}

// pour writes a text that goes on for about size bytes, or until nobody reads it.
func pour(to io.Writer, start, again string, size int) {
	out := bufio.NewWriter(to)
	_, err := out.WriteString(start)
	chunk := strings.Repeat(again, 1+(64<<10)/len(again))
	for n := 0; n < size && err == nil; n += len(chunk) {
		_, err = out.WriteString(chunk)
	}
	_ = out.Flush()
}

// peakHeap runs f and reports how large the heap was at most meanwhile.
func peakHeap(f func()) uint64 {
	runtime.GC()
	done := make(chan struct{})
	peak := make(chan uint64)
	go func() {
		var stats runtime.MemStats
		var most uint64
		for {
			runtime.ReadMemStats(&stats)
			most = max(most, stats.HeapAlloc)
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	f()
	close(done)
	return <-peak
}

// Small reads don't make the decoder scan the same white space again and again.
func TestSmallReads(t *testing.T) {
	list := `{"tokens":[` + strings.Repeat(" ", 1<<20) + `]}`
	began := time.Now()
	err := decodeTokens(&trickle{strings.NewReader(list)}, standardLimits(), func(wireToken) {})
	if took := time.Since(began); err != nil || took > 2*time.Second {
		t.Errorf("%v after %v", err, took)
	}
}

// trickle gives few bytes at a time.
type trickle struct{ from io.Reader }

func (r *trickle) Read(p []byte) (int, error) { return r.from.Read(p[:min(len(p), 64)]) }

// A body of an error is read in part only.
func TestHugeRefusal(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		pour(w, `{"message":"`, "a", 100<<20)
	})
	var err error
	peak := peakHeap(func() { _, err = c.Tokens(context.Background()) })
	if e := asError(t, err); e.Status != 400 || peak > 20<<20 {
		t.Errorf("%v, and the heap grew to %d MB", e, peak>>20)
	}
}

// BenchmarkTokens decodes 10,000 tokens with 100,000 people.
func BenchmarkTokens(b *testing.B) {
	person := `{"id":12345,"name":"Ann Smith of Berlin","username":null},`
	token := `{"secret":"0123456789abcdef0123456789abcdef","name":"default","url":"https://flags.acme.io/new-user?invite=0123456789abcdef0123456789abcdef","expiresAt":"2026-11-30T14:02:52.000Z","enabled":true,"createdAt":"2026-11-23T14:02:52.158Z","createdBy":"admin","role":{"id":3,"name":"Viewer","type":"root"},"users":[` +
		strings.TrimSuffix(strings.Repeat(person, 10), ",") + `]},`
	list := `{"tokens":[` + strings.TrimSuffix(strings.Repeat(token, 10000), ",") + `]}`
	b.SetBytes(int64(len(list)))
	c, err := New("https://flags.acme.io", testToken)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		n := 0
		if err := decodeTokens(strings.NewReader(list), c.limits, func(t wireToken) { n += len(c.token(t).Joined) }); err != nil || n != 100000 {
			b.Fatal(n, err)
		}
	}
}
