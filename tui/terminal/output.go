package terminal

import (
	"bytes"
	"os"

	"github.com/charmbracelet/x/ansi"
)

// Output is the terminal without what Bubble Tea sends besides the picture: questions
// to the terminal, whose late answers would land in the shell's prompt, and
// modes that it would not leave as found. The window's title it leaves as found.
type Output struct {
	file *os.File
	// noAlternate reports whether the terminal has no second screen to draw on.
	noAlternate bool
	// noTitle reports whether the title is left alone, titled that it is ours, and the one before on the terminal's stack.
	noTitle, titled bool
	// broken gets the error when the terminal takes no more output.
	broken chan error
}

func newOutput(out *os.File, environ []string) *Output {
	kind := KindOf(environ)
	return &Output{file: out, noAlternate: kind.noAlternate, noTitle: kind.noTitle, broken: make(chan error, 1)}
}

// Fd makes it a terminal to Bubble Tea.
func (t *Output) Fd() uintptr { return t.file.Fd() }

// Read is never called.
func (t *Output) Read(p []byte) (int, error) { return t.file.Read(p) }

// Close leaves the file open: who opened it closes it.
func (t *Output) Close() error { return nil }

// Write writes p less those sequences; it reports p whole as written.
func (t *Output) Write(p []byte) (int, error) {
	if _, err := t.file.Write(t.Quiet(p)); err != nil {
		select {
		case t.broken <- err:
		default:
		}
		return 0, err
	}
	return len(p), nil
}

// Quiet drops the unwanted sequences. Bubble Tea never splits one between two writes.
func (t *Output) Quiet(p []byte) []byte {
	if !bytes.Contains(p, []byte("\x1b")) {
		return p
	}
	out := make([]byte, 0, len(p))
	parser := ansi.GetParser()
	defer ansi.PutParser(parser)
	var state byte
	for len(p) > 0 {
		seq, _, n, next := ansi.DecodeSequence(p, state, parser)
		switch {
		case t.noAlternate && (string(seq) == ansi.SetModeAltScreenSaveCursor || string(seq) == ansi.ResetModeAltScreenSaveCursor):
			out = append(out, clearScreen...)
		case bytes.HasPrefix(seq, []byte("\x1b]2;")):
			out = append(out, t.title(seq)...)
		case !unwanted(ansi.Cmd(parser.Command()), seq):
			out = append(out, seq...)
		}
		p, state = p[n:], next
	}
	return out
}

// title is a sequence that sets the window's title, with those around it that leave the title as it was found: Bubble Tea
// ends with an empty one, when it is suspended, too.
func (t *Output) title(seq []byte) []byte {
	empty := string(seq) == ansi.SetWindowTitle("")
	switch {
	case t.noTitle || empty && !t.titled:
		return nil
	case empty:
		t.titled = false
		return []byte(ansi.WindowOp(popTitle, 0))
	case t.titled:
		return seq
	}
	t.titled = true
	return append([]byte(ansi.WindowOp(pushTitle, 0)), seq...)
}

// The operations on the terminal's stack of titles. Neither is answered.
const pushTitle, popTitle = 22, 23

const clearScreen = "\x1b[H\x1b[J"

// unwanted are DECRQM (CSI ? … $ p), the kitty keyboard protocol (CSI ?, >, <, = … u), modifyOtherKeys (CSI > … m),
// and the cursor's shape (CSI … SP q), which is the user's own choice.
func unwanted(cmd ansi.Cmd, seq []byte) bool {
	if !bytes.HasPrefix(seq, []byte("\x1b[")) {
		return false
	}
	switch cmd.Final() {
	case 'p':
		return cmd.Prefix() == '?' && cmd.Intermediate() == '$'
	case 'u':
		return cmd.Prefix() != 0
	case 'm':
		return cmd.Prefix() == '>'
	case 'q':
		return cmd.Intermediate() == ' '
	}
	return false
}
