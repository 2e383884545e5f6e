package instances

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"unleash-invite/config"
)

// gatewayed is an Unleash over TLS behind a gateway that wants the key which opens holds.
type gatewayed struct {
	*httptest.Server
	opens atomic.Value
	ca    string // its authority's file
}

func behindGateway(t *testing.T) *gatewayed {
	t.Helper()
	certificate, key := authority(t)
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		t.Fatal(err)
	}
	g := &gatewayed{ca: filepath.ToSlash(filepath.Join(t.TempDir(), "ca.pem"))}
	write(t, g.ca, string(certificate))
	g.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answers := map[string]string{
			"/health":                       `{"health":"GOOD"}`,
			"/api/admin/user":               `{"user":{"id":1,"name":"Ann"},"permissions":[{"permission":"ADMIN"}]}`,
			"/api/admin/ui-config":          `{"version":"8.2.0"}`,
			"/api/admin/invite-link/tokens": `{"tokens":[]}`,
		}
		if r.Header.Get("X-Gateway-Key") != g.opens.Load() {
			http.Redirect(w, r, "https://login.acme.example/", http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(answers[r.URL.Path]))
	}))
	g.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	g.Config.ErrorLog = nil
	g.StartTLS()
	t.Cleanup(g.Close)
	return g
}

// profile is one of the server, whose gateway's key is in the vault's file.
func (g *gatewayed) profile(name, vault string) string {
	return fmt.Sprintf("[[profile]]\nname = %q\nurl = %q\ntoken = \"user:0123456789\"\nca_file = %q\nserver_name = \"flags.acme.io\"\n"+
		"production = true\nheaders = {X-Gateway-Key = {command = \"cat %s\"}}\n", name, g.URL, g.ca, vault)
}

func TestAProfilesHeadersOpenTheGateway(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is for a Unix shell")
	}
	g := behindGateway(t)
	vault := filepath.Join(t.TempDir(), "vault")
	write(t, vault, "first-key-0123456789\nits id\n")
	g.opens.Store("first-key-0123456789")
	own, path := ownProfiles(t, g.profile("acme", vault))
	on, err := OfProfiles(own).Open(t.Context(), "acme", false)
	if err != nil {
		t.Fatal(err)
	}
	look := func(want string) {
		t.Helper()
		_, err := on.Client.Tokens(t.Context())
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if err != nil && strings.Contains(fmt.Sprintf("%+v %#v", err, err), "-key-") {
			t.Errorf("the error tells the key: %+v", err)
		}
	}
	look("")
	g.opens.Store("second-key-0123456789")
	write(t, vault, "second-key-0123456789")
	look("")
	g.opens.Store("third-key-0123456789")
	write(t, path, strings.Replace(g.profile("acme", vault), `{command = "cat `+vault+`"}`, `"third-key-0123456789"`, 1))
	look("")
	g.opens.Store("no key")
	look("the server redirects to https://login.acme.example/")
}

// TestTheWayToAnAddressIsThatOfItsProfile connects without naming the profile, as the connect screen does.
func TestTheWayToAnAddressIsThatOfItsProfile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is for a Unix shell")
	}
	g := behindGateway(t)
	vault := filepath.Join(t.TempDir(), "vault")
	write(t, vault, "the-key-0123456789")
	g.opens.Store("the-key-0123456789")
	own, _ := ownProfiles(t, g.profile("acme", vault))
	i := OfProfiles(own)
	if found, err := i.Find(t.Context(), g.URL); err != nil || found.Address != g.URL {
		t.Errorf("%+v, %v", found, err)
	}
	on, _, server, err := i.SignIn(t.Context(), g.URL, "user:new")
	if err != nil || server.Version != "8.2.0" || !on.Production || on.Profile != "" {
		t.Fatalf("%+v, %v", on, err)
	}
	on, err = i.First(t.Context(), config.Config{URL: g.URL + "/api", Token: "user:new"}, false)
	if err != nil || !on.Production {
		t.Fatalf("%+v, %v", on, err)
	}
	if _, err := on.Client.Tokens(t.Context()); err != nil {
		t.Error(err)
	}
	again := config.Profile{Name: "again", URL: g.URL, Source: config.Source{Kind: config.InFile}}
	if err := i.Remember(t.Context(), again, "user:new"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"acme", "again"} {
		on, err := i.Open(t.Context(), name, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := on.Client.Tokens(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := i.Remember(t.Context(), config.Profile{Name: "acme", URL: "https://other.io", Source: again.Source}, "user:new"); err != nil {
		t.Fatal(err)
	}
	if p, err := own.Find("acme"); err != nil || len(p.Headers) != 0 || p.Secure != (config.Secure{}) {
		t.Errorf("another address has its headers: %+v, %v", p, err)
	}
}

func TestProfilesThatDifferAreNoWay(t *testing.T) {
	const at = "[[profile]]\nname = \"%s\"\nurl = \"http://flags.acme.io\"\ntoken_env = \"A\"\nunix_socket = \"/run/%[1]s\"\nproduction = %t\n"
	own, _ := ownProfiles(t, fmt.Sprintf(at, "a", true)+fmt.Sprintf(at, "b", false))
	t.Setenv("A", "user:0123456789")
	i := OfProfiles(own)
	if way := i.wayTo("http://flags.acme.io"); way.Name != "" {
		t.Errorf("%+v", way)
	}
	for name, production := range map[string]bool{"a": true, "b": false} {
		if on, err := i.Open(t.Context(), name, false); err != nil || on.Production != production {
			t.Errorf("%s: %+v, %v", name, on, err)
		}
	}
	if way := i.wayTo("http://elsewhere.acme.io"); way.Name != "" {
		t.Errorf("%+v", way)
	}
}

func TestAProfileThatChangedIsOpenedAnew(t *testing.T) {
	const text = "[[profile]]\nname = \"acme\"\nurl = \"http://flags.acme.io\"\ntoken = \"user:0123456789\"\nheaders = {X-One = \"a\"}\n"
	own, path := ownProfiles(t, text)
	i := OfProfiles(own)
	open := func() Instance {
		on, err := i.Open(t.Context(), "acme", false)
		if err != nil {
			t.Fatal(err)
		}
		return on
	}
	first := open()
	if again := open(); again.Client != first.Client {
		t.Error("opened twice")
	}
	write(t, path, strings.Replace(text, `"a"`, `"b"`, 1))
	if again := open(); again.Client == first.Client {
		t.Error("another header counts for nothing")
	}
}
