package session

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// SlowAfter is how long a request may take before the screen shows that it does.
const SlowAfter = 150 * time.Millisecond

// Request is something asked of a server or of this machine, one at a time. What it brings is an Answer; once the
// request was dropped or begun again, the Answer does nothing. The zero Request is idle.
type Request struct {
	number        int
	cancel        context.CancelFunc
	running, slow bool
	// over is closed when what was stamped so far is over.
	over chan struct{}
}

// Take records what a request brought. It runs in the update loop.
type Take func() tea.Cmd

// After sends a message when the time has passed.
type After func(time.Duration, tea.Msg) tea.Cmd

// Answer is the message by which everything that was asked comes back.
type Answer struct {
	request *Request
	number  int
	take    Take
	over    <-chan struct{}
}

// Over is closed when the answer would do nothing any more, so that a timer need not wait to send it.
func (a Answer) Over() <-chan struct{} { return a.over }

// Deliver takes the answer in, unless its request is over.
func (a Answer) Deliver() tea.Cmd {
	if a.number != a.request.number {
		return nil
	}
	return a.take()
}

// Running reports whether an answer is to come.
func (r *Request) Running() bool { return r.running }

// Slow reports whether the answer has been awaited for a while.
func (r *Request) Slow() bool { return r.slow }

// Begin drops what was asked before and returns the command that asks. Work runs outside of the update loop; what it
// returns is run in it.
func (r *Request) Begin(after After, work func(context.Context) Take) tea.Cmd {
	ctx := r.begin()
	return tea.Batch(r.ask(ctx, work), r.noteSlow(after))
}

func (r *Request) begin() context.Context {
	r.Drop()
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel, r.running = cancel, true
	return ctx
}

func (r *Request) ask(ctx context.Context, work func(context.Context) Take) tea.Cmd {
	stamp := r.Stamp()
	return func() tea.Msg {
		take := work(ctx)
		return stamp(func() tea.Cmd {
			r.Drop()
			return take()
		})
	}
}

// noteSlow notes when the answer has been awaited for a while.
func (r *Request) noteSlow(after After) tea.Cmd {
	return after(SlowAfter, r.Stamp()(func() tea.Cmd {
		r.slow = r.running
		return nil
	}))
}

// Stamp returns what makes answers to the request as it is under way now.
func (r *Request) Stamp() func(Take) Answer {
	if r.over == nil {
		r.over = make(chan struct{})
	}
	number, over := r.number, r.over
	return func(take Take) Answer { return Answer{r, number, take, over} }
}

// Forget makes what the request still brings do nothing, and lets it end by itself.
func (r *Request) Forget() {
	r.cancel = nil
	r.Drop()
}

// Drop ends the request: its context is cancelled, and whatever it still brings does nothing.
func (r *Request) Drop() {
	if r.cancel != nil {
		r.cancel()
	}
	if r.over != nil {
		close(r.over)
		r.over = nil
	}
	r.number++
	r.cancel, r.running, r.slow = nil, false, false
}
