package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// noShell is how soon the program goes on when the kernel discards the suspension.
const noShell = 300 * time.Millisecond

// suspend gives the terminal back to the shell. Without a shell above it the
// kernel does not stop the program, which would then wait for ever for its
// continuation: so it is continued by itself, unless it really was stopped.
func (m *Model) suspend() tea.Cmd {
	m.suspendedAt, m.notice.text = m.now(), ""
	time.AfterFunc(noShell, continueProcess)
	return tea.Suspend
}

func (m *Model) resumed() tea.Cmd {
	if m.now().Sub(m.suspendedAt) < 2*noShell {
		return m.say(m.styles.warning, "There is no shell to go back to, so ctrl+z does nothing here.")
	}
	if m.action.running() { // its own look is still to come
		return nil
	}
	return m.begin()
}
