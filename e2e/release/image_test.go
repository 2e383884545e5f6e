//go:build linux

package release

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"unleash-invite/e2e/terminal"
)

// TestTheProgramNeedsNothingAround starts it as the image does: alone in a root, as nobody, without HOME.
func TestTheProgramNeedsNothingAround(t *testing.T) {
	file, err := os.ReadFile("../../Dockerfile")
	if err != nil || !strings.Contains(string(file), "\nFROM scratch\n") || !strings.Contains(string(file), `ENTRYPOINT ["/unleash-invite"]`) {
		t.Fatalf("the image is another than what this tests: %v\n%s", err, file)
	}
	if os.Geteuid() != 0 {
		t.Skip("only root may change the root")
	}
	t.Cleanup(func() {
		if err := terminal.RemoveBuilds(); err != nil {
			t.Error(err)
		}
	})
	program, err := os.ReadFile(terminal.Build(t, "unleash-invite"))
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "unleash-invite"), program, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{root, filepath.Dir(root)} { // private to root otherwise
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"status", "--demo"}, {"rotate", "--demo", "--yes", "-q"}, {"man"}} {
		command := exec.CommandContext(t.Context(), "/unleash-invite", args...)
		command.Dir, command.Env = "/", []string{"PATH=/"}
		command.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		if output, err := command.CombinedOutput(); err != nil || len(output) == 0 {
			t.Errorf("%q: %v\n%s", args, err, output)
		}
	}
	command := exec.CommandContext(t.Context(), "/unleash-invite", "status")
	command.Dir, command.Env = "/", []string{"UNLEASH_URL=http://127.0.0.1:1", "UNLEASH_TOKEN=user:x"}
	command.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if output, _ := command.CombinedOutput(); command.ProcessState.ExitCode() != 1 || strings.Count(string(output), "\n") != 1 {
		t.Errorf("code %d: %s", command.ProcessState.ExitCode(), output)
	}
}
