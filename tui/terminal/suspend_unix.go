//go:build !windows

package terminal

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// CanStop is true where a shell can stop and continue a program.
const CanStop = true

// ending are the signals that end the program in good order.
var ending = []os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM}

// listen begins to take the signals.
func (j *Job) listen() { signal.Notify(j.signals, append(ending, syscall.SIGCONT)...) }

func isContinue(s os.Signal) bool { return s == syscall.SIGCONT }

func notifyResize(c chan<- os.Signal) { signal.Notify(c, syscall.SIGWINCH) }

func openTTY() (*os.File, error) { return os.OpenFile("/dev/tty", os.O_RDWR, 0) }

// suspend stops the program until the shell continues it, and says whether it was stopped. Signals that end the
// program act at once meanwhile: there is nothing to be put in order, and the terminal is the shell's.
func (j *Job) suspend() (stopped bool) {
	signal.Reset(append(ending, syscall.SIGCONT)...)
	defer j.listen()
	stopped = stop(syscall.SIGTSTP)
	j.waitForForeground() // it may go on in the background
	return stopped
}

// waitForForeground stops the program as long as the terminal is another job's. The kernel would do the same
// when the terminal's modes are set, but only after the other job's were taken for those to put back at the end.
func (j *Job) waitForForeground() {
	for {
		group, err := unix.IoctlGetInt(int(j.tty), unix.TIOCGPGRP)
		if err != nil || group == unix.Getpgrp() || !stop(syscall.SIGTTOU) {
			return
		}
	}
}

const (
	// noShell is how soon the program goes on when the kernel does not stop it, for want of a shell that could continue it.
	noShell = 300 * time.Millisecond
	// told is how long the news of being continued may take: timers that ended meanwhile can be faster.
	told = 50 * time.Millisecond
)

// stop stops the program and those started with it until it is continued; it says whether it was stopped.
func stop(by syscall.Signal) bool {
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	_ = syscall.Kill(0, by)
	for _, patience := range []time.Duration{noShell, told} {
		select {
		case <-continued:
			return true
		case <-time.After(patience):
		}
	}
	return false
}
