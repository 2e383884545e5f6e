package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/session"
)

// Write runs a write, unless nothing may be written here.
func (m *Model) Write(w session.Write, told screen.Told) tea.Cmd {
	if reason := m.session.WhyReadOnly(); reason != "" {
		return m.Say(m.styles.Warning, reason)
	}
	m.notice.text = ""
	w.Ended = func(o session.Outcome) tea.Cmd { return m.written(o, told) }
	return m.session.Begin(w)
}

// written reports the outcome of a write: on the way out as the farewell, else in the screen that sent it, which keeps what
// was typed, or as a notice.
func (m *Model) written(o session.Outcome, told screen.Told) tea.Cmd {
	if m.leaving {
		return m.takeLeave(o, told)
	}
	if s, ok := m.top().(screen.Writer); ok && (o.Known() || o.Err != nil) {
		if follow, stays := s.Written(m, o); stays {
			return follow
		}
		m.Close()
	}
	switch {
	case madeUnseen(o):
		return screen.CopyLink(m, o.Made, draw.Sentence(o.Err)+" ")
	case o.Err != nil && (!o.Done() || !o.Known()):
		return m.Say(m.styles.Failure, draw.Sentence(o.Err))
	}
	style, besides := m.styles.Success, ""
	if o.Err != nil {
		style, besides = m.styles.Warning, " "+draw.Sentence(o.Err)
	}
	text, follow := told(o.Links, besides)
	return tea.Batch(m.Say(style, text), follow)
}

// madeUnseen reports that a link was made, and that nothing could be fetched afterwards: no list shows it, so it is
// copied while it is known.
func madeUnseen(o session.Outcome) bool {
	return o.Err != nil && o.Done() && !o.Known() && o.Made.URL != ""
}

// arrived reports writes whose answers were lost, and that were carried out after all.
func (m *Model) arrived(links []model.Token) tea.Cmd {
	t := links[len(links)-1]
	now := m.facts().Now
	text := `The earlier change that got no answer did go through: the link "` + t.Name + `" is now ` + t.Status(now).String() + `.`
	return m.Say(m.styles.Warning, text)
}

// worker is the screen on top while it writes by itself, or nil.
func (m *Model) worker() screen.Worker {
	if len(m.screens) == 0 {
		return nil
	}
	if w, ok := m.top().(screen.Worker); ok && w.Doing() != "" {
		return w
	}
	return nil
}

// doing names the write under way, the session's or a screen's; empty when there is none.
func (m *Model) doing() string {
	if w := m.worker(); w != nil {
		return w.Doing()
	}
	return m.session.Doing()
}

// pressWhileWriting lets nothing through but the ways out. Other keys show at once what they have to wait for.
func (m *Model) pressWhileWriting(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keyMap.Back):
		return m.stopWaiting()
	case key.Matches(msg, m.keyMap.Quit):
		return m.Quit()
	case key.Matches(msg, m.keyMap.Mask):
		return m.toggleMask()
	}
	m.session.HurryUp()
	return nil
}

// stopWaiting asks what became of the write; asked again, it gives up.
func (m *Model) stopWaiting() tea.Cmd {
	if w := m.worker(); w != nil {
		return w.StopWaiting(m)
	}
	doing := m.session.Doing()
	cmd, gaveUp := m.session.StopWaiting()
	if !gaveUp {
		return cmd
	}
	m.leaving = false
	if s, ok := m.top().(screen.Writer); ok && !s.GivenUp() {
		m.Close()
	}
	return tea.Batch(m.Say(m.styles.Failure, "It is not known whether this worked: "+doing+". The server is being asked again."), cmd)
}
