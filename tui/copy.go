package tui

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/clipboard"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/session"
)

// copier gives texts to the clipboard, one after another: the last one wins, whatever time each takes.
type copier struct {
	clipboard clipboard.Clipboard
	request   session.Request
	// under is the text of which the clipboard has not said yet that it has it; empty when there is none.
	under string
	// next is copied after that.
	next *copying
	// held is our text in the clipboard.
	held held
}

// copying is a text to be copied, and the instance it is of.
type copying struct {
	screen.Copying
	of *session.Session
}

func newCopier(environ []string) copier { return copier{clipboard: clipboard.New(environ)} }

// Copy copies a text when the clipboard program has answered about what it was given before. For the same text, once is
// enough.
func (m *Model) Copy(text screen.Copying) tea.Cmd {
	c := copying{text, m.session}
	switch m.copier.under {
	case "":
		return m.copyNow(c)
	case c.Text:
		m.copier.next = nil
	default:
		m.copier.next = &c
	}
	return nil
}

func (m *Model) copyNow(c copying) tea.Cmd {
	m.copier.under = c.Text
	request, stamp, to := &m.copier.request, m.copier.request.Stamp(), m.copier.clipboard
	copyIt := func() tea.Msg {
		outcome := to.Copy(c.Text)
		return stamp(func() tea.Cmd {
			request.Drop()
			return m.copied(c, outcome)
		})
	}
	return tea.Batch(copyIt, m.after(session.SlowAfter, stamp(m.copySlow)))
}

func (m *Model) copySlow() tea.Cmd {
	if m.leaving {
		return nil
	}
	return m.Say(m.styles.Plain, "Copying…")
}

func (m *Model) copied(c copying, outcome clipboard.Copied) tea.Cmd {
	m.copier.under = ""
	if next := m.copier.next; next != nil { // what was copied is no longer what is wanted
		m.copier.next = nil
		return m.copyNow(*next)
	}
	m.copier.held = held{copying: c, outcome: outcome.Said}
	said, done, style := m.copier.held.told(m)
	var send, quit tea.Cmd
	if outcome.OSC52 != "" {
		send = tea.Raw(outcome.OSC52)
	}
	if m.leaving && !m.session.Writing() {
		m.farewell, quit = said, tea.Quit
	}
	if s, ok := m.top().(screen.CopyTeller); ok && s.Copied(c.Text, done+m.notMasked()) {
		m.notice.text = "" // that it takes a while
		return tea.Sequence(send, quit)
	}
	m.copier.held.notice = said + m.notMasked()
	return tea.Batch(m.Say(style, m.copier.held.notice), tea.Sequence(send, quit))
}
