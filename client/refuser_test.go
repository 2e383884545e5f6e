package client

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// Nobody's token is blamed for what something in front of Unleash refuses.
func TestWhoRefused(t *testing.T) {
	tests := map[string]struct {
		status int
		header map[string]string
		body   string
		who    string
	}{
		"Envoy":            {403, map[string]string{"Server": "istio-envoy", "Content-Type": "text/plain"}, "RBAC: access denied", "an Envoy proxy"},
		"basic":            {401, map[string]string{"WWW-Authenticate": `Basic realm="flags"`, "Server": "nginx/1.25"}, "Unauthorized", "wants a user name and password (basic authentication) in front of it (nginx/1.25)"},
		"bearer":           {401, map[string]string{"WWW-Authenticate": "Bearer"}, "", "a gateway that wants a sign-in of its own (Bearer)"},
		"AWS":              {403, map[string]string{"Content-Type": "application/json"}, `{"message":"Forbidden"}`, "an API gateway"},
		"Kong":             {401, map[string]string{"Content-Type": "application/json"}, `{"message":"Invalid authentication credentials"}`, "an API gateway"},
		"empty":            {403, nil, "", "a proxy or gateway"},
		"empty 401":        {401, nil, "", "a proxy or gateway"},
		"WAF":              {403, map[string]string{"Content-Type": "text/html"}, "<html>Request blocked", "a firewall or sign-in page"},
		"Cloudflare":       {403, map[string]string{"CF-Ray": "1", "Content-Type": "text/html"}, "<html>Sorry", "Cloudflare"},
		"proxy":            {407, map[string]string{"Proxy-Authenticate": "Basic"}, "", "a proxy on the way"},
		"plain":            {403, map[string]string{"Content-Type": "text/plain"}, "blocked by policy", "a proxy or gateway"},
		"hostile":          {403, map[string]string{"Server": "a\u202eb" + testToken}, "", "in front of it (ab[redacted]"},
		"captive portal":   {511, map[string]string{"Content-Type": "text/html"}, "<html>Wi-Fi", "the network that you are in"},
		"proxy's JSON 403": {403, map[string]string{"Content-Type": "application/json"}, `{"error":"denied"}`, "an API gateway"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				for k, v := range test.header {
					w.Header().Set(k, v)
				}
				w.WriteHeader(test.status)
				fmt.Fprint(w, test.body)
			})
			_, listing := c.Tokens(t.Context())
			_, validating := c.Validate(t.Context(), "a")
			for i, err := range []error{listing, validating} {
				e := asError(t, err)
				if !strings.Contains(e.Error(), test.who) || !strings.Contains(e.Error(), "not Unleash") ||
					strings.Contains(e.Hint(), checkToken) || strings.Contains(e.Hint(), "isn't an Admin") {
					t.Errorf("%q, hint %q, want %q", e, e.Hint(), test.who)
				}
				if outside := strings.Contains(e.Hint(), "people outside can't open the link either"); outside != (i == 1 && test.status != 407 && test.status != 511) {
					t.Errorf("people outside are mentioned: %v, in %q", outside, e.Hint())
				}
			}
		})
	}
}

// /invite is behind a sign-in although /api is not.
func TestASignInPageInFrontOfInviteLinks(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://sso.acme.io/login", http.StatusFound)
		},
		"page": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>Sign in") },
		"nobody": func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "default backend - 404", http.StatusNotFound)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(r.URL.Path, "/invite/") {
					answer(w, r)
					return
				}
				fmt.Fprint(w, `{"tokens":[]}`)
			})
			if _, err := c.Tokens(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, err := c.Validate(t.Context(), "a")
			if e := asError(t, err); !strings.Contains(e.Hint(), "people outside can't open the link either") {
				t.Errorf("%v, hint %q", e, e.Hint())
			}
		})
	}
}

func TestAnUnleashWithoutInviteLinks(t *testing.T) {
	for name, test := range map[string]struct{ config, sentence, hint string }{
		"old":       {`{"version":"4.12.6"}`, "too old for invite links: it is version 4.12.6", "4.19 and later"},
		"new":       {`{"version":"8.2.0"}`, "404", "what stands in front of it"},
		"unknown":   {`{"name":"x"}`, "404", "may be older than 4.19"},
		"not there": {``, "404", "Check the address"},
	} {
		t.Run(name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/ui-config") && test.config != "" {
					fmt.Fprint(w, test.config)
					return
				}
				w.WriteHeader(http.StatusNotFound)
				fmt.Fprint(w, `{"message":"The requested resource does not exist"}`)
			})
			_, err := c.Tokens(t.Context())
			if e := asError(t, err); !strings.Contains(e.Error(), test.sentence) || !strings.Contains(e.Hint(), test.hint) {
				t.Errorf("%q, hint %q", e, e.Hint())
			}
		})
	}
	for version, want := range map[string]bool{"4.18.9": true, "v3.20.1": true, "4.19.5": false, "5.0.0": false, "10.0": false, "": false, "main": false} {
		if got := older(version, oldestVersion); got != want {
			t.Errorf("%q is older: %v", version, got)
		}
	}
}

func TestEdgeIsNoInstance(t *testing.T) {
	for _, address := range []string{"https://eu.edge.getunleash.io", "https://acme.US.edge.getunleash.io/api", "https://edge.getunleash.io"} {
		if _, err := New(address, testToken); err == nil || !strings.Contains(err.Error(), "Unleash Edge") {
			t.Errorf("%s: %v", address, err)
		}
		if _, err := Find(t.Context(), address); err == nil || !strings.Contains(err.Error(), "Unleash Edge") {
			t.Errorf("Find %s: %v", address, err)
		}
	}
	if _, err := New("https://us.app.getunleash.io/acme", testToken); err != nil {
		t.Error(err)
	}
}
