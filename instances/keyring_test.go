package instances

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"unleash-invite/config"
	"unleash-invite/e2e/terminal"
)

// TestARenewedTokenIsFetchedFromTheKeyring runs itself again in a session with a message bus and GNOME's keyring, unlocked.
func TestARenewedTokenIsFetchedFromTheKeyring(t *testing.T) {
	const inSession = "UNLEASH_INVITE_TEST_SESSION"
	if os.Getenv(inSession) == "" {
		if runtime.GOOS != "linux" {
			t.Skip("this system has a keyring of its own")
		}
		terminal.Need(t, "dbus-run-session")
		terminal.Need(t, "gnome-keyring-daemon")
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		const script = `printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" -test.run "$1" -test.v`
		cmd := exec.CommandContext(ctx, "dbus-run-session", "--", "sh", "-c", script, os.Args[0], "^"+t.Name()+"$")
		home := t.TempDir()
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_RUNTIME_DIR=" + home, inSession + "=1"}
		cmd.WaitDelay = time.Second
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	var valid atomic.Value
	valid.Store(string(oldToken))
	url := door(t, &valid)
	own, _ := ownProfiles(t, "")
	kept := config.Profile{Name: "acme", URL: url, Source: config.Source{Kind: config.InKeyring}}
	if err := own.Save(t.Context(), kept, oldToken); err != nil {
		t.Fatal(err)
	}
	on, err := OfProfiles(own).Open(t.Context(), "acme", false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := on.Client.Tokens(t.Context()); err != nil {
		t.Fatal(err)
	}
	valid.Store(string(newToken))
	if err := own.Replace(t.Context(), "acme", newToken); err != nil { // by another start of the program
		t.Fatal(err)
	}
	if _, err := on.Client.Tokens(t.Context()); err != nil {
		t.Errorf("renewed: %v", err)
	}
	valid.Store("user:none")
	_, err = on.Client.Tokens(t.Context())
	if hinted, ok := err.(interface{ Hint() string }); !ok || !strings.Contains(hinted.Hint(), "in the system keyring, which was asked for it again") {
		t.Errorf("%v", err)
	}
}
