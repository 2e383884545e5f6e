package tui

import (
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/screen"
)

// stray returns what to say of a key that means nothing on the screen on top, without ever acting on a guess; empty when it
// is none of a keyboard that types something else than the keys that are shown.
func (m *Model) stray(msg tea.KeyPressMsg) string {
	switch s := m.top().(type) {
	case *screen.Help: // any key closes it
		return ""
	case screen.TextTaker:
		if s.TakesText() {
			return ""
		}
	}
	r, size := utf8.DecodeRuneInString(msg.Text)
	switch {
	case size == 0 || size < len(msg.Text) || !unicode.IsLetter(r):
		return ""
	case unicode.IsUpper(r) && m.means(unicode.ToLower(r)):
		return "Capital letters do nothing here, and Caps Lock may be on: ? lists the keys."
	case r > unicode.MaxASCII:
		return "This keyboard types " + msg.Text + ", which does nothing here: the keys are Latin letters, and ? lists them."
	}
	return msg.Text + " does nothing here: ? lists the keys."
}

// means reports whether a key means something on the screen on top.
func (m *Model) means(r rune) bool {
	press := tea.KeyPressMsg{Code: r, Text: string(r)}
	if key.Matches(press, m.keyMap.Quit, m.keyMap.Mask, m.keyMap.Help) {
		return true
	}
	for _, a := range m.top().Keys(m) {
		if key.Matches(press, a.Key) {
			return true
		}
	}
	return false
}
