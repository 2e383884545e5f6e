package faults

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/model"
)

// Speed compares rotations by the client with the same HTTP calls made one after
// another on one connection. Both are medians.
type Speed struct{ Rotation, Calls time.Duration }

// Ratio is how many times longer the rotation takes.
func (s Speed) Ratio() float64 { return float64(s.Rotation) / float64(s.Calls) }

// String is for people.
func (s Speed) String() string {
	return fmt.Sprintf("a rotation takes %s, its HTTP calls alone %s: %.2f times", s.Rotation, s.Calls, s.Ratio())
}

// Measure does both in turns until more says false.
func Measure(tb testing.TB, server Server, more func() bool) Speed {
	tb.Helper()
	c, err := client.New(server.URL, server.AdminToken)
	if err != nil {
		tb.Fatal(err)
	}
	links, err := c.Look(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	bare := &calls{tb, server, &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}}
	defer bare.http.CloseIdleConnections()
	// A first one of each opens the connections, and leaves one live link.
	old := rotated(tb, rotate(tb.Context(), c, links.Live(time.Now())...))
	old = bare.rotate(old)
	var took [2][]time.Duration
	for more() {
		began := time.Now()
		old = rotated(tb, rotate(tb.Context(), c, old))
		took[0] = append(took[0], time.Since(began))
		began = time.Now()
		old = bare.rotate(old)
		took[1] = append(took[1], time.Since(began))
	}
	return Speed{median(took[0]), median(took[1])}
}

func rotated(tb testing.TB, got result) model.Token {
	tb.Helper()
	if got.err != nil {
		tb.Fatal(got.err)
	}
	return got.made
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// calls makes the HTTP calls of a rotation without the client.
type calls struct {
	tb     testing.TB
	server Server
	http   *http.Client
}

const tokensPath = "/api/admin/invite-link/tokens" //nolint:gosec // a path, no credential

// rotate makes those of the rotation of one link, each once, in order.
func (c *calls) rotate(old model.Token) model.Token {
	c.call(http.MethodGet, tokensPath, "")
	c.call(http.MethodGet, "/invite/"+old.Secret+"/validate", "")
	c.call(http.MethodPut, tokensPath+"/"+old.Secret, `{"enabled":false}`)
	c.call(http.MethodGet, "/invite/"+old.Secret+"/validate", "")
	body := c.call(http.MethodPost, tokensPath, `{"name":"default","expiresAt":"`+inDays(8).Format(time.RFC3339)+`"}`)
	var made struct {
		Secret    string
		ExpiresAt time.Time
	}
	if err := json.Unmarshal(body, &made); err != nil {
		c.tb.Fatal(err)
	}
	c.call(http.MethodGet, tokensPath, "")
	c.call(http.MethodGet, "/invite/"+made.Secret+"/validate", "")
	return model.Token{Secret: made.Secret, Name: model.DefaultName, Enabled: true, ExpiresAt: made.ExpiresAt}
}

func (c *calls) call(method, path, body string) []byte {
	c.tb.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, c.server.URL+path, strings.NewReader(body))
	if err != nil {
		c.tb.Fatal(err)
	}
	req.Header.Set("Authorization", c.server.AdminToken)
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		c.tb.Fatal(err)
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode >= http.StatusInternalServerError {
		c.tb.Fatal(resp.Status, err)
	}
	return content
}

// Benchmark reports the medians of both and their ratio.
func Benchmark(b *testing.B, server Server) {
	speed := Measure(b, server, b.Loop)
	b.ReportMetric(0, "ns/op") // that would be the time of both
	b.ReportMetric(float64(speed.Rotation.Microseconds()), "µs/rotation")
	b.ReportMetric(float64(speed.Calls.Microseconds()), "µs/calls")
	b.ReportMetric(speed.Ratio(), "ratio")
}
