package terminal

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// unread is how many bytes that were typed the program has not read yet.
func unread(tty *os.File) int {
	waiting := 0
	_ = control(tty, func(fd uintptr) error {
		number, err := unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		if err != nil {
			return err
		}
		line, err := unix.Open("/dev/pts/"+strconv.Itoa(number), unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
		if err != nil {
			return err
		}
		defer func() { _ = unix.Close(line) }()
		waiting, err = unix.IoctlGetInt(line, unix.TIOCINQ)
		return err
	})
	return waiting
}
