package client

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What the calls send, byte for byte.
func TestCalls(t *testing.T) {
	at := time.Date(2026, 12, 1, 1, 2, 3, 456789000, time.FixedZone("CET", 3600))
	ctx := context.Background()
	tests := map[string]struct {
		call func(*Client) error
		want string
	}{
		"list":       {func(c *Client) error { _, err := c.Tokens(ctx); return err }, "GET /base/api/admin/invite-link/tokens "},
		"one":        {func(c *Client) error { _, err := c.Token(ctx, "ab c"); return err }, "GET /base/api/admin/invite-link/tokens/ab%20c "},
		"escaped":    {func(c *Client) error { _, err := c.Token(ctx, "a/../b?c#d%"); return err }, "GET /base/api/admin/invite-link/tokens/a%2F..%2Fb%3Fc%23d%25 "},
		"create":     {func(c *Client) error { _, err := c.Create(ctx, "Ünï \"x\"", at); return err }, `POST /base/api/admin/invite-link/tokens {"expiresAt":"2026-12-01T00:02:03.456Z","name":"Ünï \"x\""}`},
		"set expiry": {func(c *Client) error { return c.SetExpiry(ctx, "a", at) }, `PUT /base/api/admin/invite-link/tokens/a {"expiresAt":"2026-12-01T00:02:03.456Z"}`},
		"delete":     {func(c *Client) error { return c.Delete(ctx, "a") }, `PUT /base/api/admin/invite-link/tokens/a {"enabled":false}`},
		"restore":    {func(c *Client) error { return c.Restore(ctx, "a") }, `PUT /base/api/admin/invite-link/tokens/a {"enabled":true}`},
		"who am I":   {func(c *Client) error { _, err := c.WhoAmI(ctx); return err }, "GET /base/api/admin/user "},
		"instance":   {func(c *Client) error { _, err := c.Server(ctx); return err }, "GET /base/api/admin/ui-config "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got string
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				got = r.Method + " " + r.RequestURI + " " + string(body)
				if len(body) > 0 && r.Header.Get("Content-Type") != "application/json" {
					t.Errorf("Content-Type %q", r.Header.Get("Content-Type"))
				}
				fmt.Fprint(w, `{"secret":"a","enabled":true,"url":"https://flags.acme.io/","tokens":[],"user":{}}`)
			})
			c = newTestClient(t, c.BaseURL()+"/base/api/")
			if err := test.call(c); err != nil || got != test.want {
				t.Errorf("sent %q (%v), want %q", got, err, test.want)
			}
		})
	}
}

// A string that can be no secret is not sent anywhere.
func TestUnusableSecrets(t *testing.T) {
	c := serve(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s %s was sent", r.Method, r.URL) })
	ctx := context.Background()
	for _, secret := range []string{"", ".", "..", "a\x00", "a\nb", "a\x1b[1mb", "\u202ea", strings.Repeat("a", 257)} {
		_, err := c.Token(ctx, secret)
		_, err2 := c.Validate(ctx, secret)
		for _, err := range []error{err, err2, c.Delete(ctx, secret), c.Restore(ctx, secret), c.SetExpiry(ctx, secret, time.Now())} {
			if e := asError(t, err); !e.unsent {
				t.Errorf("%q: %v", secret, err)
			}
		}
	}
}

// Links that came without a URL get the address that the server puts into links,
// which is asked for once; the address of the instance when it doesn't tell.
func TestMissingURLs(t *testing.T) {
	tests := map[string]struct {
		config, want string
		asked        int
	}{
		"known":     {`{"unleashUrl":"https://links.acme.io"}`, "https://links.acme.io", 1},
		"not told":  {`{}`, "", 2},
		"malformed": {`{"unleashUrl":"javascript:alert(1)"}`, "", 2},
		"no answer": {"", "", 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			asked := 0
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/ui-config") {
					asked++
					if test.config == "" {
						w.WriteHeader(404)
					}
					fmt.Fprint(w, test.config)
					return
				}
				fmt.Fprint(w, `{"tokens":[{"secret":"a&b","enabled":true},{"secret":"c","enabled":true,"url":null},{"secret":"d","enabled":true,"url":"https://other.io/d"}]}`)
			})
			want := test.want
			if want == "" {
				want = c.BaseURL()
			}
			for range 2 {
				tokens, err := c.Tokens(context.Background())
				if err != nil || len(tokens) != 3 {
					t.Fatal(tokens, err)
				}
				for i, want := range []string{want + "/new-user?invite=a%26b", want + "/new-user?invite=c", "https://other.io/d"} {
					if tokens[i].URL != want {
						t.Errorf("URL %q, want %q", tokens[i].URL, want)
					}
				}
			}
			if asked != test.asked {
				t.Errorf("ui-config was asked for %d times, want %d", asked, test.asked)
			}
		})
	}
}
