package client

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

const gatewaySecret, nextSecret = "the-gateways/secret+1", "the-gateways-secret-2"

func secretHeader(value string) http.Header { return http.Header{"cf-access-client-secret": {value}} }

func TestHeadersForAGateway(t *testing.T) {
	got := make(chan http.Header, 2)
	var told bytes.Buffer
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got <- r.Header
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, "no way for ", r.Header.Get("CF-Access-Client-Secret"), " and the-gateways%2Fsecret+1")
	}, WithDebug(&told), WithHeaders(Headers{Values: http.Header{
		"cf-access-client-secret": {gatewaySecret}, "Authorization": {"other"}, "accept": {"text/html"},
	}}))
	_, err := c.Tokens(t.Context())
	e := asError(t, err)
	if !strings.Contains(e.Error(), "no way for [redacted] and [redacted]") || !strings.HasPrefix(e.Hint(), "The profile's headers were refused") {
		t.Errorf("%v, %s", e, e.Hint())
	}
	_, err = c.Validate(t.Context(), "a")
	if e := asError(t, err); !strings.Contains(e.Hint(), "people outside can't open the link either") {
		t.Error(e.Hint())
	}
	h := <-got
	if h.Get("CF-Access-Client-Secret") != gatewaySecret || h.Get("Authorization") != testToken || h.Get("Accept") != "application/json" {
		t.Error(h)
	}
	if h := <-got; h.Get("CF-Access-Client-Secret") != gatewaySecret {
		t.Error(h)
	}
	for what, text := range map[string]string{"--debug": told.String(), "fmt": fmt.Sprintf("%v %+v %#v", c, c, c)} {
		if text == "" || strings.Contains(text, "gateways") {
			t.Errorf("%s has a header's value: %s", what, text)
		}
	}
}

// TestAHeaderIsRedactedWherever has a server send a value back in each text that it can.
func TestAHeaderIsRedactedWherever(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		name := "it is " + r.Header.Get("CF-Access-Client-Secret")
		fmt.Fprintf(w, `{"tokens":[{"secret":"0123456789abcdef","name":%q,"enabled":true,"createdAt":"2026-11-20T12:00:00Z",`+
			`"expiresAt":"2026-11-30T12:00:00Z","url":"https://x/?invite=%[1]s","users":[{"id":1,"name":%[1]q,"username":%[1]q}]}]}`, name)
	}, WithHeaders(Headers{Values: secretHeader(gatewaySecret)}))
	list, err := c.Tokens(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%+v", list); strings.Contains(text, "gateways") || !strings.Contains(text, "it is [redacted]") {
		t.Error(text)
	}
}

// TestHeadersGoToTheirAddressAlone has a gateway redirect to another host, another port, and to no TLS.
func TestHeadersGoToTheirAddressAlone(t *testing.T) {
	withoutProxies(t)
	var elsewhere, here atomic.Int32
	count := func(to *atomic.Int32) http.HandlerFunc {
		return func(_ http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Cf-Access-Client-Secret") != "" {
				to.Add(1)
			}
		}
	}
	other := httptest.NewServer(count(&elsewhere))
	t.Cleanup(other.Close)
	target := ""
	server := secureList(t, func(*tls.Config) {})
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		count(&here)(w, r)
		http.Redirect(w, r, target+r.URL.Path, http.StatusFound)
	})
	options := []Option{WithHeaders(Headers{Values: secretHeader(gatewaySecret)}), WithTLS(TLS{CAs: poolOf(server)})}
	for _, target = range []string{other.URL, strings.Replace(other.URL, "127.0.0.1", "localhost", 1)} {
		here.Store(0)
		c := newTestClient(t, server.URL, options...)
		if _, err := c.Tokens(t.Context()); err == nil {
			t.Error("no error")
		}
		if err := c.Delete(t.Context(), "a"); err == nil {
			t.Error("no error")
		}
		_, _ = Find(t.Context(), server.URL, options...)
		if here.Load() < 3 || elsewhere.Load() != 0 {
			t.Errorf("to %s: sent %d times, elsewhere %d times", target, here.Load(), elsewhere.Load())
		}
	}
}

// lock is a gateway that lets through who has its key. What it answers otherwise is refusal.
type lock struct {
	mu      sync.Mutex
	key     string
	refusal http.HandlerFunc
	through []string
	asked   atomic.Int32
}

func (l *lock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r.Header.Get("Cf-Access-Client-Secret") != l.key {
		l.refusal(w, r)
		return
	}
	l.through = append(l.through, r.Method)
	emptyList(w, r)
}

func (l *lock) client(t *testing.T, next string, err error) *Client {
	t.Helper()
	return serve(t, l.ServeHTTP, WithHeaders(Headers{Values: secretHeader(gatewaySecret), Renew: func(context.Context) (http.Header, error) {
		l.asked.Add(1)
		return secretHeader(next), err
	}}))
}

func TestHeadersThatAGatewayRefusesAreAskedForAgain(t *testing.T) {
	for name, refusal := range map[string]http.HandlerFunc{
		"401": func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "Invalid IAP credentials", http.StatusUnauthorized)
		},
		"403": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
		"a sign-in": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://acme.example/login", http.StatusFound)
		},
	} {
		l := &lock{key: nextSecret, refusal: refusal}
		c := l.client(t, nextSecret, nil)
		for range 2 {
			if _, err := c.Tokens(t.Context()); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		_ = c.Delete(t.Context(), "a")
		if l.asked.Load() != 1 || strings.Join(l.through, " ") != "GET GET PUT" {
			t.Errorf("%s: asked %d times, through came %q", name, l.asked.Load(), l.through)
		}
		l.mu.Lock()
		l.key = "another"
		l.mu.Unlock()
		for range 3 { // no loop, and no second question soon
			_, err := c.Tokens(t.Context())
			if e := asError(t, err); !strings.Contains(e.Hint(), "even after they were fetched again") {
				t.Errorf("%s: %v, %s", name, e, e.Hint())
			}
		}
		if l.asked.Load() != 2 {
			t.Errorf("%s: asked %d times", name, l.asked.Load())
		}
	}
}

func TestHeadersThatCantBeHadAgain(t *testing.T) {
	l := &lock{key: nextSecret, refusal: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }}
	_, err := l.client(t, "", errors.New("it is locked\x1b[2J "+gatewaySecret)).Tokens(t.Context())
	if e := asError(t, err); e.Hint() != "The profile's headers were refused, and new ones could not be fetched: it is locked [redacted]" {
		t.Error(e.Hint())
	}
}

func TestUnleashsOwnRefusalAsksForNoHeaders(t *testing.T) {
	l := &lock{key: nextSecret, refusal: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `{"id":"1","name":"PermissionError","message":"You need ADMIN"}`)
	}}
	if _, err := l.client(t, nextSecret, nil).Tokens(t.Context()); err == nil || l.asked.Load() != 0 {
		t.Errorf("asked %d times: %v", l.asked.Load(), err)
	}
}
