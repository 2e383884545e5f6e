//go:build unix

package hygiene

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"unleash-invite/e2e/terminal"
)

// sequences are the control sequences in the output, in order.
func sequences(output []byte) []string {
	var all []string
	var state byte
	for len(output) > 0 {
		seq, width, n, next := ansi.DecodeSequence(output, state, nil)
		if width == 0 && len(seq) > 0 && (seq[0] < 0x20 || seq[0] == 0x7f || seq[0] >= 0x80 && seq[0] < 0xa0) {
			all = append(all, string(seq))
		}
		output, state = output[n:], next
	}
	return all
}

// allowed are the sequences that the program may write: moving, erasing, colours, and the three modes that it puts back.
var allowed = []*regexp.Regexp{
	regexp.MustCompile(`^[\r\n\t\x08]$`),
	regexp.MustCompile(`^\x1b\[[0-9;]*[ABCDEFGHJKLMPSTXZ@d` + "`" + `abefIr]$`), // cursor, erase, insert, delete, repeat, scroll
	regexp.MustCompile(`^\x1b\[[0-9;:]*m$`),
	regexp.MustCompile(`^\x1b\[\?(1049|25|2004|7)[hl]$`),
	regexp.MustCompile(`^\x1b\[\?5W$`), // tab stops every eight columns
	regexp.MustCompile(`^\x1bM$`),      // up, scrolling
	regexp.MustCompile(`^\x1b\]52;c;[A-Za-z0-9+/=]+\x07$`),
	regexp.MustCompile(`^\x1b\]2;unleash-invite[^\x00-\x1f\x7f]*\x07$`), // the window's title
	regexp.MustCompile(`^\x1b\[2[23];0t$`),                              // the one before is kept, and put back
}

func checkSequences(t *testing.T, output []byte) {
	t.Helper()
	for _, seq := range sequences(output) {
		ok := false
		for _, form := range allowed {
			ok = ok || form.MatchString(seq)
		}
		if !ok {
			t.Errorf("the terminal gets %q", seq)
		}
	}
}

// modesLeft are the modes of the terminal that are not as they were before the program.
func modesLeft(output []byte) []string {
	now := map[string]bool{}
	for _, seq := range sequences(output) {
		if mode, ok := strings.CutPrefix(seq, "\x1b[?"); ok && strings.HasSuffix(mode, "h") {
			now[strings.TrimSuffix(mode, "h")] = true
		} else if ok && strings.HasSuffix(mode, "l") {
			now[strings.TrimSuffix(mode, "l")] = false
		}
	}
	var left []string
	if kept := bytes.Count(output, []byte("\x1b[22;0t")) - bytes.Count(output, []byte("\x1b[23;0t")); kept != 0 {
		left = append(left, fmt.Sprintf("the title, kept %d times more often than put back", kept))
	}
	for mode, on := range now {
		if on != (mode == "25" || mode == "7") { // the cursor and the wrapping of lines are there before
			left = append(left, mode)
		}
	}
	return left
}

func TestEveryScreenWritesAllowedSequencesAlone(t *testing.T) {
	for _, name := range []string{"xterm-256color", "tmux-256color", "xterm-kitty", "linux"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			screen := start(t, terminal.Options{Env: []string{"TERM=" + name, "TERM_PROGRAM=ghostty"}, Answer: true})
			screen.WaitFor("Active")
			for _, keys := range []string{"?", "e", "e3d", "d", "r", "l", "l/de", "j", "c"} {
				for _, key := range keys {
					screen.Type(string(key))
				}
				screen.Resize(60, 20)
				screen.Type("ctrl+l", "esc", "esc", "esc")
				screen.WaitFor("q quit")
				screen.Resize(100, 30)
			}
			screen.Type("r", "y")
			screen.WaitFor("Rotated")
			screen.Type("d", "y")
			screen.WaitFor("Deleted")
			screen.Type("n")
			screen.WaitFor("New invite link")
			screen.Type("esc")
			screen.WaitFor("q quit")
			screen.Type("q")
			if code := screen.Wait(); code != 0 {
				t.Errorf("exit code %d", code)
			}
			checkSequences(t, screen.Output())
			if left := modesLeft(screen.Output()); left != nil {
				t.Errorf("modes left changed: %v", left)
			}
		})
	}
}
