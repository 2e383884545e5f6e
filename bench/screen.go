package main

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/charmbracelet/x/vt"
)

// screen shows the output as someone would see it.
type screen struct {
	emulator *vt.Emulator
	at       time.Time // when the last chunk came
}

func newScreen() *screen {
	s := &screen{emulator: vt.NewEmulator(width, height)}
	go func() { _, _ = io.Copy(io.Discard, s.emulator) }() // it stands still until its answers are taken
	return s
}

func (s *screen) feed(c chunk) {
	_, _ = s.emulator.Write(c.data) // fails only when closed
	s.at = c.at
}

func (s *screen) has(text string) bool { return strings.Contains(s.String(), text) }

// String is the text of all rows.
func (s *screen) String() string { return s.emulator.String() }

// spinner shows that the program is working on something.
var spinner = regexp.MustCompile(` *[\x{2800}-\x{28ff}]? *(\n|$)`)

// painted is the text of all rows, and where the cursor is if it is seen. A spinner
// that turns, begins or ends is no change.
func (s *screen) painted() string {
	text := spinner.ReplaceAllString(s.String(), "$1")
	if s.emulator.CursorHidden() {
		return text
	}
	return fmt.Sprint(text, s.emulator.CursorPosition())
}

// close ends the reader of its answers. Emulator.Close would race with that.
func (s *screen) close() {
	if pipe, ok := s.emulator.InputPipe().(io.Closer); ok {
		_ = pipe.Close()
	}
}
