//go:build !windows

package terminal

import (
	"os"
	"syscall"
)

// kill ends a program and its children: it leads a process group, since it leads its terminal's session.
func kill(program *os.Process) {
	_ = syscall.Kill(-program.Pid, syscall.SIGKILL) // or it has ended
}
