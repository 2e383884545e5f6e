package tui

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// session is the work on one instance: what it is, and what its server said
// last. It is replaced as a whole when the person goes to another.
type session struct {
	// on is the instance; without an API there is none yet.
	on Instance
	// era counts the sessions, so that an answer of an earlier one is dropped.
	era int

	links    model.Links
	user     model.User
	instance model.Server
	people   people
	fetch    fetch
	// deleted are the secrets of the links that were deleted here, as far as is known, the last one last.
	deleted []string
	// sent is what the last write sent.
	sent sent
}

// connected says that there is an instance to work on.
func (s *session) connected() bool { return s.on.API != nil }

// next is the session that comes after s. The numbers of looks go on, so that no
// answer or timer of s is taken for one of its own.
func (s *session) next(on Instance) session {
	return session{on: on, era: s.era + 1, fetch: fetch{number: s.fetch.number + 1}}
}

// switchTo goes to another instance and looks at it. No write is under way then:
// keys that lead here are not heard meanwhile.
func (m *Model) switchTo(on Instance) tea.Cmd {
	m.dropFetch()
	m.session = m.next(on)
	m.keepScreens(0)
	m.open(statusScreen{})
	m.notice.text = ""
	return m.begin()
}

// begin asks for the links; for what the header shows beside them, once they are there.
func (m *Model) begin() tea.Cmd {
	if !m.connected() {
		return nil
	}
	if look := m.ahead; look != nil {
		m.ahead = nil
		return tea.Batch(look, m.slowLook())
	}
	return m.refresh()
}
