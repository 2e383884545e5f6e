package tui

import (
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/screen"
)

// debugKey writes a key that was pressed to where the requests are written, for a bug report. What is typed into a field
// may be a secret, and is only said to be text.
func (m *Model) debugKey(msg tea.KeyPressMsg) tea.Cmd {
	if m.Debug == nil {
		return nil
	}
	name := msg.String()
	if len(m.screens) > 0 {
		if s, ok := m.top().(screen.TextTaker); ok && s.TakesText() && msg.Text != "" {
			name = "text"
		}
	}
	to, line := m.Debug, time.Now().UTC().Format("2006-01-02T15:04:05.000Z")+" key "+name+"\n"
	return func() tea.Msg {
		_, _ = io.WriteString(to, line)
		return nil
	}
}
