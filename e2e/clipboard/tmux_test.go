//go:build unix

package clipboard

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

const sentOn = "Copied to tmux, and sent to your terminal's clipboard"

// tmux is a server of the test's own.
type tmux struct {
	t            *testing.T
	socket, conf string
}

func newTmux(t *testing.T, conf string) tmux {
	t.Helper()
	need(t, "tmux")
	folder, err := os.MkdirTemp("", "tmux") //nolint:usetesting // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	s := tmux{t, filepath.Join(folder, "s"), filepath.Join(folder, "conf")}
	if err := os.WriteFile(s.conf, []byte(conf+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.command("kill-server").Run() // or it has ended
		_ = os.RemoveAll(folder)
	})
	return s
}

// session is the command line that runs another in a new session.
func (s tmux) session(command ...string) []string {
	return append([]string{"tmux", "-u", "-S", s.socket, "-f", s.conf, "new-session"}, command...)
}

func (s tmux) command(args ...string) *exec.Cmd {
	command := exec.Command("tmux", append([]string{"-S", s.socket}, args...)...)
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	return command
}

// holds fails unless tmux's buffer holds the text.
func (s tmux) holds(text string) {
	s.t.Helper()
	got, err := s.command("show-buffer").CombinedOutput()
	if err != nil || string(got) != text {
		s.t.Errorf("tmux's buffer holds %q (%v), not %q", got, err, text)
	}
}

func startIn(t *testing.T, command []string, variables ...string) *terminal.Terminal {
	t.Helper()
	term := terminal.Start(t, terminal.Options{Width: 100, Env: variables, Timeout: 20 * time.Second, Answer: true}, command[0], command[1:]...)
	term.WaitFor("● Active")
	return term
}

func TestTmux(t *testing.T) {
	for name, conf := range map[string]string{
		"defaults":             "",
		"set-clipboard on":     "set -s set-clipboard on",
		"set-clipboard off":    "set -s set-clipboard off",
		"allow-passthrough on": "set -g allow-passthrough on",
	} {
		t.Run(name, func(t *testing.T) {
			s := newTmux(t, conf)
			term := startIn(t, s.session(program(t), "--demo"))
			copied := copyLink(t, term, sentOn)
			s.holds(copied)
			received(t, term, copied)
		})
	}
}

func TestTmuxOnATerminalThatTakesNoClipboard(t *testing.T) {
	s := newTmux(t, "")
	term := startIn(t, s.session(program(t), "--demo"), "TERM=vt100")
	s.holds(copyLink(t, term, "Copied to tmux: prefix ] pastes it"))
	nothingSent(t, term)
}

func TestTmuxInTmux(t *testing.T) {
	for name, conf := range map[string]string{"defaults": "", "set-clipboard on": "set -s set-clipboard on"} {
		t.Run(name, func(t *testing.T) {
			outer, inner := newTmux(t, conf), newTmux(t, conf)
			command := append([]string{"env", "-u", "TMUX"}, inner.session(program(t), "--demo")...)
			term := startIn(t, outer.session(command...))
			copied := link(t, term)
			term.Type("c")
			term.WaitFor("Copied to tmux")
			inner.holds(copied)
			if conf == "" { // the outer tmux takes nothing from what runs in it
				nothingSent(t, term)
				return
			}
			received(t, term, copied)
			outer.holds(copied)
		})
	}
}

// Before 3.2 tmux had no load-buffer -w, and let everything that is wrapped through.
func TestOldTmux(t *testing.T) {
	s := newTmux(t, "set -g allow-passthrough on")
	tools := newTools(t)
	tools.add("tmux", `case "$*" in *-w*) echo "unknown flag -w" >&2; exit 1;; esac; exec `+lookPath(t, "tmux")+` "$@"`)
	term := startIn(t, s.session("env", tools.path(), program(t), "--demo"))
	copied := copyLink(t, term, sentOn)
	s.holds(copied)
	received(t, term, copied)
}

func TestTmuxGone(t *testing.T) {
	need(t, "tmux")
	for name, variables := range map[string][]string{
		"its server died":      {"TMUX=" + filepath.Join(t.TempDir(), "gone") + ",1,0"},
		"it is not installed":  {"TMUX=/tmp/tmux,1,0", newTools(t).path()},
		"it does not answer":   {"TMUX=/tmp/tmux,1,0", newTools(t).add("tmux", `case "$1" in load-buffer) sleep 60;; esac; exit 1`).path()},
		"its socket is no one": {"TMUX=/dev/null,1,0"},
	} {
		t.Run(name, func(t *testing.T) {
			term := start(t, variables...)
			received(t, term, copyLink(t, term, "Sent to your terminal's clipboard"))
		})
	}
}
