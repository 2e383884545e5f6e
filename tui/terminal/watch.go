package terminal

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"time"

	tea "charm.land/bubbletea/v2"
)

// SignalError is the signal that ended the program.
type SignalError struct{ Signal os.Signal }

// Error tells the signal's name.
func (e *SignalError) Error() string {
	return fmt.Sprintf("the program was ended by a signal (%s)", e.Signal)
}

const (
	// grace is how long the program may take to end after a signal. One that takes longer hangs on a terminal
	// that takes no output.
	grace = 2 * time.Second
	// resizeNoticed is how long after the start Bubble Tea surely notices when the window's size changes.
	resizeNoticed = 100 * time.Millisecond
)

// errStalled is a program that did not end in time; it wraps what was to end it.
var errStalled = errors.New("the terminal accepts no output")

type stalled struct{ error }

func (stalled) Is(target error) bool { return target == errStalled }
func (s stalled) Unwrap() error      { return s.error }

// watch runs the program until it ends, by itself or by what happens to it.
func watch(p *tea.Program, job *Job, screen *Output) error {
	resized := make(chan os.Signal, 1)
	notifyResize(resized)
	defer signal.Stop(resized)
	var failure error
	ended := make(chan struct{})
	go func() { // Bubble Tea recovers from its panics, guard from ours
		defer close(ended)
		_, failure = p.Run()
	}()
	early := time.After(resizeNoticed)
	for {
		select {
		case <-ended:
			return failure
		case err := <-screen.broken:
			return end(p, ended, err)
		case sig := <-job.signals:
			if !isContinue(sig) {
				return end(p, ended, &SignalError{sig})
			}
			go p.Send(ContinuedMsg{})
		case <-early:
			signal.Stop(resized)
			select {
			case <-resized:
				go p.Send(tea.RequestWindowSize())
			default:
			}
		}
	}
}

// end ends the program for the reason given, which it returns.
func end(p *tea.Program, ended <-chan struct{}, reason error) error {
	go p.Quit()
	select {
	case <-ended:
		return reason
	case <-time.After(grace):
		return stalled{reason}
	}
}
