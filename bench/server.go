package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"

	"unleash-invite/demo"
)

// target is an Unleash to measure with.
type target struct {
	url, token string
	// profiles is the folder of the profiles file that leads there, in place of url and token; see secure.go.
	profiles string
	close    func()
}

// tokensPath is where the list of links is.
const tokensPath = "/api/admin/invite-link/tokens" //nolint:gosec // a path, no credential

// serve serves an Unleash in memory by TCP.
func serve(handler http.Handler) target {
	server := httptest.NewServer(handler)
	return target{url: server.URL, token: demo.AdminToken, close: server.Close}
}

// env is the environment of a program that is to ask the target: nothing of the
// person's own that could change its mind.
func (t target) env(home string) []string {
	if t.profiles != "" {
		return append(plainEnv(home), "XDG_CONFIG_HOME="+t.profiles)
	}
	return append(plainEnv(home), "UNLEASH_URL="+t.url, "UNLEASH_TOKEN="+t.token)
}

func plainEnv(home string) []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TERM=xterm-256color", "LANG=C.UTF-8"}
}

// onThisMachine refuses the address of an instance that others may use.
func onThisMachine(address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return fmt.Errorf("%q is no address", address)
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%s may be another machine, and the links of what is measured get rotated: use go run ./e2e/unleash here", u.Host)
	}
	return nil
}

// list returns what the target's list of links says, read without HTTP.
func list(ctx context.Context, server *demo.Server) ([]byte, error) {
	req := httptest.NewRequestWithContext(ctx, http.MethodGet, tokensPath, strings.NewReader(""))
	req.Header.Set("Authorization", demo.AdminToken)
	answer := httptest.NewRecorder()
	server.ServeHTTP(answer, req)
	if answer.Code != http.StatusOK {
		return nil, fmt.Errorf("the demo's list of links: status %d", answer.Code)
	}
	return answer.Body.Bytes(), nil
}
