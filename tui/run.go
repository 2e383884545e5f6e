package tui

import (
	"os"

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
	defer m.clipboard.Stop()
	return t.Show(m)
}
