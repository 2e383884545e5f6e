package terminal

import (
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
)

// Job is the program as its shell sees it: what can be stopped, continued and
// ended by signals.
type Job struct {
	// tty is the terminal, signals those that came.
	tty     uintptr
	signals chan os.Signal
}

func newJob(tty uintptr) *Job { return &Job{tty, make(chan os.Signal, 4)} }

type (
	// ResumedMsg ends a suspension; stopped is false when there was no shell to go back to.
	ResumedMsg struct{ Stopped bool }
	// ContinuedMsg arrives after a stop and a continuation from outside.
	ContinuedMsg struct{}
)

// Lent is something done while the terminal is lent back to the shell.
type Lent func()

// Run does it.
func (f Lent) Run() error { f(); return nil }

// SetStdin does nothing: it makes Lent a command to Bubble Tea.
func (Lent) SetStdin(io.Reader) {}

// SetStdout does nothing: it makes Lent a command to Bubble Tea.
func (Lent) SetStdout(io.Writer) {}

// SetStderr does nothing: it makes Lent a command to Bubble Tea.
func (Lent) SetStderr(io.Writer) {}

// SuspendCmd gives the terminal back to the shell and stops the program.
func (j *Job) SuspendCmd() tea.Cmd {
	stopped := false
	return tea.Exec(Lent(func() { stopped = j.suspend() }), func(error) tea.Msg { return ResumedMsg{stopped} })
}

// ReclaimCmd takes the terminal back: whoever stopped the program may have changed its modes and its screen.
func (j *Job) ReclaimCmd() tea.Cmd {
	return tea.Exec(Lent(j.waitForForeground), func(error) tea.Msg { return ResumedMsg{Stopped: true} })
}
