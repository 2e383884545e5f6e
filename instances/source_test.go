package instances

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"unleash-invite/client"
	"unleash-invite/config"
)

const oldToken, newToken = config.Secret("user:0123456789abcdef01234567"), config.Secret("user:fedcba9876543210fedcba98")

// door is a server that takes the token that valid says.
func door(t *testing.T, valid *atomic.Value) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("Authorization") != valid.Load() {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(`{"id":"1","name":"UnauthorizedError","message":"You must log in to use Unleash."}`))
			return
		}
		_, _ = w.Write([]byte(`{"tokens":[]}`))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// ownProfiles is a profiles file of the test's own.
func ownProfiles(t *testing.T, text string) (config.Profiles, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "profiles.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return config.ProfilesIn(path), path
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestARenewedTokenIsFetchedFromItsSource has every kind of source with a token, which then is another.
func TestARenewedTokenIsFetchedFromItsSource(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is for a Unix shell")
	}
	var valid atomic.Value
	url := door(t, &valid)
	vault := filepath.Join(t.TempDir(), "vault")
	inFile := func(token config.Secret) string {
		return "[[profile]]\nname = \"acme\"\nurl = \"" + url + "\"\ntoken = \"" + string(token) + "\"\n"
	}
	byCommand := "[[profile]]\nname = \"acme\"\nurl = \"" + url + "\"\ntoken_command = \"cat " + vault + "\"\n"
	byVariable := "[[profile]]\nname = \"acme\"\nurl = \"" + url + "\"\ntoken_env = \"UNLEASH_INVITE_TEST_TOKEN\"\n"
	t.Setenv("UNLEASH_INVITE_TEST_TOKEN", string(oldToken))
	for name, test := range map[string]struct {
		file   string // of profiles
		renew  func(path string)
		direct config.Config // instead of a profile
		hint   string        // of the error once no source has the token
		never  bool          // there can't be another
	}{
		"a command": {file: byCommand, renew: func(string) { write(t, vault, string(newToken)) }, hint: "in the command cat, which was asked"},
		"the profiles file": {
			file: inFile(oldToken), renew: func(path string) { write(t, path, inFile(newToken)) }, hint: "in the profiles file, which was asked",
		},
		"a variable": {file: byVariable, never: true, hint: "in the variable UNLEASH_INVITE_TEST_TOKEN:"},
		"a token file": {
			direct: config.Config{URL: url, Token: oldToken, TokenFile: vault},
			renew:  func(string) { write(t, vault, string(newToken)+"\n") }, hint: "in the file given by --token-file, which was asked",
		},
		"UNLEASH_TOKEN":  {direct: config.Config{URL: url, Token: oldToken}, never: true, hint: "in the variable UNLEASH_TOKEN:"},
		"standard input": {direct: config.Config{URL: url, Token: oldToken, TokenFile: "-"}, never: true, hint: "in standard input:"},
	} {
		write(t, vault, string(oldToken))
		valid.Store(string(oldToken))
		own, path := ownProfiles(t, test.file)
		c := test.direct
		if test.file != "" {
			list, err := own.List()
			if err != nil {
				t.Fatal(err)
			}
			c.Profile = list[0]
		}
		on, err := OfProfiles(own, client.WithVersion("test")).First(t.Context(), c, false)
		if err != nil {
			t.Fatal(name, err)
		}
		ask := func() error { _, err := on.Client.Tokens(t.Context()); return err }
		if err := ask(); err != nil {
			t.Fatal(name, err)
		}
		valid.Store(string(newToken))
		if !test.never {
			test.renew(path)
			if err := ask(); err != nil {
				t.Errorf("%s: renewed: %v", name, err)
			}
			valid.Store("user:none")
		}
		err = ask()
		if e, ok := errors.AsType[*client.Error](err); !ok || !strings.Contains(e.Hint(), test.hint) {
			t.Errorf("%s: %v, %+v", name, err, e)
		}
	}
}

func TestATokenForAnotherAddressRenewsNone(t *testing.T) {
	var valid atomic.Value
	valid.Store(string(newToken))
	url := door(t, &valid)
	text := "[[profile]]\nname = \"acme\"\nurl = \"" + url + "\"\ntoken = \"" + string(oldToken) + "\"\n"
	own, path := ownProfiles(t, text)
	on, err := OfProfiles(own).Open(t.Context(), "acme", false)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, strings.NewReplacer(url, "https://other.example", string(oldToken), string(newToken)).Replace(text))
	if _, err := on.Client.Tokens(t.Context()); err == nil {
		t.Error("the token of another address was sent")
	}
}
