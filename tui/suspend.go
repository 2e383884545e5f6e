package tui

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/terminal"
)

// suspend gives the terminal back to the shell and stops.
func (m *Model) suspend() tea.Cmd {
	if !terminal.CanStop {
		return m.say(m.styles.Warning, "There is no way to suspend a program here.")
	}
	m.notice.text = ""
	return m.job.SuspendCmd()
}

func (m *Model) resumed(msg terminal.ResumedMsg) tea.Cmd {
	if !msg.Stopped {
		return m.say(m.styles.Warning, "There is no shell to go back to, so ctrl+z does nothing here.")
	}
	if m.action.running() { // its own look is still to come
		return nil
	}
	return m.begin()
}
