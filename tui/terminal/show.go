// Package terminal shows a Bubble Tea model on a terminal and leaves the terminal as it was found.
package terminal

import (
	"errors"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

// xModel is a model that can tell, once it is off the terminal, what became of its last write. Cut reports that nobody
// asked it to end.
type xModel interface {
	tea.Model
	Farewell(cut bool) (text string, failed bool)
}

// Terminal is the terminal before anything is shown on it.
type Terminal struct {
	Job     *Job
	in      *keyboard
	out     *os.File
	environ []string
	found   *term.State
}

// Open takes the terminal once the shell has given it to the program. It fails when there is no keyboard.
func Open(out *os.File, environ []string) (*Terminal, error) {
	in, err := openKeyboard()
	if err != nil {
		return nil, err
	}
	o := &Terminal{Job: newJob(in.Fd()), in: in, out: out, environ: environ}
	o.Job.waitForForeground() // what is read now and put back at the end must not be the shell's own
	o.found, err = term.GetState(in.Fd())
	return o, err
}

// Show runs the model on the terminal until it quits or is ended. It returns the model's farewell. The error is
// a *SignalError, a *PanicError, or says why the terminal can't be used.
func (o *Terminal) Show(m xModel) (farewell string, failed bool, err error) {
	g := &guard{model: m, draw: charset(o.environ)}
	screen := newOutput(o.out, o.environ)
	paced := &paced{Model: g}
	p := tea.NewProgram(paced,
		tea.WithInput(o.in),
		tea.WithOutput(screen),
		tea.WithEnvironment(drawnAs(o.environ)),
		tea.WithColorProfile(colours(o.environ)),
		tea.WithoutSignalHandler(), // it takes no SIGHUP, and none at all before it runs
	)
	g.quit, paced.program = p.Quit, p
	o.Job.listen() // until the process ends: a late signal must not change its exit code
	err = watch(p, o.Job, screen)
	if errors.Is(err, errStalled) {
		_ = term.Restore(o.in.Fd(), o.found)
		err = errors.Unwrap(err)
	}
	farewell, failed, panicked := g.farewell(err != nil)
	if panicked != nil {
		err = panicked
	}
	return farewell, failed, err
}
