package e2e

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

func TestCommand(t *testing.T) {
	skipUnlessWanted(t)
	program := terminal.Build(t, "unleash-invite/e2e/unleash")
	t.Run("stops in good order", func(t *testing.T) {
		folder := openFolder(t)
		command, environment := startCommand(t, program, folder)
		url := environment["UNLEASH_URL"]
		if status, body := call(t, http.MethodGet, url+tokensPath, environment["UNLEASH_TOKEN"], ""); status != http.StatusOK {
			t.Errorf("with what the command prints the list answered %d: %s", status, body)
		}
		started := descendants(t, command.Process.Pid)
		if err := command.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := command.Wait(); err != nil {
			t.Errorf("the command ended with %v", err)
		}
		if left := alive(started); len(left) > 0 {
			t.Errorf("processes are left: %v", left)
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("files are left: %v %v", left, err)
		}
	})
	t.Run("takes its servers along when it is killed", func(t *testing.T) {
		command, _ := startCommand(t, program, openFolder(t))
		started := descendants(t, command.Process.Pid)
		if len(started) < 2 {
			t.Fatalf("PostgreSQL and Unleash aren't among the processes %v", started)
		}
		if err := command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = command.Wait() // it was killed
		for deadline := time.Now().Add(10 * time.Second); len(alive(started)) > 0; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("processes are left: %v", alive(started))
			}
		}
	})
}

// openFolder is a temporary folder that PostgreSQL's user can enter too; t.TempDir is private.
func openFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "unleash-e2e-test-") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// startCommand starts the command and returns the variables that it prints.
func startCommand(t *testing.T, program, temporary string) (*exec.Cmd, map[string]string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), program)
	command.Env = append(os.Environ(), "TMPDIR="+temporary)
	command.Stderr = t.Output()
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	environment := map[string]string{}
	lines := bufio.NewScanner(output)
	for len(environment) < 2 && lines.Scan() {
		name, value, ok := strings.Cut(strings.TrimPrefix(lines.Text(), "export "), "=")
		if !ok {
			t.Fatalf("the line %q sets no variable", lines.Text())
		}
		environment[name] = strings.Trim(value, "'")
	}
	if len(environment) < 2 {
		t.Fatalf("the command printed only %v", environment)
	}
	return command, environment
}
