package tui

import (
	tea "charm.land/bubbletea/v2"
)

// maskMark says that the secrets are masked.
func (m *Model) maskMark() string {
	if !m.mask.On {
		return ""
	}
	return m.styles.Strong.Render("masked")
}

// toggleMask masks the secrets or shows them again.
func (m *Model) toggleMask() tea.Cmd {
	m.mask.On = !m.mask.On
	if !m.mask.On {
		return m.say(m.styles.Faint, "Secrets are shown again.")
	}
	m.mask.Learn(m.links.Tokens)
	return m.say(m.styles.Success, "Secrets are masked; copying still copies them. m shows them again.")
}
