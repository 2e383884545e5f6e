package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unleash-invite/model"
)

// fake is as much of an Unleash as the safe operations need, and it can fail.
type fake struct {
	mu     sync.Mutex
	tokens []fakeToken
	writes []string // what was received, in order

	// fault, when set, is given each request, and a function that carries it out
	// and answers. It is called without the lock.
	fault func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter))
}

type fakeToken struct {
	Secret    string `json:"secret"`
	Name      string `json:"name"`
	URL       string `json:"url"`
	ExpiresAt string `json:"expiresAt"`
	CreatedAt string `json:"createdAt"`
	CreatedBy string `json:"createdBy"`
	Enabled   bool   `json:"enabled"`
}

func startFake(t *testing.T, tokens ...fakeToken) (*fake, *Client) {
	t.Helper()
	f := &fake{tokens: append([]fakeToken{}, tokens...)} // never null in JSON
	for i := range f.tokens {
		f.tokens[i].URL = "https://flags.acme.io/new-user?invite=" + f.tokens[i].Secret
	}
	return f, serve(t, f.ServeHTTP)
}

// stamp is a time at the start of a day, so many days from now.
func stamp(days int) time.Time {
	return time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, days)
}

func fakeLink(secret, name string, days int, enabled bool) fakeToken {
	return fakeToken{Secret: secret, Name: name, ExpiresAt: stamp(days).Format(timeFormat), Enabled: enabled}
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		f.mu.Lock()
		f.writes = append(f.writes, r.Method+" "+r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
		f.mu.Unlock()
	}
	var change fakeToken
	fields := map[string]any{}
	if r.Method != http.MethodGet {
		_ = json.NewDecoder(r.Body).Decode(&fields)
		raw, _ := json.Marshal(fields)
		_ = json.Unmarshal(raw, &change)
	}
	once := func(w http.ResponseWriter) { f.serve(w, r, change, fields) }
	if f.fault != nil {
		f.fault(w, r, once)
		return
	}
	once(w)
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request, change fakeToken, fields map[string]any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	parts := strings.Split(r.URL.Path, "/")
	if r.Method == http.MethodPost {
		change.Secret = fmt.Sprintf("made%d", len(f.tokens))
		change.URL, change.Enabled = "https://flags.acme.io/new-user?invite="+change.Secret, true
		change.CreatedAt = time.Now().UTC().Format(timeFormat)
		f.tokens = append(f.tokens, change)
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(change)
		return
	}
	if parts[len(parts)-1] == "tokens" {
		_ = json.NewEncoder(w).Encode(map[string]any{"tokens": f.tokens})
		return
	}
	at := slices.IndexFunc(f.tokens, func(t fakeToken) bool { return slices.Contains(parts, t.Secret) })
	switch {
	case parts[len(parts)-1] == "validate":
		w.Header().Del("Content-Type")
		if at < 0 || !f.tokens[at].Enabled || f.tokens[at].ExpiresAt <= time.Now().UTC().Format(timeFormat) {
			w.WriteHeader(http.StatusBadRequest)
		}
	case at < 0:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"name":"NotFoundError","message":"Could not find public signup token."}`)
	default:
		if enabled, given := fields["enabled"].(bool); given {
			f.tokens[at].Enabled = enabled
		}
		if change.ExpiresAt != "" {
			f.tokens[at].ExpiresAt = change.ExpiresAt
		}
		_ = json.NewEncoder(w).Encode(f.tokens[at])
	}
}

// token is a token as a screen shows it.
func (f *fake) token(secret string) model.Token {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, t := range f.tokens {
		if t.Secret == secret {
			at, _ := time.Parse(time.RFC3339, t.ExpiresAt)
			return model.Token{Secret: t.Secret, Name: t.Name, ExpiresAt: at, Enabled: t.Enabled}
		}
	}
	return model.Token{}
}

// agrees fails the test unless the links are what the server has.
func (f *fake) agrees(t *testing.T, links model.Links) {
	t.Helper()
	f.mu.Lock()
	n := len(f.tokens)
	f.mu.Unlock()
	if links.FetchedAt.IsZero() || len(links.Tokens) != n {
		t.Fatalf("%d links, fetched at %v, want %d", len(links.Tokens), links.FetchedAt, n)
	}
	for _, got := range links.Tokens {
		want := f.token(got.Secret)
		if got.Enabled != want.Enabled || !got.ExpiresAt.Equal(want.ExpiresAt) || got.Name != clean(want.Name, textLimit) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}
