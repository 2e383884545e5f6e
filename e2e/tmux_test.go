package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

// tmux is a tmux server of the test's own, with tmux's defaults.
type tmux struct {
	t      *testing.T
	socket string
}

func startTmux(t *testing.T, env []string, program string) tmux {
	t.Helper()
	skipUnlessWanted(t)
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Fatal("tmux is not installed, and this test needs it")
	}
	folder, err := os.MkdirTemp("", "tmux") //nolint:usetesting // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	s := tmux{t, folder + "/s"}
	t.Cleanup(func() {
		_ = exec.Command("tmux", "-S", s.socket, "kill-server").Run()
		_ = os.RemoveAll(folder)
	})
	args := []string{"-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "24"}
	for _, variable := range env {
		args = append(args, "-e", variable)
	}
	s.run(append(args, program)...)
	return s
}

func (s tmux) run(args ...string) string {
	s.t.Helper()
	command := exec.CommandContext(s.t.Context(), "tmux", append([]string{"-S", s.socket}, args...)...)
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.t.TempDir(), "LANG=C.UTF-8", "TERM=xterm-256color"}
	output, err := command.CombinedOutput()
	if err != nil {
		s.t.Fatalf("tmux %q: %v: %s", args, err, output)
	}
	return string(output)
}

func (s tmux) waitFor(text string) {
	s.t.Helper()
	var screen string
	for range 100 {
		if screen = s.run("capture-pane", "-p"); strings.Contains(screen, text) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.t.Fatalf("%q isn't on the screen:\n%s", text, screen)
}

func TestCopyInTmuxLeavesTheLinkInItsBuffer(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	made := makeLink(t, i, time.Now().AddDate(0, 0, 5))
	s := startTmux(t, []string{"UNLEASH_URL=" + i.URL, "UNLEASH_TOKEN=" + i.AdminToken}, terminal.Build(t, "unleash-invite"))
	s.waitFor("● Active")
	s.run("send-keys", "c")
	s.waitFor("Copied to tmux")
	if got := s.run("show-buffer"); got != made.URL {
		t.Errorf("tmux's buffer holds %q instead of %q", got, made.URL)
	}
	if screen := fmt.Sprint(s.run("capture-pane", "-p")); strings.Contains(screen, "]52;") {
		t.Errorf("a control sequence is on the screen:\n%s", screen)
	}
}
