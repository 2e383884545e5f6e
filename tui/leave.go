package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
)

// leave ends the program; with a write or a copy under way, once that is over, so
// that its outcome can be told. Asked again, it does not wait.
func (m *Model) leave() tea.Cmd {
	doing := m.action.doing
	if !m.action.running() && m.copying != "" {
		doing = "Copying the link"
	}
	if doing == "" || m.leaving {
		return tea.Quit
	}
	m.leaving = true
	return m.say(m.styles.Warning, "Leaving as soon as this is done: "+doing+". ctrl+c leaves at once.")
}

// farewellOf keeps the outcome of the write that was waited for, to be told when
// the screen is gone. A rotation's copy is waited for, too.
func (m *Model) farewellOf(msg writtenMsg) tea.Cmd {
	m.mask.Learn(msg.links.Tokens)
	if msg.err != nil {
		m.farewell, m.failure = draw.Sentence(msg.err), !wasDone(msg.err)
		return tea.Quit
	}
	text, follow := msg.done(msg.links, "")
	m.farewell = strings.TrimSpace(text)
	if m.copying != "" {
		return follow
	}
	return tea.Quit
}

// Farewell is what is to be said of a write once the program has ended, and
// whether it failed or its outcome is not known; empty when there is nothing to say.
func (m *Model) Farewell() (text string, failed bool) {
	if m.action.running() {
		return m.action.doing + " was still under way: start again to see what became of it.", true
	}
	return m.mask.Hide(m.farewell), m.failure
}
