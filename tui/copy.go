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
	// next holds what is copied after that.
	next *copying
}

// copying is a text to be copied, and what is said of it before and after.
type copying struct {
	text, lead, besides string
	of                  *session.Session
}

func newCopier(environ []string) copier { return copier{clipboard: clipboard.New(environ)} }

// Copy copies a text when the clipboard program has answered about what it was given before. For the same text, once is
// enough.
func (m *Model) Copy(text, lead, besides string) tea.Cmd {
	c := copying{text, lead, besides, m.session}
	switch m.copier.under {
	case "":
		return m.copyNow(c)
	case text:
		m.copier.next = nil
	default:
		m.copier.next = &c
	}
	return nil
}

func (m *Model) copyNow(c copying) tea.Cmd {
	m.copier.under = c.text
	request, stamp, to := &m.copier.request, m.copier.request.Stamp(), m.copier.clipboard
	copyIt := func() tea.Msg {
		outcome := to.Copy(c.text)
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
	done := outcome.Said + c.besides
	said := c.lead + done
	if c.of != m.session { // another instance is shown by now
		said = "The link of " + c.of.Instance.Host + ": " + said
	}
	var send, quit tea.Cmd
	if outcome.OSC52 != "" {
		send = tea.Raw(outcome.OSC52)
	}
	if m.leaving && !m.session.Writing() {
		m.farewell, quit = said, tea.Quit
	}
	if m.mask.On {
		const plain = " The copy is not masked."
		said, done = said+plain, done+plain
	}
	if s, ok := m.top().(screen.CopyTeller); ok && s.Copied(c.text, done) {
		m.notice.text = "" // that it takes a while
		return tea.Sequence(send, quit)
	}
	return tea.Batch(m.Say(m.styles.Success, said), tea.Sequence(send, quit))
}
