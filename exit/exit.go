// Package exit holds the exit codes and what is said on standard error beside them.
package exit

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"unleash-invite/tui/draw"
	"unleash-invite/tui/terminal"
)

// The exit codes.
const (
	OK          = 0   // done, or people can join
	Failure     = 1   // the server could not be asked, the write was not done, or its outcome is not known
	Usage       = 2   // the command line or the configuration is wrong: nothing was started
	NotJoinable = 3   // nobody can join
	NothingToDo = 4   // not due: nothing was written
	Partly      = 5   // partly done: a fleet, or an interrupted rotation
	Signal      = 128 // and the signal's number, as shells count: 130 for SIGINT
)

// AfterScreen prints the farewell on standard error once the screen is gone, and
// is the exit code.
func AfterScreen(farewell string, failed bool, err error) int {
	if farewell != "" {
		fmt.Fprintln(os.Stderr, "unleash-invite:", farewell)
	}
	var panicked *terminal.PanicError
	var bySignal *terminal.SignalError
	switch {
	case errors.As(err, &panicked):
		Complain(Failure, fmt.Errorf("%w; please report it with what follows", err))
		fmt.Fprintf(os.Stderr, "%s", panicked.Stack)
		return Failure
	case errors.As(err, &bySignal):
		number, _ := bySignal.Signal.(syscall.Signal)
		return Signal + int(number)
	case err != nil:
		return Complain(Failure, fmt.Errorf("the terminal can't be used: %w", err))
	case failed:
		return Failure
	}
	return OK
}

// Complain writes what is wrong to standard error and returns the code.
func Complain(code int, err error) int { return ComplainTo(os.Stderr, code, err) }

// ComplainTo writes what is wrong to w and returns the code.
func ComplainTo(w io.Writer, code int, err error) int {
	_, _ = fmt.Fprintln(w, "unleash-invite:", draw.Sentence(err))
	return code
}
