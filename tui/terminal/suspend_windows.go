package terminal

import (
	"os"
	"os/signal"
	"syscall"
)

// CanStop is true where a shell can stop and continue a program.
const CanStop = false

// ending are the signals that end the program in good order.
var ending = []os.Signal{os.Interrupt, syscall.SIGTERM}

// listen begins to take the signals.
func (j *Job) listen() { signal.Notify(j.signals, ending...) }

func isContinue(os.Signal) bool { return false }

// notifyResize has nothing to do: the console reports its size as input.
func notifyResize(chan<- os.Signal) {}

func openTTY() (*os.File, error) { return os.OpenFile("CONIN$", os.O_RDWR, 0) }

func (*Job) suspend() bool { return false }

func (*Job) waitForForeground() {}
