//go:build unix

package hygiene

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

func TestTheTerminalVanishes(t *testing.T) {
	for _, p := range places {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			screen := start(t, terminal.Options{})
			p.enter(screen)
			screen.HangUp()
			if code := screen.Wait(); code != 129 && code != 1 {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// nobodyTells runs the program where the end of the terminal comes without SIGHUP: in another process group than
// the one in the foreground, and with a leader of the session that lives on.
const nobodyTells = `trap '' HUP; "$@" </dev/tty >/dev/tty 2>"$ERRORS"; echo "code=$?" >>"$ERRORS"`

func TestTheTerminalVanishesAndNobodyTells(t *testing.T) {
	t.Parallel()
	errors := filepath.Join(t.TempDir(), "errors")
	screen := terminal.Start(t, terminal.Options{Env: []string{"ERRORS=" + errors}}, "sh", "-c", nobodyTells, "sh", program(t), "--demo")
	screen.WaitFor("● Active")
	screen.HangUp()
	screen.Wait()
	said, err := os.ReadFile(errors)
	if err != nil || !strings.Contains(string(said), "code=1\n") && !strings.Contains(string(said), "code=129\n") {
		t.Errorf("it ended with %q (%v)", said, err)
	}
}

func TestTheTerminalVanishesInTheMiddleOfAWrite(t *testing.T) {
	t.Parallel()
	i := serve(t, time.Minute)
	screen := terminal.Start(t, terminal.Options{Env: i.env()}, program(t))
	screen.WaitFor("● Active")
	screen.Type("d", "y")
	screen.WaitFor("Deleting the link…")
	screen.HangUp()
	screen.Wait()
}

func TestTheTerminalTakesNoOutput(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			screen := start(t, terminal.Options{Width: 200, Height: 60})
			screen.WaitFor("● Active")
			raw := screen.Settings()
			screen.Freeze()
			for range 100 { // more than a pseudo-terminal holds
				screen.Type("ctrl+l")
				time.Sleep(20 * time.Millisecond)
			}
			screen.Signal(sig)
			if code := screen.Wait(); code != 128+int(sig) {
				t.Errorf("exit code %d", code)
			}
			if screen.Settings().Same(raw) {
				t.Error("the line is still raw")
			}
		})
	}
}
