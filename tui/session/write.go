package session

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// Write is a change on the server.
type Write struct {
	// Doing names it, as in "Deleting the link".
	Doing string
	// Do carries it out and returns what is true afterwards.
	Do func(context.Context) (model.Links, error)
	// Made is the link that it made so far, for a write that makes one.
	Made func() model.Token
	// Graceful reports that it may be cancelled at any time: it stops before anything is done, or goes on for a while to
	// a good end.
	Graceful bool
	// Deletes are the secrets of the links that it is to delete, the current one last.
	Deletes []string
	// Accounts reports whether it changes accounts, so that they are asked for again afterwards.
	Accounts bool
	// Ended is called when it is over and the session has taken it in.
	Ended func(Outcome) tea.Cmd
}

// Outcome is the end of a write.
type Outcome struct {
	// Links hold what is true after it; FetchedAt is zero when that is not known.
	Links model.Links
	Err   error
	// Made is the link that it made, known even where nothing could be fetched afterwards.
	Made model.Token
}

// Known reports whether it is known what is true after the write.
func (o Outcome) Known() bool { return !o.Links.FetchedAt.IsZero() }

// Done reports whether the write was carried out, whatever else went wrong.
func (o Outcome) Done() bool {
	var e interface{ Done() bool }
	return o.Err == nil || errors.As(o.Err, &e) && e.Done()
}

// Sent holds the requests of the last write.
type Sent struct {
	// Doing names the write; empty when there was none.
	Doing string
	// Accounts reports whether it changed accounts.
	Accounts bool
	requests func() []model.Request
}

// Requests are those sent so far.
func (s Sent) Requests() []model.Request {
	if s.requests == nil {
		return nil
	}
	return s.requests()
}

// writing is the write under way; there is one at a time.
type writing struct {
	Request
	Write
	// stopped reports that nobody wants to wait for the answer any more.
	stopped bool
	// outcome receives the outcome, for Finish.
	outcome <-chan Outcome
}

// Sent holds the requests of the last write.
func (s *Session) Sent() Sent { return s.sent }

// Writing reports whether a write is under way.
func (s *Session) Writing() bool { return s.writing.Running() }

// SlowWrite reports whether that has taken a while.
func (s *Session) SlowWrite() bool { return s.writing.Slow() }

// Doing names the write under way; empty when there is none.
func (s *Session) Doing() string {
	if !s.Writing() {
		return ""
	}
	return s.writing.Doing
}

// Progress says what is under way.
func (s *Session) Progress() string {
	if s.writing.stopped {
		return "Checking what happened: " + s.Doing() + "…"
	}
	return s.Doing() + "…"
}

// Stamp makes answers that count while the write under way is.
func (s *Session) Stamp() func(Take) Answer { return s.writing.Stamp() }

// Begin runs a write. The look under way, if any, is dropped: its answer could be older than the write.
func (s *Session) Begin(w Write) tea.Cmd {
	check := s.check()
	s.look.Forget() // to cancel it would cost its connection
	s.look.pause.Drop()
	s.judging.Forget()
	s.look.stopped = false // who writes wants to know what is true again
	api := s.Instance.API
	ctx, requests := api.Record(s.writing.begin())
	s.sent = Sent{w.Doing, w.Accounts, requests}
	s.writing.Write, s.writing.stopped = w, false
	outcome := make(chan Outcome, 1)
	s.writing.outcome = outcome
	ask := s.writing.ask(ctx, func(ctx context.Context) Take {
		o := w.do(api.Checked(ctx, check(ctx)))
		outcome <- o
		return func() tea.Cmd { return s.end(o) }
	})
	return tea.Batch(ask, s.writing.noteSlow(s.after))
}

// do carries the write out.
func (w Write) do(ctx context.Context) (o Outcome) {
	o.Links, o.Err = w.Do(ctx)
	if w.Made != nil {
		o.Made = w.Made()
	}
	return o
}

// end records the outcome of the write, in an order that matters:
//
//  1. its request is over, so that the next one may begin from what follows,
//  2. what it deleted can be undone, even if nothing is known of now,
//  3. the look under way is dropped, as it may have begun before the write ended,
//  4. the links are learned, before anything is said of them,
//  5. what is live again can no longer be undone, now that this is known,
//  6. the outcome is told,
//  7. the next look is due after a pause, or at once if nothing is known.
func (s *Session) end(o Outcome) tea.Cmd {
	w := s.writing.Write
	s.noteDeleted(w.Deletes)
	s.pending = model.MadeOtherwise(s.pending, o.Made.Secret)
	s.notePending(o.Err)
	s.learnMaintenance(o.Err)
	s.look.Drop()
	s.Err, s.look.unlisted = nil, !o.Known()
	if w.Accounts {
		s.forgetAccounts()
	}
	if !o.Known() {
		return tea.Batch(w.Ended(o), s.Refresh())
	}
	learned := s.learn(o.Links)
	s.forgetRestored()
	return tea.Batch(learned, w.Ended(o), s.schedule())
}

// Finish waits for the write under way where its answer would no longer reach the update loop, as that is over, and
// takes it in; not done when there is none, or it takes longer.
func (s *Session) Finish(within time.Duration) (done bool) {
	if !s.Writing() {
		return false
	}
	if s.writing.Graceful {
		s.writing.cancel()
	}
	select {
	case o := <-s.writing.outcome:
		s.writing.Drop()
		s.end(o) // what would follow is for the update loop
		return true
	case <-time.After(within):
		return false
	}
}

// StopWaiting lets the API look at what became of the write; asked again, it does not wait for that either, and
// reports that it gave up.
func (s *Session) StopWaiting() (cmd tea.Cmd, gaveUp bool) {
	if !s.writing.stopped {
		s.writing.stopped = true
		s.writing.cancel()
		s.HurryUp()
		return nil, false
	}
	s.writing.Drop()
	s.noteDeleted(s.writing.Deletes)
	if s.writing.Accounts {
		s.forgetAccounts()
	}
	s.Err, s.look.unlisted = nil, true
	return s.Refresh(), true
}

// HurryUp shows at once that a write is under way.
func (s *Session) HurryUp() { s.writing.slow = s.writing.running }
