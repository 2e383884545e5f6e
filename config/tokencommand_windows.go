package config

import (
	"context"
	"os/exec"
	"syscall"
)

func shell(ctx context.Context, text string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "cmd.exe")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: `cmd.exe /S /C "` + text + `"`} // cmd has rules of its own for quotes
	return cmd
}

// detach keeps a command from opening a window to ask in.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr.HideWindow = true }
