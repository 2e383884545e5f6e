//go:build !windows

package tui

import (
	"syscall"
	"time"
)

// worktime is the CPU time that the test has taken: how long something takes on a machine that does nothing else.
func worktime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
