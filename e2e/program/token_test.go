package program

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
)

// expiring is an instance whose token is another one once expired is set.
func expiring(t *testing.T) (url string, expired *atomic.Bool) {
	t.Helper()
	expired = &atomic.Bool{}
	server := demo.New(demo.Options{Links: demo.Sample(time.Now())})
	t.Cleanup(server.Close)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch token := r.Header.Get("Authorization"); {
		case token == "user:new-token" && expired.Load():
			r.Header.Set("Authorization", demo.AdminToken)
		case token == demo.AdminToken && expired.Load():
			r.Header.Set("Authorization", "user:nobody")
		}
		server.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	return web.URL, expired
}

// A token that has expired is renewed in the program; the profile keeps its marks, and the next start needs nothing.
func TestAnExpiredTokenIsRenewed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it has other modes")
	}
	url, expired := expiring(t)
	text := "default = \"acme\"\n\n[[profile]]\nname = \"acme\"\nurl = \"" + url + "\"\ntoken = \"" + demo.AdminToken + "\"\nproduction = true\n"
	home := withProfiles(t, text, 0o600)
	expired.Store(true)
	term := terminal.Start(t, terminal.Options{Width: 100, Height: 24, Env: []string{home}}, program(t))
	term.WaitFor("t new token")
	term.WaitFor("PRODUCTION")
	term.Type("t")
	term.WaitFor("The server refuses the token")
	term.Type("o")
	term.WaitFor("There is no browser here: open " + url + "/profile/personal-api-tokens")
	term.Type("\x1b[200~Bearer user:new-token\n\x1b[201~", "enter")
	term.WaitFor("has replaced the old one in the profiles file")
	term.WaitFor("● Active")
	term.WaitFor("PRODUCTION")
	term.Type("q")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if bytes.Contains(term.Output(), []byte("new-token")) {
		t.Error("the token was written to the terminal")
	}
	path := filepath.Join(strings.TrimPrefix(home, "XDG_CONFIG_HOME="), "unleash-invite", "profiles.toml")
	got, err := os.ReadFile(path)
	if want := strings.Replace(text, demo.AdminToken, "user:new-token", 1); err != nil || string(got) != want {
		t.Errorf("%v, %s", err, got)
	}
	if status := runProgram(t, []string{home}, ""); status.code != 0 {
		t.Errorf("the next start: %+v", status)
	}
}

// TestCtrlRAsksTheCommandAgain has a vault that is unlocked after the command failed.
func TestCtrlRAsksTheCommandAgain(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is for a Unix shell")
	}
	url, expired := expiring(t)
	vault := filepath.Join(t.TempDir(), "vault")
	put := func(token string) {
		if err := os.WriteFile(vault, []byte(token), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(demo.AdminToken)
	home := withProfiles(t, "[[profile]]\nname = \"acme\"\nurl = \""+url+"\"\ntoken_command = \"cat "+vault+"\"\n", 0o600)
	term := terminal.Start(t, terminal.Options{Width: 100, Height: 24, Env: []string{home}}, program(t))
	term.WaitFor("● Active")
	put("")
	expired.Store(true)
	term.Type("ctrl+r")
	term.WaitFor("acme printed nothing")
	put("user:new-token")
	term.Type("ctrl+r")
	term.WaitFor("● Active")
	term.Type("q")
	term.Wait()
}

func TestAnExpiredTokenOfTheEnvironmentIsRenewedForTheSession(t *testing.T) {
	url, expired := expiring(t)
	env := []string{"UNLEASH_URL=" + url, "UNLEASH_TOKEN=" + demo.AdminToken}
	term := terminal.Start(t, terminal.Options{Width: 100, Height: 24, Env: env}, program(t))
	term.WaitFor("● Active")
	expired.Store(true)
	term.Type("ctrl+r")
	term.WaitFor("t new token")
	term.Type("t", "\x1b[200~user:new-token\x1b[201~", "enter")
	term.WaitFor("The new token works until you quit.")
	term.WaitFor("● Active")
	term.Type("q")
	term.Wait()
}
