package terminal

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"
)

var (
	errNoKeyboard   = errors.New("there is no terminal to read keys from")
	errTerminalGone = errors.New("the terminal is gone")
)

// HasKeyboard reports whether there is a terminal to read keys from.
func HasKeyboard() bool {
	k, err := openKeyboard()
	if err == nil && k.File != os.Stdin {
		_ = k.Close()
	}
	return err == nil
}

// keyboard is the terminal's input. Its end is an error, since Bubble Tea would
// otherwise go on for ever on a terminal that has gone, deaf. Characters and
// sequences that come in parts are put together: Bubble Tea waits 50 ms for the
// rest, and would then take the text that is pasted over a slow link for keys.
type keyboard struct {
	*os.File
	// held is the beginning of a sequence whose rest is still to come.
	held  []byte
	burst burst
}

// openKeyboard is standard input, or the terminal that the program was started
// from when standard input is something else, as with --token-file -.
func openKeyboard() (*keyboard, error) {
	if term.IsTerminal(os.Stdin.Fd()) {
		return &keyboard{File: os.Stdin}, nil
	}
	tty, err := openTTY()
	if err != nil {
		return nil, errNoKeyboard
	}
	return &keyboard{File: tty}, nil
}

// Read reads what was typed; it may be nothing yet.
func (k *keyboard) Read(p []byte) (int, error) {
	n := copy(p, k.held)
	more, err := k.File.Read(p[n:max(len(p)/markedGrows, n+1)])
	n += more
	k.held = k.held[:0]
	switch {
	case errors.Is(err, io.EOF):
		return n, errTerminalGone
	case err != nil:
		return n, err
	}
	whole := n - incomplete(p[:n])
	k.held = append(k.held, p[whole:n]...)
	return copy(p, k.burst.mark(slices.Clone(p[:whole]), time.Now())), nil
}

// longestSequence is more than a sequence of any key has.
const longestSequence = 32

// incomplete is how many bytes at the end are the beginning of a character or of a sequence. An ESC alone is
// none: it may be the key.
func incomplete(p []byte) int {
	tail := p[max(0, len(p)-longestSequence):]
	if at := bytes.LastIndexByte(tail, 0x1b); at >= 0 {
		seq := tail[at:]
		isParameter := func(b rune) bool { return 0x20 <= b && b <= 0x3f }
		if string(seq) == "\x1bO" || bytes.HasPrefix(seq, []byte("\x1b[")) && len(bytes.TrimLeftFunc(seq[2:], isParameter)) == 0 {
			return len(seq)
		}
	}
	for n := 1; n <= min(utf8.UTFMax, len(p)); n++ {
		if from := p[len(p)-n:]; utf8.RuneStart(from[0]) {
			if utf8.FullRune(from) {
				return 0
			}
			return n
		}
	}
	return 0
}
