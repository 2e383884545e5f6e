package tui

import (
	"errors"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// ErrNoKeyboard says that there is a screen, but no terminal to read keys from.
var ErrNoKeyboard = errors.New("no terminal to read keys from")

var errTerminalGone = errors.New("the terminal is gone")

// keyboard is the terminal's input. Its end is an error, since Bubble Tea would
// otherwise go on for ever on a terminal that has gone, deaf.
type keyboard struct{ *os.File }

// openKeyboard is standard input, or the terminal that the program was started
// from when standard input is something else, as with --token-file -.
func openKeyboard() (keyboard, error) {
	if term.IsTerminal(os.Stdin.Fd()) {
		return keyboard{os.Stdin}, nil
	}
	tty, err := openTTY()
	if err != nil {
		return keyboard{}, ErrNoKeyboard
	}
	return keyboard{tty}, nil
}

// Read reads what was typed.
func (k keyboard) Read(p []byte) (int, error) {
	n, err := k.File.Read(p)
	if err != nil && errors.Is(err, io.EOF) {
		return n, errTerminalGone
	}
	return n, err
}
