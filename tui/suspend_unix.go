//go:build !windows

package tui

import (
	"os"
	"syscall"
)

// continueProcess ends the wait of a program that was not really stopped; one
// that was is going on already.
func continueProcess() { _ = syscall.Kill(os.Getpid(), syscall.SIGCONT) }
