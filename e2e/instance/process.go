package instance

import (
	"context"
	"fmt"
	"os"
	"time"
)

// command is run by a process.
type command struct {
	name   string // what messages call it
	path   string
	args   []string
	folder string
	env    []string // whole: nothing is inherited
	user   *user    // nil: the present one
	// onOrphan is the signal for the process when this program dies: kill, or quit where a process has children to end.
	onOrphan ending
}

// ending is a way to ask a process to end.
type ending int

const (
	kill      ending = iota
	quit             // PostgreSQL: end now, with every child
	terminate        // end in good order
	interrupt        // PostgreSQL: end in good order, whoever is connected
)

// process is a running child.
type process struct {
	name  string
	log   *tail
	child *os.Process
	ended chan struct{} // closed when the process is gone
	state *os.ProcessState
}

// stop asks the process to end, kills its group if it has not after the patience, and waits until it is gone.
func (p *process) stop(how ending, patience time.Duration) error {
	for _, how := range []ending{how, kill} {
		select {
		case <-p.ended: // its number may be another's by now, so no signal
			return nil
		default:
			p.signal(how)
		}
		select {
		case <-p.ended:
			return nil
		case <-time.After(patience):
		}
	}
	return fmt.Errorf("%s (process %d) can't be stopped: kill it", p.name, p.child.Pid)
}

// failure describes a process that ended by itself.
func (p *process) failure() error {
	return fmt.Errorf("%s ended with %s; its last output was:\n%s", p.name, p.state, p.log)
}

// run runs a command to its end; an error holds the last lines of its output.
func run(ctx context.Context, c command) error {
	p, err := start(c)
	if err != nil {
		return err
	}
	select {
	case <-p.ended:
	case <-ctx.Done():
		_ = p.stop(kill, time.Second)
		return fmt.Errorf("%s was cut off: %w; its last output was:\n%s", c.name, context.Cause(ctx), p.log)
	}
	if !p.state.Success() {
		return p.failure()
	}
	return nil
}
