//go:build !windows

package terminal

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// kill ends a program and its children: it leads a process group, since it leads its terminal's session.
func kill(program *os.Process) {
	_ = syscall.Kill(-program.Pid, syscall.SIGKILL) // or it has ended
}

// closable is the file with reads that end when it is closed; else the one under way would keep it open.
func closable(file *os.File) (*os.File, error) {
	fd, err := syscall.Dup(int(file.Fd()))
	if err != nil {
		return nil, err
	}
	if err := syscall.SetNonblock(fd, true); err != nil {
		return nil, err
	}
	syscall.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), file.Name()), file.Close()
}

// resize gives the terminal another size.
func resize(tty *os.File, width, height int) error {
	return control(tty, func(fd uintptr) error {
		size := &unix.Winsize{Row: uint16(height), Col: uint16(width)} //nolint:gosec // a test's own small numbers
		return unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, size)
	})
}
