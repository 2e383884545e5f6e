package program

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
)

// TestThroughAGateway has a gateway that wants a header, as Cloudflare Access does, and sends others to its sign-in.
func TestThroughAGateway(t *testing.T) {
	const key = "the-gateways-key-0123"
	at, _ := overHTTP(t, "")
	behind, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(behind)
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Gateway-Key") != key {
			http.Redirect(w, r, "https://login.acme.example/"+r.Header.Get("X-Gateway-Key"), http.StatusFound)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(gateway.Close)
	text := fmt.Sprintf("[[profile]]\nname = \"acme\"\nurl = %q\ntoken = %q\nheaders = {X-Gateway-Key = {env = \"GATEWAY\"}}\n", gateway.URL, demo.AdminToken)
	home, log := withProfiles(t, text, 0o600), filepath.Join(t.TempDir(), "log")
	env := []string{home, "GATEWAY=" + key, "TZ=UTC"}
	got := runProgram(t, env, "", "status", "--debug", log)
	told, err := os.ReadFile(log)
	if err != nil || got.code != 0 || strings.Contains(string(told)+got.stdout+got.stderr, key) || len(told) == 0 {
		t.Errorf("%+v, %v\n%s", got, err, told)
	}
	got = runProgram(t, []string{home, "GATEWAY=another-key-0123456"}, "", "status")
	if got.code != 1 || !strings.Contains(got.stderr, "The profile's headers were refused") || strings.Contains(got.stderr, "another-key") {
		t.Errorf("%+v", got)
	}
	term := terminal.Start(t, terminal.Options{Width: 100, Height: 30, Env: env}, program(t))
	term.WaitFor("● Active")
	term.Type("x")
	term.WaitFor("$UNLEASH_TOKEN and $X_GATEWAY_KEY stand for your token")
	term.Type("esc", "p")
	term.WaitFor("add one")
	term.Type("n")
	term.WaitFor("Connect to your Unleash")
	term.Type("\x1b[200~"+gateway.URL+"\x1b[201~", "enter")
	term.WaitFor("● Unleash answers at " + gateway.URL)
	term.Type("\x1b[200~"+demo.AdminToken+"\x1b[201~", "enter")
	term.WaitFor("You are admin, an Admin of Unleash 8.2.0.")
	term.Type("esc", "q")
	term.Wait()
	if bytes.Contains(term.Output(), []byte(key)) {
		t.Error("the header's value was written to the terminal")
	}
}
