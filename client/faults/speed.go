package faults

import (
	"cmp"
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
// another on one connection.
type Speed struct {
	// Rotation and Calls are medians.
	Rotation, Calls time.Duration
	// Ratio is the median of how many times longer a rotation took than the calls right after it.
	Ratio float64
}

// String is for people.
func (s Speed) String() string {
	return fmt.Sprintf("%.2f × (%s, calls alone %s)", s.Ratio, s.Rotation.Round(time.Microsecond), s.Calls.Round(time.Microsecond))
}

// Measure does both in turns until more says false. The error says what did not work at all.
func Measure(ctx context.Context, server Server, more func() bool) (Speed, error) {
	c, err := client.New(server.URL, server.AdminToken)
	if err != nil {
		return Speed{}, err
	}
	links, err := c.Look(ctx)
	if err != nil {
		return Speed{}, err
	}
	bare := &calls{server, &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}}
	defer bare.http.CloseIdleConnections()
	// A first one of each opens the connections, and leaves one live link.
	first := rotate(ctx, c, links.Live(time.Now())...)
	if first.err != nil {
		return Speed{}, first.err
	}
	old, err := bare.rotate(ctx, first.made)
	if err != nil {
		return Speed{}, err
	}
	var rotations, alone []time.Duration
	var ratios []float64
	for more() {
		began := time.Now()
		rotated := rotate(ctx, c, old)
		if rotated.err != nil {
			return Speed{}, rotated.err
		}
		between := time.Now()
		if old, err = bare.rotate(ctx, rotated.made); err != nil {
			return Speed{}, err
		}
		rotations, alone = append(rotations, between.Sub(began)), append(alone, time.Since(between))
		ratios = append(ratios, float64(between.Sub(began))/float64(time.Since(between)))
	}
	return Speed{median(rotations), median(alone), median(ratios)}, nil
}

func median[T cmp.Ordered](all []T) T {
	slices.Sort(all)
	return all[len(all)/2]
}

// calls makes the HTTP calls of a rotation without the client.
type calls struct {
	server Server
	http   *http.Client
}

const tokensPath = "/api/admin/invite-link/tokens" //nolint:gosec // a path, no credential

// rotate makes those of the rotation of one link, each once, in order.
func (c *calls) rotate(ctx context.Context, old model.Token) (model.Token, error) {
	steps := []struct{ method, path, body string }{
		{http.MethodGet, tokensPath, ""},
		{http.MethodGet, "/invite/" + old.Secret + "/validate", ""},
		{http.MethodPut, tokensPath + "/" + old.Secret, `{"enabled":false}`},
		{http.MethodGet, "/invite/" + old.Secret + "/validate", ""},
	}
	for _, s := range steps {
		if _, err := c.call(ctx, s.method, s.path, s.body); err != nil {
			return model.Token{}, err
		}
	}
	body, err := c.call(ctx, http.MethodPost, tokensPath, `{"name":"default","expiresAt":"`+inDays(8).Format(time.RFC3339)+`"}`)
	if err != nil {
		return model.Token{}, err
	}
	var made struct {
		Secret    string
		ExpiresAt time.Time
	}
	if err := json.Unmarshal(body, &made); err != nil {
		return model.Token{}, err
	}
	if _, err := c.call(ctx, http.MethodGet, tokensPath, ""); err != nil {
		return model.Token{}, err
	}
	_, err = c.call(ctx, http.MethodGet, "/invite/"+made.Secret+"/validate", "")
	return model.Token{Secret: made.Secret, Name: model.DefaultName, Enabled: true, ExpiresAt: made.ExpiresAt}, err
}

func (c *calls) call(ctx context.Context, method, path, body string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.server.URL+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", c.server.AdminToken)
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusInternalServerError {
		return nil, fmt.Errorf("%s %s: %s", method, path, resp.Status)
	}
	return io.ReadAll(resp.Body)
}

// Benchmark reports the medians of both and their ratio.
func Benchmark(b *testing.B, server Server) {
	speed, err := Measure(b.Context(), server, b.Loop)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(0, "ns/op") // that would be the time of both
	b.ReportMetric(float64(speed.Rotation.Microseconds()), "µs/rotation")
	b.ReportMetric(float64(speed.Calls.Microseconds()), "µs/calls")
	b.ReportMetric(speed.Ratio, "ratio")
}
