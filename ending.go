package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"unleash-invite/tui/draw"
	"unleash-invite/tui/terminal"
)

// The exit codes.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2   // the command line or the environment is wrong: nothing was started
	exitSignal  = 128 // and the signal's number, as shells count: 130 for SIGINT
)

// ended tells on standard error what is to be said once the screen is gone, and
// is the exit code.
func ended(farewell string, failed bool, err error) int {
	if farewell != "" {
		fmt.Fprintln(os.Stderr, "unleash-invite:", farewell)
	}
	var panicked *terminal.PanicError
	var bySignal *terminal.SignalError
	switch {
	case errors.As(err, &panicked):
		complain(exitFailure, fmt.Errorf("%w; please report it with what follows", err))
		fmt.Fprintf(os.Stderr, "%s", panicked.Stack)
		return exitFailure
	case errors.As(err, &bySignal):
		number, _ := bySignal.Signal.(syscall.Signal)
		return exitSignal + int(number)
	case err != nil:
		return complain(exitFailure, fmt.Errorf("the terminal can't be used: %w", err))
	case failed:
		return exitFailure
	}
	return exitOK
}

// complain says on standard error what is wrong.
func complain(code int, err error) int {
	fmt.Fprintln(os.Stderr, "unleash-invite:", draw.Sentence(err))
	return code
}
