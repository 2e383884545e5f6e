//go:build linux

package program

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"unleash-invite/e2e/terminal"
)

// TestAKeyringThatIsSilentIsWaitedForInWords has a message bus that never answers: the terminal says what is waited for.
func TestAKeyringThatIsSilentIsWaitedForInWords(t *testing.T) {
	folder, err := os.MkdirTemp("", "bus") //nolint:usetesting // a socket's path has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	listener, err := net.Listen("unix", filepath.Join(folder, "bus"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	home := withProfiles(t, "[[profile]]\nname = \"acme\"\nurl = \"http://127.0.0.1:1\"\ntoken_keyring = true\n", 0o600)
	env := []string{home, "DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(folder, "bus")}
	term := terminal.Start(t, terminal.Options{Env: env}, program(t))
	term.WaitFor("Waiting for the system keyring, which may have to be unlocked… (ctrl+c quits)")
	term.Type("ctrl+c")
	if code := term.Wait(); code == 0 {
		t.Errorf("exit code %d:\n%s", code, term.Screen())
	}
}
