package terminal

import (
	"os"
	"os/exec"
	"runtime"
	"testing"
)

// Need skips a test where a program is missing that the test runs beside our own; in CI on Linux, where .ci/run has to
// install it, the test fails.
func Need(t testing.TB, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err == nil {
		return
	}
	if os.Getenv("CI") == "true" && runtime.GOOS == "linux" {
		t.Fatalf("%s is missing: install it", name)
	}
	t.Skipf("needs %s, which this machine lacks", name)
}
