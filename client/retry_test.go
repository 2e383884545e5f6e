package client

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestRetries(t *testing.T) {
	const list = `{"tokens":[]}`
	fail := func(status int, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if len(header) == 2 {
				w.Header().Set(header[0], header[1])
			}
			w.WriteHeader(status)
		}
	}
	page := func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }
	cut := func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, list[:9]) }
	gone := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	tests := map[string]struct {
		failing http.HandlerFunc
		times   int // that it fails
		tried   int
		works   bool
	}{
		"nothing wrong":          {fail(500), 0, 1, true},
		"500 twice":              {fail(500), 2, 3, true},
		"500 thrice":             {fail(500), 3, 3, false},
		"502":                    {fail(502), 1, 2, true},
		"429":                    {fail(429), 1, 2, true},
		"429 with a short wait":  {fail(429, "Retry-After", "0"), 1, 2, true},
		"429 with a long wait":   {fail(429, "Retry-After", "4"), 1, 1, false},
		"503 with a long wait":   {fail(503, "Retry-After", "4"), 1, 1, false},
		"broken connection":      {gone, 2, 3, true},
		"cut-off answer":         {cut, 2, 3, true},
		"web page":               {page, 1, 1, false},
		"400":                    {fail(400), 1, 1, false},
		"401":                    {fail(401), 1, 1, false},
		"403":                    {fail(403), 1, 1, false},
		"404":                    {fail(404), 1, 1, false},
		"redirect without a way": {fail(302), 1, 1, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var tried atomic.Int32
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/ui-config") { // asked about a list that is not there
					test.failing(w, r)
					return
				}
				if int(tried.Add(1)) <= test.times {
					test.failing(w, r)
					return
				}
				fmt.Fprint(w, list)
			})
			_, err := c.Tokens(context.Background())
			if int(tried.Load()) != test.tried || (err == nil) != test.works {
				t.Errorf("tried %d times, ended in %v, want %d, %v", tried.Load(), err, test.tried, test.works)
			}
		})
	}
}

// A write goes out once, whatever happens to it.
func TestWritesAreNotRetried(t *testing.T) {
	for _, status := range []int{0, 408, 429, 500, 503} {
		var tried atomic.Int32
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			tried.Add(1)
			if status == 0 {
				panic(http.ErrAbortHandler)
			}
			w.WriteHeader(status)
		})
		ctx := context.Background()
		_, err := c.Create(ctx, "default", time.Now())
		for _, err := range []error{err, c.Delete(ctx, "a"), c.Restore(ctx, "a"), c.SetExpiry(ctx, "a", time.Now())} {
			if asError(t, err).Status != status {
				t.Errorf("%d: %v", status, err)
			}
		}
		if tried.Load() != 4 {
			t.Errorf("%d: four writes were sent %d times", status, tried.Load())
		}
	}
}

// http.Transport sends a request again by itself when the kept-alive connection
// that it went out on breaks. It must not do that to a write.
func TestTransportDoesNotResend(t *testing.T) {
	const answer = `{"secret":"a","enabled":true}`
	tests := []struct {
		q    request
		sent int32
	}{
		{request{method: http.MethodGet, path: "/test"}, 2}, // shows that the test can see it
		{request{method: http.MethodPut, path: "/test", body: map[string]any{"enabled": false}}, 1},
		{request{method: http.MethodPost, path: "/test", body: map[string]any{"name": "default"}}, 1},
	}
	for _, test := range tests {
		t.Run(test.q.method, func(t *testing.T) {
			var sent atomic.Int32
			c := newTestClient(t, listen(t, func(conn net.Conn, r *http.Request) {
				if r.URL.Path == "/test" && sent.Add(1) == 1 {
					_ = conn.Close()
					return
				}
				fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(answer), answer)
			}))
			if e := c.attempt(context.Background(), request{method: http.MethodGet, path: "/first"}); e != nil {
				t.Fatal(e)
			}
			e := c.attempt(context.Background(), test.q)
			if sent.Load() != test.sent || (e == nil) != (test.sent == 2) {
				t.Errorf("sent %d times, ended in %v, want %d", sent.Load(), e, test.sent)
			}
			if e != nil && !e.mayHaveHappened() {
				t.Errorf("taken for certainly failed: %v", e)
			}
		})
	}
}

// HTTP/2 would send a body again if it could read it a second time.
func TestWritesCannotBeReplayed(t *testing.T) {
	c := newTestClient(t, "https://flags.acme.io", WithTransport(roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.Method != http.MethodGet && (r.GetBody != nil || r.Header["Idempotency-Key"] != nil) {
			t.Errorf("%s can be replayed", r.Method)
		}
		return nil, errors.New("no network")
	})))
	_, err := c.Create(context.Background(), "default", time.Now())
	if e := asError(t, err); e.unsent || e.Kind != KindNoResponse {
		t.Errorf("a transport of unknown ways is trusted: %+v", e)
	}
	_ = c.Delete(context.Background(), "a")
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	tests := map[string]time.Duration{
		"":                              0,
		"0":                             0,
		"7":                             7 * time.Second,
		"-7":                            0,
		"99999999999":                   24 * time.Hour,
		"soon":                          0,
		"Mon, 23 Nov 2026 12:00:30 GMT": 30 * time.Second,
		"Mon, 23 Nov 2026 11:00:00 GMT": 0,
		"Mon, 23 Nov 2099 11:00:00 GMT": 24 * time.Hour,
	}
	for value, want := range tests {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

func TestRetryAfterIsTold(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "90")
		w.WriteHeader(429)
	})
	_, err := c.Tokens(context.Background())
	if e := asError(t, err); e.RetryAfter != 90*time.Second || e.Hint() != "Try again in 1m30s" {
		t.Errorf("%v, hint %q", e.RetryAfter, e.Hint())
	}
}

// While it waits to try again, a GET ends at once when it is cancelled.
func TestBackoffIsCancelled(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3")
		w.WriteHeader(503)
	})
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := c.Tokens(ctx)
	_ = asError(t, err)
	if took := time.Since(began); took > time.Second {
		t.Errorf("waited %v", took)
	}
}

// Connections are used again, also after an error and after an answer that nobody reads.
func TestConnectionIsKept(t *testing.T) {
	addresses := make(map[string]bool)
	status := 200
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		addresses[r.RemoteAddr] = true
		w.WriteHeader(status)
		if status != 200 {
			fmt.Fprint(w, strings.Repeat("words ", 20000))
		}
	})
	for _, status = range []int{200, 400, 404, 200} {
		_, _ = c.Validate(context.Background(), "a")
	}
	if len(addresses) != 1 {
		t.Errorf("%d connections", len(addresses))
	}
}
