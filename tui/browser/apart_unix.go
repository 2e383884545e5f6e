//go:build !windows

package browser

import (
	"os/exec"
	"syscall"
)

// apart runs the command in a session of its own: it can't reach our terminal, nor do our signals reach it.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
