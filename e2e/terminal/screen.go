package terminal

import (
	"bytes"
	"strings"
	"time"

	"github.com/charmbracelet/x/vt"
)

// Screen returns the text of all rows as they are now, without colours and without spaces at the ends of rows.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.emulator.String()
}

// Look lets f look at the cells as they are now; it must not keep the emulator.
func (t *Terminal) Look(f func(*vt.Emulator)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(t.emulator)
}

// Output returns every byte that the program has written so far.
func (t *Terminal) Output() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return bytes.Clone(t.output.Bytes())
}

// WaitFor waits until the screen holds the text.
func (t *Terminal) WaitFor(text string) {
	t.t.Helper()
	if reason := t.wait(func(screen string) bool { return strings.Contains(screen, text) }); reason != "" {
		t.t.Fatalf("%q isn't on the screen %s:\n%s", text, reason, t.Screen())
	}
}

// WaitForAbsent waits until the screen does not hold the text.
func (t *Terminal) WaitForAbsent(text string) {
	t.t.Helper()
	if reason := t.wait(func(screen string) bool { return !strings.Contains(screen, text) }); reason != "" {
		t.t.Fatalf("%q is still on the screen %s:\n%s", text, reason, t.Screen())
	}
}

// wait waits until the screen is as wanted; else it returns why there is no more waiting.
func (t *Terminal) wait(wanted func(screen string) bool) (reason string) {
	deadline := time.NewTimer(t.timeout)
	defer deadline.Stop()
	for {
		// Looked at first, so that the screen is looked at once more after the last output.
		over := isClosed(t.closed)
		if wanted(t.Screen()) {
			return ""
		}
		if over {
			return "and the program has ended"
		}
		select {
		case <-t.changed:
		case <-t.closed:
		case <-deadline.C:
			return "after " + t.timeout.String()
		}
	}
}

func isClosed(channel <-chan struct{}) bool {
	select {
	case <-channel:
		return true
	default:
		return false
	}
}
