package tui

import (
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
)

// job is the program as its shell sees it: what can be stopped, continued and
// ended by signals.
type job struct {
	// tty is the terminal, signals those that came.
	tty     uintptr
	signals chan os.Signal
}

func newJob(tty uintptr) *job { return &job{tty, make(chan os.Signal, 4)} }

type (
	// resumedMsg says that the suspension is over; stopped, that there really was one.
	resumedMsg struct{ stopped bool }
	// continuedMsg says that the program was stopped and continued behind its back.
	continuedMsg struct{}
)

// lent is something done while the terminal is lent back to the shell.
type lent func()

// Run does it; the rest serves to be taken for a command by Bubble Tea.
func (f lent) Run() error        { f(); return nil }
func (lent) SetStdin(io.Reader)  {}
func (lent) SetStdout(io.Writer) {}
func (lent) SetStderr(io.Writer) {}

// suspend gives the terminal back to the shell and stops.
func (m *Model) suspend() tea.Cmd {
	if !canStop {
		return m.say(m.styles.warning, "There is no way to suspend a program here.")
	}
	m.notice.text = ""
	stopped := false
	return tea.Exec(lent(func() { stopped = m.job.suspend() }), func(error) tea.Msg { return resumedMsg{stopped} })
}

func (m *Model) resumed(msg resumedMsg) tea.Cmd {
	if !msg.stopped {
		return m.say(m.styles.warning, "There is no shell to go back to, so ctrl+z does nothing here.")
	}
	if m.action.running() { // its own look is still to come
		return nil
	}
	return m.begin()
}

// continued takes the terminal anew: who stopped the program may have changed its modes and its screen.
func (m *Model) continued() tea.Cmd {
	return tea.Exec(lent(m.job.waitForForeground), func(error) tea.Msg { return resumedMsg{stopped: true} })
}
