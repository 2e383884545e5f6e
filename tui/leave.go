package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/session"
	"unleash-invite/tui/terminal"
)

// Quit ends the program; with a write or a copy under way, once that is over, so that its outcome can be told. Asked
// again, it does not wait.
func (m *Model) Quit() tea.Cmd {
	doing := m.doing()
	if doing == "" && m.copier.under != "" {
		doing = "Copying the link"
	}
	if doing == "" || m.leaving {
		return tea.Quit
	}
	m.leaving = true
	return m.Say(m.styles.Warning, "Quitting as soon as this is done: "+doing+". ctrl+c quits at once.")
}

// takeLeave keeps the outcome of the write that was waited for, to be told when the screen is gone. A rotation's copy is
// waited for, too.
func (m *Model) takeLeave(o session.Outcome, told screen.Told) tea.Cmd {
	m.mask.Learn(o.Links.Tokens)
	var text, besides string
	var follow tea.Cmd
	if o.Err != nil {
		besides = draw.Sentence(o.Err)
	}
	switch {
	case madeUnseen(o):
		text, follow = besides, screen.CopyLink(m, o.Made, besides+" ")
	case !o.Done() || !o.Known():
		m.farewell, m.failure = besides, !o.Done()
		return tea.Quit
	default:
		text, follow = told(o.Links, strings.TrimRight(" "+besides, " "))
	}
	m.farewell = strings.TrimSpace(text)
	if m.copier.under != "" {
		return follow
	}
	return tea.Quit
}

// leaveWork keeps the outcome of a screen's own work that was waited for.
func (m *Model) leaveWork() tea.Cmd {
	if w, ok := m.top().(screen.Worker); ok {
		m.farewell, m.failure = w.Farewell()
	}
	return tea.Quit
}

// Farewell returns the sentence about a write for the end of the program, and whether it failed or its outcome is not
// known; empty when there is nothing to say. A program that was cut off, as by a signal, lets its write come to an end.
func (m *Model) Farewell(cut bool) (text string, failed bool) {
	if cut {
		m.finish()
	}
	if doing := m.doing(); doing != "" {
		return doing + " was still under way: start the program again to see whether it worked.", true
	}
	if _, on := m.session.Limit(); on && m.farewell == "" {
		return "The limit of the invite link is no longer watched.", false
	}
	return m.mask.Hide(m.farewell), m.failure
}

// finishWithin is how long a write is waited for once a signal has ended the program.
const finishWithin = 2 * time.Second

// finish waits for the write under way, and keeps its outcome.
func (m *Model) finish() {
	m.leaving = true
	if m.session.Finish(finishWithin) && m.copier.under != "" {
		m.farewell += " It was not copied: start again, then c copies it."
	}
}

// suspend gives the terminal back to the shell and stops.
func (m *Model) suspend() tea.Cmd {
	if !terminal.CanStop {
		return m.Say(m.styles.Warning, "There is no way to suspend a program here.")
	}
	m.notice.text = ""
	return m.job.SuspendCmd()
}

func (m *Model) resumed(msg terminal.ResumedMsg) tea.Cmd {
	if !msg.Stopped {
		return m.Say(m.styles.Warning, "There is no shell to go back to, so ctrl+z does nothing here.")
	}
	if m.session.Writing() { // its own look is still to come
		return nil
	}
	return m.begin()
}
