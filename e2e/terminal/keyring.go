package terminal

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

// WithKeyring runs the test that calls it once more, in a session with a message bus and GNOME's keyring, unlocked. It
// reports whether that is where it was called: only there is there anything to test.
func WithKeyring(t *testing.T) bool {
	t.Helper()
	const inSession = "UNLEASH_INVITE_TEST_SESSION"
	if os.Getenv(inSession) != "" {
		return true
	}
	if runtime.GOOS != "linux" {
		t.Skip("this system has a keyring of its own")
	}
	Need(t, "dbus-run-session")
	Need(t, "gnome-keyring-daemon")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const script = `printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" -test.run "$1" -test.v`
	args := []string{"--", "sh", "-c", script, os.Args[0], "^" + t.Name() + "$"}
	cmd := exec.CommandContext(ctx, "dbus-run-session", args...) //nolint:gosec // the test's own binary
	home := t.TempDir()
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_RUNTIME_DIR=" + home, inSession + "=1"}
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, out)
	}
	return false
}
