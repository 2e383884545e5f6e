package config

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

// inSession reports whether the test runs in a session of its own, with a keyring.
const inSession = "UNLEASH_INVITE_TEST_SESSION"

// TestSecretService runs itself again in a session with a message bus and GNOME's keyring, unlocked.
func TestSecretService(t *testing.T) {
	if os.Getenv(inSession) == "" {
		if runtime.GOOS != "linux" {
			t.Skip("this system has a keyring of its own")
		}
		terminal.Need(t, "dbus-run-session")
		terminal.Need(t, "gnome-keyring-daemon")
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		const script = `printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" -test.run '^TestSecretService$' -test.v`
		cmd := exec.CommandContext(ctx, "dbus-run-session", "--", "sh", "-c", script, os.Args[0])
		home := t.TempDir()
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_RUNTIME_DIR=" + home, inSession + "=1"}
		cmd.WaitDelay = time.Second
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestSecretService") {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	p := written(t, "")
	p.keyring = OwnProfiles().keyring
	if kinds := p.CanKeep(t.Context()); !slices.Contains(kinds, InKeyring) {
		t.Fatalf("no keyring: %v", kinds)
	}
	if _, err := p.Token(t.Context(), inKeyring(), false); err == nil || !strings.Contains(err.Error(), "connect to it again") {
		t.Errorf("before: %v", err)
	}
	for _, token := range []Secret{"user:1111", "user:2222"} { // the second in place of the first
		if err := p.Save(t.Context(), inKeyring(), token); err != nil {
			t.Fatal(err)
		}
		if got, err := p.Token(t.Context(), inKeyring(), false); err != nil || got != token {
			t.Errorf("%q, %v", string(got), err)
		}
	}
	if text, err := os.ReadFile(p.path); err != nil || strings.Contains(string(text), "2222") {
		t.Errorf("%s, %v", text, err)
	}
}
