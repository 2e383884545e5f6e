package tui

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/screen"
)

// held is our text in the clipboard.
type held struct {
	copying
	// outcome is what the clipboard said; notice is the notice that told so, if one did.
	outcome, notice string
}

// told is the sentence about the copy, with the lead and without.
func (h held) told(m *Model) (said, done string, style draw.Pen) {
	done, style = h.outcome+".", m.styles.Success
	if h.Doubts != nil {
		if doubts := h.Doubts(); doubts != "" {
			done, style = h.outcome+doubts, m.styles.Warning
		}
	}
	said = h.Lead + done
	if h.of != m.session { // another instance is shown by now
		said = "The link of " + h.of.Instance.Host + ": " + said
	}
	return said, done, style
}

// notMasked is added to that where secrets are masked.
func (m *Model) notMasked() string {
	if !m.mask.On {
		return ""
	}
	return " The copy is not masked."
}

// correctCopied says the notice of the copy again if it is still shown and the link's state has changed.
func (m *Model) correctCopied() tea.Cmd {
	h := &m.copier.held
	if h.notice == "" || m.notice.text != h.notice {
		return nil
	}
	if current, _ := m.session.Current(); m.deadHeld() && current.Secret != h.Secret { // another link is shown by now
		m.notice.text = ""
		return nil
	}
	said, _, style := h.told(m)
	if said += m.notMasked(); said == h.notice {
		return nil
	}
	h.notice = said
	return m.Say(style, said)
}

// deadHeld reports that the server no longer accepts the link in the clipboard.
func (m *Model) deadHeld() bool {
	t, found := m.session.Links.Find(m.copier.held.Secret)
	return found && (!t.Enabled || t.Verdict == model.Rejected)
}

// deadInClipboard says that the link in the clipboard no longer works, where nothing else does; else it is empty.
func (m *Model) deadInClipboard() string {
	h := m.copier.held
	told := h.notice != "" && m.notice.text == h.notice
	if !m.deadHeld() || told || m.copier.under != "" {
		return ""
	}
	const text = "The link in your clipboard no longer works"
	current, _ := m.session.Current()
	if _, here := m.top().(*screen.Status); here && current.Live(m.facts().Now) {
		return text + ": c copies the one that does."
	}
	return text + "."
}
