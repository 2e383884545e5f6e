package tui

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/clipboard"
)

// cantCopy says why the link can't be copied, or nothing.
func cantCopy(t model.Token) string {
	switch {
	case t.URL == "":
		return "There is no link: n makes one."
	case !safeLink(t.URL):
		return "This link is no web address that is safe to open, so it is not copied: set UNLEASH_URL on the server, then make a new link."
	}
	return ""
}

// copyLink copies, and says so after the lead, and what to think of first before
// sending the link to people.
func (m *Model) copyLink(t model.Token, lead string) tea.Cmd {
	if reason := cantCopy(t); reason != "" {
		return m.say(m.styles.Warning, lead+reason)
	}
	c := m.clipboard
	warning := "."
	switch {
	case m.stale() || t.Enabled && t.Verdict == model.Unverified:
		warning = ", but it is not known whether the link works."
	case !t.Live(m.now()):
		warning = ", but nobody can join with this link."
	}
	if doubts := linkWarnings(t, m.on.Address); len(doubts) > 0 && !onlyHere(t.URL, m.on.Address) {
		warning += " But " + doubts[0] + "."
	}
	era, host := m.era, m.on.Host
	copyIt := func() tea.Msg {
		msg := c.Copy(t.URL)
		msg.Said = lead + msg.Said + warning
		return linkCopiedMsg{msg, era, host}
	}
	return m.copyNext(copyRequest{t.URL, copyIt})
}

// copyRequest is a text to be copied, and the command that does it.
type copyRequest struct {
	text string
	cmd  tea.Cmd
}

// copyNext copies when the clipboard program has answered about what it was given
// before: the last one wins, whatever time each takes. For the same text, once is enough.
func (m *Model) copyNext(r copyRequest) tea.Cmd {
	switch m.copying {
	case "":
		m.copying = r.text
		return tea.Batch(r.cmd, m.after(slowAfter, copySlowMsg{}))
	case r.text:
		m.nextCopy = copyRequest{}
	default:
		m.nextCopy = r
	}
	return nil
}

// linkCopiedMsg says how far the copy of that era's link came, and which host's link it is.
type linkCopiedMsg struct {
	clipboard.Copied
	era  int
	host string
}

// copyText copies, and says so.
func (m *Model) copyText(text string) tea.Cmd {
	c, era, host := m.clipboard, m.era, m.on.Host
	copyIt := func() tea.Msg {
		msg := c.Copy(text)
		msg.Said += "."
		return linkCopiedMsg{msg, era, host}
	}
	return m.copyNext(copyRequest{text, copyIt})
}

// copySlowMsg says that copying takes a while.
type copySlowMsg struct{}

func (m *Model) copySlow() tea.Cmd {
	if m.copying == "" || m.leaving {
		return nil
	}
	return m.say(m.styles.Faint, "Copying…")
}

func (m *Model) copied(msg linkCopiedMsg) tea.Cmd {
	m.copying = ""
	if next := m.nextCopy; next.cmd != nil { // what was copied is not what is wanted any more
		m.nextCopy = copyRequest{}
		return m.copyNext(next)
	}
	if msg.era != m.era { // another instance is shown by now
		msg.Said = "The link of " + msg.host + ": " + msg.Said
	}
	var send, quit tea.Cmd
	if msg.OSC52 != "" {
		send = tea.Raw(msg.OSC52)
	}
	if m.leaving && !m.action.running() {
		m.farewell, quit = msg.Said, tea.Quit
	}
	if m.mask.On {
		msg.Said += " The copy is not masked."
	}
	return tea.Batch(m.say(m.styles.Success, msg.Said), tea.Sequence(send, quit))
}
