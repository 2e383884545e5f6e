package program

import (
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"unleash-invite/demo"
)

// The four who joined are over the limit already, so that the link is deleted at once.
func TestTheCommandOfAnEventGetsNoToken(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is for a Unix shell")
	}
	url, _ := overHTTP(t, "")
	env := []string{"UNLEASH_URL=" + url, "UNLEASH_TOKEN=" + demo.AdminToken}
	got := runProgram(t, env, "", "watch", "--max-joins", "3", "--yes", "--exec", "env; cat")
	if got.code != 0 || !strings.Contains(got.stdout, "4 joined, 1 more than the limit of 3") ||
		!strings.Contains(got.stderr, "UNLEASH_INVITE_EVENT=deleted") || !strings.Contains(got.stderr, `"event":"deleted"`) {
		t.Errorf("%+v", got)
	}
	if strings.Contains(got.stdout+got.stderr, demo.AdminToken) {
		t.Error("the token was told")
	}
}

func TestWatchEndsWhenItsOutputIsLost(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs /dev/full")
	}
	url, _ := overHTTP(t, "")
	script := `"$1" watch --every 1s --max-joins 3 --yes >/dev/full`
	command := exec.CommandContext(t.Context(), "sh", "-c", script, "sh", program(t))
	command.Env = []string{"PATH=/usr/bin:/bin", "UNLEASH_URL=" + url, "UNLEASH_TOKEN=" + demo.AdminToken, "HOME=" + t.TempDir()}
	output, _ := command.CombinedOutput() // the exit code says it
	if command.ProcessState.ExitCode() != 1 || !strings.Contains(string(output), "no space left") {
		t.Errorf("code %d: %s", command.ProcessState.ExitCode(), output)
	}
}
