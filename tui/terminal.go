package tui

import (
	"bytes"
	"os"

	"github.com/charmbracelet/x/ansi"
)

// terminal is the output without Bubble Tea's questions to the terminal and
// its keyboard modes. A late answer would land in the shell's prompt, and a
// mode that a killed session leaves behind would break the person's keyboard.
type terminal struct {
	*os.File // with its Fd it still is a terminal to Bubble Tea
}

// Write writes p less those sequences; it reports p whole as written.
func (t terminal) Write(p []byte) (int, error) {
	if _, err := t.File.Write(quiet(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// WriteString is Write; the file's own would go past it.
func (t terminal) WriteString(s string) (int, error) { return t.Write([]byte(s)) }

// quiet drops queries and keyboard modes: DECRQM (CSI ? … $ p), the kitty
// keyboard protocol (CSI ?, >, <, = … u) and modifyOtherKeys (CSI > … m).
// Bubble Tea never splits a sequence between two writes.
func quiet(p []byte) []byte {
	if !bytes.Contains(p, []byte("\x1b[")) {
		return p
	}
	out := make([]byte, 0, len(p))
	parser := ansi.GetParser()
	defer ansi.PutParser(parser)
	var state byte
	for len(p) > 0 {
		seq, _, n, next := ansi.DecodeSequence(p, state, parser)
		if !unwanted(ansi.Cmd(parser.Command()), seq) {
			out = append(out, seq...)
		}
		p, state = p[n:], next
	}
	return out
}

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
	}
	return false
}
