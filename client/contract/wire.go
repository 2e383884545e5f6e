package contract

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

const linksPath = "/api/admin/invite-link/tokens"

// answer is the server's answer, undigested.
type answer struct {
	major  int // the server's version
	status int
	header http.Header
	body   []byte
}

// option changes a request before it is sent.
type option func(*http.Request)

// as sends another credential than the Admin's; "" sends none.
func as(credential string) option {
	return func(r *http.Request) {
		r.Header.Del("Authorization")
		if credential != "" {
			r.Header.Set("Authorization", credential)
		}
	}
}

func withHeader(name, value string) option {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// call sends a request to a path below the base URL; body is JSON or empty.
func (s *suite) call(t *testing.T, method, path, body string, options ...option) answer {
	t.Helper()
	// Cleanups call, too, and by then the test's own context has ended.
	ctx := context.WithoutCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, method, s.target.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", s.target.AdminToken)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, o := range options {
		o(r)
	}
	resp, err := s.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	read, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer{s.major, resp.StatusCode, resp.Header, read}
}

// decode reads the answer's JSON and checks its status.
func decode[T any](t *testing.T, a answer, status int) T {
	t.Helper()
	var v T
	if a.status != status {
		t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	if got := a.header.Get("Content-Type"); !strings.HasPrefix(got, "application/json") {
		t.Errorf("Content-Type %q", got)
	}
	if err := json.Unmarshal(a.body, &v); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	return v
}

// wantEmpty checks for a status with nothing behind it.
func (a answer) wantEmpty(t *testing.T, status int) {
	t.Helper()
	if a.status != status || len(a.body) > 0 {
		t.Errorf("%d %q, want an empty %d", a.status, a.body, status)
	}
}

// token is an invite link on the wire.
type token struct {
	Secret    string    `json:"secret"`
	Name      string    `json:"name"`
	URL       string    `json:"url"`
	ExpiresAt time.Time `json:"expiresAt"`
	Enabled   bool      `json:"enabled"`
	CreatedAt time.Time `json:"createdAt"`
	CreatedBy string    `json:"createdBy"`
	Role      struct {
		ID   int    `json:"id"`
		Name string `json:"name"`
		Type string `json:"type"`
	} `json:"role"`
	Users []member `json:"users"`
}

type member struct {
	ID       int     `json:"id"`
	Name     string  `json:"name"`
	Username *string `json:"username"`
}

// failure is an error body on the wire, but for its id.
type failure struct {
	Name    string   `json:"name"`
	Message string   `json:"message"`
	Details []detail `json:"details"`
	// Four is part of the body that Unleash 4 sends instead; empty if that has nothing to tell.
	Four string `json:"-"`
}

type detail struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

// object is JSON text made from a value.
func object(t *testing.T, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// unique returns a text that no server has seen before.
func unique() string {
	id := make([]byte, 6)
	_, _ = rand.Read(id) // It never fails.
	return "contract-" + hex.EncodeToString(id)
}

// millis writes a time as the API has it.
func millis(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }
