package tui

import (
	"os"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/terminal"
)

// Run shows the program on the terminal until the user quits. It returns what became of a write that was under
// way then, and whether that failed. The error is a *terminal.SignalError, a *terminal.PanicError, or says why
// the terminal can't be used.
func Run(o Options, out *os.File) (farewell string, failed bool, err error) {
	t, err := terminal.Open(out, o.Environ)
	if err != nil {
		return "", false, err
	}
	m := New(o)
	m.job = t.Job
	m.lookAhead()
	defer m.copier.clipboard.Stop()
	return t.Show(m)
}

// lookAhead begins the first look before the terminal is set up, which takes about as long as a near server's answer.
func (m *Model) lookAhead() {
	if m.session.Connected() {
		m.ahead = ahead(m.session.Look())
	}
}

// ahead runs a command now; the one that it returns gives its message.
func ahead(cmd tea.Cmd) tea.Cmd {
	answer := make(chan tea.Msg, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				answer <- terminal.NewPanic(r)
			}
		}()
		answer <- cmd()
	}()
	return func() tea.Msg { return <-answer }
}
