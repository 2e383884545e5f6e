package tui

import (
	"os"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// Run shows the program on the terminal until the person leaves. It returns what
// is to be said of a write that was under way then, and whether that failed.
func Run(o Options, out *os.File) (farewell string, failed bool, err error) {
	m := New(o)
	p := tea.NewProgram(m,
		tea.WithOutput(terminal{out}),
		tea.WithEnvironment(o.Environ),
		tea.WithColorProfile(colorprofile.Env(o.Environ)), // asks tmux once, not twice
	)
	hangUp := make(chan os.Signal, 1)
	signal.Notify(hangUp, syscall.SIGHUP)
	defer signal.Stop(hangUp)
	go func() {
		for range hangUp { // Bubble Tea leaves it to kill the program, and the terminal raw
			p.Quit()
		}
	}()
	_, err = p.Run()
	farewell, failed = m.Farewell()
	return farewell, failed, err
}
