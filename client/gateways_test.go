package client

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/model"
)

// gatewayRefusals are answers of what may stand before Unleash, some of them much like its own.
var gatewayRefusals = map[string]struct {
	status      int
	contentType string
	body        string
}{
	"Feathers":        {401, "application/json", `{"name":"NotAuthenticated","message":"No auth token","code":401,"className":"not-authenticated","errors":{}}`},
	"Express":         {401, "application/json", `{"name":"UnauthorizedError","message":"No authorization token was found","code":"credentials_required"}`},
	"written in Go":   {401, "text/plain; charset=utf-8", "Unauthorized\n"},
	"Kubernetes":      {403, "application/json", `{"kind":"Status","metadata":{},"status":"Failure","message":"User cannot get path","details":{},"code":403}`},
	"Azure":           {401, "application/json", `{"statusCode":401,"message":"Access denied due to missing subscription key."}`},
	"Google":          {401, "application/json", `{"error":{"code":401,"message":"Invalid authentication credentials.","status":"UNAUTHENTICATED"}}`},
	"Spring":          {403, "application/json", `{"timestamp":"2026-01-01","status":403,"error":"Forbidden","path":"/api/admin/user"}`},
	"problem details": {403, "application/problem+json", `{"type":"about:blank","title":"Forbidden","status":403,"path":"/api"}`},
	"a list":          {403, "application/json", `[{"name":"x","id":"1"}]`},
	"a text":          {403, "application/json", `"Forbidden"`},
	"nothing":         {403, "", ""},
	"a page":          {401, "text/html", "<html>Sign in"},
}

// gatewayCalls are all calls of the API.
func gatewayCalls(t *testing.T, c *Client) map[string]func() error {
	t.Helper()
	ctx, later := t.Context(), time.Now().Add(48*time.Hour)
	return map[string]func() error{
		"list":        func() error { _, err := c.Tokens(ctx); return err },
		"one link":    func() error { _, err := c.Token(ctx, "abc"); return err },
		"create":      func() error { _, err := c.Create(ctx, "x", later); return err },
		"expire":      func() error { return c.SetExpiry(ctx, "abc", later) },
		"delete":      func() error { return c.Delete(ctx, "abc") },
		"restore":     func() error { return c.Restore(ctx, "abc") },
		"validate":    func() error { _, err := c.Validate(ctx, "abc"); return err },
		"who am I":    func() error { _, err := c.WhoAmI(ctx); return err },
		"sign in":     func() error { _, _, err := c.SignIn(ctx); return err },
		"server":      func() error { _, err := c.Server(ctx); return err },
		"accounts":    func() error { _, err := c.Accounts(ctx); return err },
		"one account": func() error { _, err := c.Account(ctx, 1); return err },
		"remove":      func() error { return c.RemoveAccount(ctx, model.Account{ID: 3}) },
		"role":        func() error { return c.ChangeRole(ctx, model.Account{ID: 3}, model.Role{ID: 2}) },
		"maintenance": func() error { _, err := c.SetMaintenance(ctx, false); return err },
		"find":        func() error { _, err := Find(ctx, c.BaseURL()); return err },
	}
}

func TestAGatewaysRefusalIsNoUnleashsOnAnyCall(t *testing.T) {
	for name, refusal := range gatewayRefusals {
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", refusal.contentType)
			w.WriteHeader(refusal.status)
			fmt.Fprint(w, refusal.body)
		})
		for call, do := range gatewayCalls(t, c) {
			e := asError(t, do())
			if !strings.Contains(e.Error(), "not Unleash") || e.TokenRefused() || strings.Contains(e.Hint(), checkToken) ||
				strings.Contains(e.Hint(), "isn't an Admin") || !strings.Contains(e.Hint(), "let you through") {
				t.Errorf("%s, %s: %q, hint %q", name, call, e, e.Hint())
			}
		}
	}
}

// Whatever refuses a request that carries no token, the token is not the cause.
func TestWhatCarriesNoTokenBlamesNone(t *testing.T) {
	for _, body := range []string{
		`{"id":"x","name":"UnauthorizedError","message":"You must log in to use Unleash.","details":[{"message":"x"}]}`,
		`{"type":"password","path":"/auth/simple/login","message":"You must sign in"}`, "Unauthorized",
	} {
		server := demo.New(demo.Options{Links: demo.Sample(time.Now())})
		t.Cleanup(server.Close)
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "" {
				server.ServeHTTP(w, r)
				return
			}
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, body)
		})
		_, err := c.Validate(t.Context(), "abc")
		e := asError(t, err)
		if !strings.Contains(e.Error(), "not Unleash") || e.TokenRefused() || !strings.Contains(e.Hint(), "people outside can't open the link either") {
			t.Errorf("%s: %q, hint %q", body, e, e.Hint())
		}
	}
}
