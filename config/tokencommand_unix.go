//go:build unix

package config

import (
	"context"
	"os/exec"
	"syscall"
)

func shell(ctx context.Context, text string) *exec.Cmd {
	return exec.CommandContext(ctx, "/bin/sh", "-c", text) //nolint:gosec // what the user wrote to be run
}

// detach runs a command without a terminal, and ends its children with it.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
