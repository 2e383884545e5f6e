//go:build !windows

package clipboard

import (
	"os/exec"
	"syscall"
)

// apart runs the command in a session of its own: its children end with it when it
// is cancelled, and what keeps the text for others outlives our terminal.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
