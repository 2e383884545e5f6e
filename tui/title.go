package tui

import (
	"strings"
	"unicode"
)

// title is the window's: what a list of windows should tell. It holds nothing that changes by itself, as it costs bytes.
func (m *Model) title() string {
	text := "unleash-invite"
	if m.session.Connected() && m.window.Width > 0 {
		_, words := m.standing()
		text += ": " + words + " — " + m.session.Instance.Host
	}
	return m.mask.Hide(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text))
}
