package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// keyTaker is a screen that takes text or asks a question: while it does, every key is meant for it.
type keyTaker interface{ takesKeys() bool }

// refresher is a screen that has more to refresh than the links.
type refresher interface{ refresh(m *Model) tea.Cmd }

func (*confirm) takesKeys() bool       { return true }
func (*confirmRotate) takesKeys() bool { return true }
func (*nameQuestion) takesKeys() bool  { return true }
func (*form) takesKeys() bool          { return true }
func (*connect) takesKeys() bool       { return true }
func (*remember) takesKeys() bool      { return true }
func (s *linksScreen) takesKeys() bool { return s.filtering }

// pressCommon answers the keys that mean the same on every screen; false when the key is the screen's.
func (m *Model) pressCommon(msg tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	if s, ok := m.top().(keyTaker); ok && s.takesKeys() {
		return nil, false
	}
	switch k := m.keyMap; {
	case key.Matches(msg, k.Quit):
		return m.leave(), true
	case key.Matches(msg, k.Mask):
		return m.toggleMask(), true
	case key.Matches(msg, k.Help):
		m.toggleHelp()
		return nil, true
	case key.Matches(msg, k.Refresh):
		return m.refreshTop(), true
	}
	return nil, false
}

func (m *Model) toggleHelp() {
	if _, open := m.top().(*helpScreen); open {
		m.close()
		return
	}
	m.open(&helpScreen{})
}

func (m *Model) refreshTop() tea.Cmd {
	s, ok := m.top().(refresher)
	switch {
	case ok:
		return s.refresh(m)
	case m.connected():
		return m.refreshNow()
	}
	return nil
}
