//go:build unix

package hygiene

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
)

// inShell runs a line of sh in a terminal; the program is $1.
func inShell(t *testing.T, line string, env ...string) *terminal.Terminal {
	t.Helper()
	return terminal.Start(t, terminal.Options{Env: env}, "sh", "-c", line, "sh", program(t))
}

func TestAPipeGetsPlainText(t *testing.T) {
	t.Parallel()
	screen := inShell(t, `"$1" --demo | cat; echo over`)
	screen.WaitFor("over")
	screen.WaitFor("Active: anyone with this link can join as Viewer")
	if bytes.Contains(screen.Output(), []byte("\x1b")) {
		t.Errorf("the output is %q", screen.Output())
	}
}

func TestOtherStandardFiles(t *testing.T) {
	tests := []struct{ name, line, shows string }{
		{"closed output", `"$1" --demo >&-; echo "code $?."`, "code 0."},
		{"a pipe that nobody reads", `{ "$1" --demo; echo "code $?." >&2; } | true`, "code "},
		{"a full disk", `"$1" --demo >/dev/full; echo "code $?."`, "code 1."},
		{"a full disk says so", `"$1" --demo >/dev/full; echo "code $?."`, "no space left"},
		{"a file", `"$1" --demo >"$HOME/out"; cat "$HOME/out"`, "Active: anyone"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			screen := inShell(t, tt.line)
			screen.Wait()
			screen.WaitFor(tt.shows)
			if strings.Contains(screen.Screen(), "panic") || strings.Contains(screen.Screen(), "goroutine") {
				t.Errorf("the screen is:\n%s", screen.Screen())
			}
		})
	}
}

func TestKeysComeFromTheTerminalWhenStandardInputIsAnotherFile(t *testing.T) {
	i := serve(t, 0)
	tests := []struct{ name, line string }{
		{"nothing", `"$1" --demo </dev/null`},
		{"closed", `"$1" --demo <&-`},
		{"a pipe", `yes | "$1" --demo`},
		{"the token", `echo "$TOKEN" | "$1" --token-file -`},
		{"errors elsewhere", `"$1" --demo 2>&-`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			screen := inShell(t, tt.line+`; echo "code $?."`, "UNLEASH_URL="+i.URL, "TOKEN="+demo.AdminToken)
			screen.WaitFor("● Active")
			screen.Type("l")
			screen.WaitFor("All links")
			screen.Type("q")
			screen.WaitFor("code 0.")
			if left := modesLeft(screen.Output()); left != nil {
				t.Errorf("modes left changed: %v", left)
			}
		})
	}
}

// A terminal to write to and none to read from is common under schedulers and in containers.
func TestWithoutAKeyboardTheStatusIsPrinted(t *testing.T) {
	t.Parallel()
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Skip("this system has no pseudo-terminals")
	}
	defer func() { _ = ours.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, program(t), "--demo")
	command.Env = []string{"TERM=xterm-256color", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	command.Stdout, command.Stderr = theirs, theirs
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // and so without a controlling terminal
	if err := command.Run(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	_ = theirs.Close()
	output := make([]byte, 4<<10)
	n, _ := ours.Read(output)
	if !strings.HasPrefix(string(output[:n]), "Active: anyone") || bytes.Contains(output[:n], []byte("\x1b")) {
		t.Errorf("the output is %q", output[:n])
	}
}
