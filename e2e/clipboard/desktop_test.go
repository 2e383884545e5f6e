//go:build unix

package clipboard

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

const (
	copied = "Copied to the clipboard"
	byOSC  = "Sent to your terminal's clipboard"
)

func TestOverSSH(t *testing.T) {
	// A display that is there must not be taken for the user's own.
	for _, variable := range []string{"SSH_CONNECTION=192.0.2.1 22 192.0.2.2 22", "SSH_TTY=/dev/pts/9"} {
		term := start(t, variable, "DISPLAY=:99", newTools(t).add("xclip", "exit 0").path())
		received(t, term, copyLink(t, term, byOSC))
	}
}

func TestSSHFromTmux(t *testing.T) {
	term := start(t, "SSH_TTY=/dev/pts/9", "TERM=tmux-256color")
	received(t, term, copyLink(t, term, byOSC+", if tmux lets it through (set-clipboard on)"))
}

func TestClipboardProgramThatHangs(t *testing.T) {
	for name, variable := range map[string]string{"xclip": "DISPLAY=:99", "xsel": "DISPLAY=:99", "wl-copy": "WAYLAND_DISPLAY=wayland-9"} {
		t.Run(name, func(t *testing.T) {
			inTime(t, func() bool {
				tools := newTools(t).addHanging(name).add("wl-paste", "exit 0") // the library wants both
				term := start(t, variable, tools.path())
				wanted := link(t, term)
				term.Type("c")
				pids := tools.pids()
				term.Type("?")
				meanwhile := comesBefore(t, term, "In a form", "\x1b]52")
				term.Type("esc")
				meanwhile = meanwhile && comesBefore(t, term, "● Active", "\x1b]52")
				if meanwhile {
					term.WaitFor(byOSC + ".")
				}
				received(t, term, wanted)
				gone(t, pids)
				return meanwhile
			})
		})
	}
}

func TestQuittingEndsAClipboardProgramThatHangs(t *testing.T) {
	inTime(t, func() bool {
		tools := newTools(t).addHanging("xclip")
		term := start(t, "DISPLAY=:99", tools.path())
		term.Type("c")
		pids := tools.pids()
		term.Type("q")
		meanwhile := comesBefore(t, term, "Quitting as soon as this is done: Copying the link.", "\x1b[?1049l")
		if meanwhile {
			term.Type("q")
		}
		if code := term.Wait(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		gone(t, pids)
		return meanwhile
	})
}

// inTime tries until a key got through while a clipboard program hung: a slow machine may take longer than such a program is given.
func inTime(t *testing.T, meanwhile func() bool) {
	t.Helper()
	for range 5 {
		if meanwhile() {
			return
		}
	}
	t.Error("no key is answered while a clipboard program hangs")
}

// comesBefore reports whether the text is on the screen before the sequence is sent.
func comesBefore(t *testing.T, term *terminal.Terminal, text, sequence string) bool {
	t.Helper()
	for range 4000 {
		shown := strings.Contains(term.Screen(), text) // looked at first: what is sent later is no matter
		sent := bytes.Contains(term.Output(), []byte(sequence))
		if shown || sent {
			return !sent
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("neither %q nor %q came:\n%s", text, sequence, term.Screen())
	return false
}

// Who types c and q at once has copied the link.
func TestQuittingAtOnceStillCopies(t *testing.T) {
	t.Run("by a program", func(t *testing.T) {
		tools := newTools(t)
		tools.add("xclip", "sleep 0.3; cat > "+tools.file("clipboard"))
		term := start(t, "DISPLAY=:99", tools.path())
		wanted := link(t, term)
		term.Type("c", "q")
		if code := term.Wait(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		got, err := os.ReadFile(tools.file("clipboard"))
		if err != nil || string(got) != wanted {
			t.Errorf("the clipboard holds %q (%v), not %q", got, err, wanted)
		}
		term.WaitFor("unleash-invite: " + copied + ".")
	})
	t.Run("by the terminal", func(t *testing.T) {
		term := start(t, "SSH_TTY=/dev/pts/9")
		wanted := link(t, term)
		term.Type("c", "q")
		term.Wait()
		received(t, term, wanted)
	})
}

func TestClipboardProgramThatFails(t *testing.T) {
	tools := newTools(t).add("xclip", "exit 1").add("wl-copy", "exit 1").add("xsel", "exit 1")
	term := start(t, "DISPLAY=:99", "WAYLAND_DISPLAY=wayland-9", tools.path())
	received(t, term, copyLink(t, term, byOSC))
}

func TestNoClipboardProgram(t *testing.T) {
	for _, variable := range []string{"DISPLAY=:99", "DISPLAY="} {
		term := start(t, variable, newTools(t).path())
		received(t, term, copyLink(t, term, byOSC))
	}
}

// The real ones on a real X server; after the program has ended the link is still there.
func TestXServer(t *testing.T) {
	need(t, "Xvfb", "xclip", "xsel")
	display := startX(t)
	for _, name := range []string{"xclip", "xsel"} {
		t.Run(name, func(t *testing.T) {
			tools := newTools(t)
			tools.add(name, "exec "+lookPath(t, name)+` "$@"`)
			term := start(t, display, tools.path())
			wanted := copyLink(t, term, copied)
			nothingSent(t, term)
			term.Type("q")
			term.Wait()
			term.Close()
			if got := selection(display, wanted); got != wanted {
				t.Errorf("the selection holds %q, not %q", got, wanted)
			}
		})
	}
}

// selection reads the clipboard until it is as wanted, at most for a while: xsel
// ends before its child has told the X server.
func selection(display, wanted string) string {
	var got []byte
	for range 500 {
		read := exec.Command("timeout", "10", "xclip", "-out", "-selection", "clipboard")
		read.Env = []string{display, "PATH=" + os.Getenv("PATH")}
		if got, _ = read.CombinedOutput(); string(got) == wanted {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	return string(got)
}

// startX starts an X server of the test's own and returns the variable that leads to it.
func startX(t *testing.T) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-nolisten", "tcp", "-screen", "0", "64x64x8")
	x.ExtraFiles = []*os.File{w}
	if err := x.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = x.Process.Kill()
		_ = x.Wait()
	})
	_ = w.Close()
	_ = r.SetReadDeadline(time.Now().Add(30 * time.Second))
	number := make([]byte, 16)
	n, err := r.Read(number)
	if err != nil {
		t.Fatalf("the X server does not start: %v", err)
	}
	return "DISPLAY=:" + strings.TrimSpace(string(bytes.TrimSpace(number[:n])))
}
