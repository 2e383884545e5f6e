package session

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// RefreshEvery is the pause between two looks at the server.
const RefreshEvery = 10 * time.Second

// InTurn is how many links beside the current one are asked about in a look while nobody waits for it: with list and
// current link that is less than 110 requests a minute, however many links are live.
const InTurn = 15

// StaleAfter is the age from which an answer is no longer taken for what is true now.
const StaleAfter = 25 * time.Second

// look is the state of asking the server what is true.
type look struct {
	Request
	// pause is the time until the next look, aging that until the ages on the screen are redrawn.
	pause, aging Request
	// unlisted reports that not even the list came, so that the screen shows an older one.
	unlisted bool
	// began is when the look under way or the last one did, took how long the last one took.
	began time.Time
	took  time.Duration
	// stopped reports that the user stopped the last look: nothing is asked until they want it.
	stopped bool
	// whole reports that the next look is to ask about every link.
	whole bool
	// judged reports that a look is over: until then nothing else is asked, as it would take the connection
	// that the first verdict needs.
	judged bool
	// coming is the answer of the look under way.
	coming *coming
}

// errStopped is why there is no answer to a look that was stopped.
var errStopped = errors.New("you stopped asking the server: ctrl+r asks again")

// Refresh looks at the server now, and asks about every link. The first look shows the list as soon as it is there and
// verifies it afterwards; later ones replace the screen in one go.
func (s *Session) Refresh() tea.Cmd {
	s.look.whole = true
	return tea.Batch(s.Look(), s.NoteSlowLook())
}

// RefreshNow looks at once, as the user asked for it, at what the header shows, too.
func (s *Session) RefreshNow() tea.Cmd {
	s.identity.at = time.Time{}
	s.Instance.API.AskSources()
	return s.Refresh()
}

// Look asks; NoteSlowLook has to follow.
func (s *Session) Look() tea.Cmd {
	s.look.pause.Drop()
	ctx := s.look.begin()
	s.look.began, s.look.stopped = s.now(), false
	api, again := s.Instance.API, s.again()
	if s.Known() {
		again = s.look.awaited(again)
		return s.look.ask(ctx, func(ctx context.Context) Take {
			links, err := again(ctx)
			return func() tea.Cmd { return s.looked(links, err) }
		})
	}
	return s.look.ask(ctx, func(ctx context.Context) Take {
		links, err := api.List(ctx)
		return func() tea.Cmd { return s.listed(links, err) }
	})
}

// again is a look at links that are known: at every one where somebody waits for it, else at some in turn.
func (s *Session) again() func(context.Context) (model.Links, error) {
	api, known, whole := s.Instance.API, s.Links, s.look.whole
	s.look.whole = false
	return func(ctx context.Context) (model.Links, error) {
		if whole {
			return api.LookAgain(ctx, known)
		}
		return api.LookInTurn(ctx, known, InTurn)
	}
}

// NoteSlowLook notes when the look under way has taken a while.
func (s *Session) NoteSlowLook() tea.Cmd { return s.look.noteSlow(s.after) }

// listed records the list of the first look, and asks the server about the current link.
func (s *Session) listed(links model.Links, err error) tea.Cmd {
	if err != nil {
		return s.looked(links, err)
	}
	learned := s.learn(links)
	s.Err, s.look.unlisted = nil, links.FetchedAt.IsZero()
	api, ctx := s.Instance.API, s.look.begin()
	verify := s.look.ask(ctx, func(ctx context.Context) Take {
		links, more, err := api.VerifyCurrent(ctx, links)
		return func() tea.Cmd {
			if more && err == nil {
				return s.verifyRest(links)
			}
			return s.looked(links, err)
		}
	})
	return tea.Batch(learned, verify, s.NoteSlowLook())
}

// verifyRest records the verdict on the current link, and asks about the others.
func (s *Session) verifyRest(links model.Links) tea.Cmd {
	s.look.judged = true
	learned := s.learn(links)
	api, ctx := s.Instance.API, s.look.begin()
	verify := s.look.ask(ctx, func(ctx context.Context) Take {
		links, err := api.VerifyRest(ctx, links)
		return func() tea.Cmd { return s.looked(links, err) }
	})
	return tea.Batch(learned, verify, s.NoteSlowLook(), s.identify())
}

// looked records what a look brought. Then what the header shows is asked for, too: no link depends on it.
func (s *Session) looked(links model.Links, err error) tea.Cmd {
	s.look.judged = true
	learned := s.learn(links)
	s.Err, s.look.unlisted = err, links.FetchedAt.IsZero()
	s.look.took = s.now().Sub(s.look.began)
	return tea.Batch(learned, s.identify(), s.schedule(), s.enforce())
}

// learn records links that were fetched, if they were.
func (s *Session) learn(links model.Links) tea.Cmd {
	if links.FetchedAt.IsZero() {
		return nil
	}
	s.Links = s.withLast(links)
	s.look.aging.Drop()
	return tea.Batch(s.changed(), s.meet(), s.arrivals(), s.age())
}

// AgeStep is the step in which the age of what is shown is told, longer than the pause between two looks: while the
// server answers nothing is redrawn, which would cost a slow line too much.
const AgeStep = RefreshEvery + 5*time.Second

// age redraws the screen when the times on it are a step older.
func (s *Session) age() tea.Cmd {
	return s.after(AgeStep, s.look.aging.Stamp()(s.age))
}

// Stop gives up the look under way. What is shown stays, as not confirmed.
func (s *Session) Stop() tea.Cmd {
	s.look.Drop()
	s.Err, s.look.unlisted, s.look.stopped = errStopped, true, true
	return s.schedule()
}

// schedule looks again after a pause.
func (s *Session) schedule() tea.Cmd {
	s.look.pause.Drop()
	return s.after(s.rest(), s.look.pause.Stamp()(s.refreshDue))
}

// rest is how long nothing is asked. A server to which a look is hard work is left alone for twice the time of that,
// and for as long as it asks for. While what is true now matters, that counts from the beginning of the last look.
func (s *Session) rest() time.Duration {
	took := s.look.took
	if s.Err != nil { // a time-out is the network's, which may be back soon
		took = 0
	}
	pause := max(RefreshEvery, 2*took)
	switch {
	case s.attentive || len(s.pending) > 0:
		pause = max(max(AttentiveEvery, 2*took)-s.now().Sub(s.look.began), 0)
	case s.limit.on:
		pause = max(s.restLimited(), 2*took)
	case silent(s.Err):
		pause = RetryEvery
	}
	return max(pause, wanted(s.Err))
}

// AttentiveEvery is the pause while what is true now is about to matter: a question is on the screen, or a write may
// still arrive.
const AttentiveEvery = 600 * time.Millisecond

// Attend looks often while a question is on the screen, so that its answer can be acted on at once.
func (s *Session) Attend(on bool) tea.Cmd {
	if s.attentive == on {
		return nil
	}
	s.attentive, s.look.whole = on, on
	switch {
	case !on || !s.Known() || s.Writing() || s.Looking() || s.look.stopped:
		return nil
	case s.rest() == 0:
		return s.Refresh()
	}
	return s.schedule()
}

func (s *Session) refreshDue() tea.Cmd {
	switch {
	case s.Writing():
		return nil
	case s.look.stopped && !s.limit.on: // only the words for how old it is are to be drawn again
		return s.schedule()
	}
	return tea.Batch(s.Look(), s.NoteSlowLook())
}

// RetryEvery is the pause after a look to which no answer came: the network may be back soon.
const RetryEvery = 5 * time.Second

func silent(err error) bool {
	var e interface{ Silent() bool }
	return errors.As(err, &e) && e.Silent()
}

// LongestWait is the most that the screen waits by itself, whatever a server asks for.
const LongestWait = time.Hour

// wanted is how long the server wants to be left alone.
func wanted(err error) time.Duration {
	var e interface{ Wait() time.Duration }
	if !errors.As(err, &e) {
		return 0
	}
	return min(e.Wait(), LongestWait)
}

// Looking reports whether the server is being asked what is true.
func (s *Session) Looking() bool { return s.look.Running() }

// SlowLook reports whether that has taken a while.
func (s *Session) SlowLook() bool { return s.look.Slow() }

// Stale reports whether the links are a state that the server has not confirmed lately.
func (s *Session) Stale() bool {
	return s.look.unlisted || s.Known() && s.now().Sub(s.Links.FetchedAt) > StaleAfter
}
