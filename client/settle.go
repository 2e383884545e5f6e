package client

import (
	"context"
	"errors"
	"slices"
	"time"

	"unleash-invite/model"
	"unleash-invite/parallel"
)

// onItsWay is the advice when a write was not seen to happen, but still may.
const onItsWay = "Refresh before you try again, because the request may still be on its way"

// written is a write that was sent.
type written struct {
	model.Write
	what  string      // the link in sentences
	known model.Links // the links before, whose verdicts are asked for beside the list
	err   error       // of the request
}

// done returns what was done, in words.
func (w written) done() string { return w.what + " was " + w.Kind.String() }

// unseen is the error that it was done, but the look at it failed.
func (w written) unseen(why error) *Error {
	return because(KindUnseen, w.done()+", but checking it afterwards failed", "Refresh to see it", why)
}

// outcome looks at the server after a write, and reports the write's outcome and which link it was about.
// The look happens even when ctx is cancelled, as the write may be under way.
func (c *Client) outcome(ctx context.Context, w written) (model.Links, model.Token, error) {
	looking, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.timeouts.Look)
	defer cancel()
	failed, _ := errors.AsType[*Error](w.err)
	switch {
	case failed == nil:
		c.note(w.Write)
		w.known = applied(w.known, w.Write)
		return c.settle(looking, ctx.Done(), w)
	case failed.mayHaveHappened():
		return c.lost(looking, w, failed)
	}
	after, _ := c.LookAgain(looking, w.known)
	t, arrived := w.Arrived(after)
	ours := w.Kind != model.Creation || !failed.unsent && (len(w.Names) > 0 || t.ExpiresAt.Equal(w.ExpiresAt))
	if arrived && ours { // whoever did it, it would be wrong to say that it is not so
		return after, t, nil
	}
	return after, model.Token{}, because(KindNotDone, w.what+" was not "+w.Kind.String(), "", w.err)
}

// applied are the links as a write leaves them.
func applied(links model.Links, w model.Write) model.Links {
	links.Tokens = slices.Clone(links.Tokens)
	at := slices.IndexFunc(links.Tokens, func(t model.Token) bool { return t.Secret == w.Token.Secret })
	switch {
	case at >= 0:
		links.Tokens[at] = w.Apply(links.Tokens[at])
	case w.Kind == model.Creation:
		links.Tokens = append(links.Tokens, w.Token)
	}
	return links
}

// settle looks until the server shows a write that it said it carried out: by its list, or a
// change of a link by the link alone. Links that were made at the same time show in the list only.
func (c *Client) settle(ctx context.Context, stop <-chan struct{}, w written) (model.Links, model.Token, error) {
	began, until := time.Now(), time.After(c.timeouts.Settle)
	s := c.see(ctx, w, false)
	for pause := c.timeouts.Settle / 100; s.seen() && !c.shows(s, w, time.Since(began)); pause = min(2*pause, c.timeouts.Settle/10) {
		select {
		case <-until:
			return c.settled(s, w)
		case <-stop:
			return c.settled(s, w)
		case <-time.After(pause):
		}
		if next := c.see(ctx, w, true); next.seen() {
			s = next
		}
	}
	return c.settled(s, w)
}

// sight is a write as the server shows it.
type sight struct {
	links model.Links
	err   error
	// listed and alone: the list shows it, the link by itself does.
	listed, alone bool
}

func (s sight) seen() bool { return !s.links.FetchedAt.IsZero() }

// see looks at all links, and at the one of the write by itself, too, where that is wanted.
func (c *Client) see(ctx context.Context, w written, itself bool) sight {
	var s sight
	var late []model.Write
	looks := []func(){func() { s.links, late, s.err = c.lookAt(ctx, w.known) }}
	if itself && w.Token.Secret != "" {
		looks = append(looks, func() { s.alone, _ = c.asked(ctx, w.Write) })
	}
	parallel.Run(looks...)
	_, shown := w.Arrived(s.links)
	s.listed = shown && !slices.ContainsFunc(late, func(l model.Write) bool {
		return l.Kind == w.Kind && l.Token.Secret == w.Token.Secret
	})
	return s
}

// shows reports whether enough is seen of a write that the server said it carried out so long ago.
func (c *Client) shows(s sight, w written, ago time.Duration) bool {
	t, _ := s.links.Find(w.Token.Secret)
	// Its verdict may be a little later than its list. Within a day of its end it may be refused for good.
	late := t.Verdict == model.Rejected && t.StopsAt().Sub(c.serverNow()) > 24*time.Hour && ago < c.timeouts.Settle/10
	return !late && (s.listed || s.alone && w.Kind != model.Creation)
}

// settled reports the outcome of a write that the server said it carried out.
func (c *Client) settled(s sight, w written) (model.Links, model.Token, error) {
	t, found := s.links.Find(w.Token.Secret)
	if !found {
		t = w.Token
	}
	switch {
	case !s.seen():
		return s.links, t, w.unseen(s.err)
	case !s.listed && (!s.alone || w.Kind == model.Creation):
		return s.links, t, &Error{
			Kind:     KindUnconfirmed,
			sentence: w.done() + ", but the server's list does not show it yet",
			hint:     "Wait until it does before you change anything else",
		}
	case w.Kind == model.Creation && !t.Enabled:
		return s.links, t, &Error{
			Kind:     KindNotDone,
			sentence: w.what + " was created, but somebody deleted it at the same time",
			hint:     "See what is there now",
		}
	case s.err != nil:
		return s.links, t, w.unseen(s.err)
	default:
		return s.links, t, nil
	}
}

// lost looks for a write whose answer was lost, twice, as it may reach the server late.
func (c *Client) lost(ctx context.Context, w written, failed *Error) (model.Links, model.Token, error) {
	s, t, arrived := c.seeLost(ctx, w)
	if s.seen() && !arrived && !failed.settled() {
		select {
		case <-ctx.Done():
		case <-time.After(c.timeouts.LookAgain):
			if next, made, there := c.seeLost(ctx, w); next.seen() || there {
				s, t, arrived = next, made, there
			}
		}
	}
	var e *Error
	switch {
	case arrived && s.err != nil:
		return s.links, t, w.unseen(s.err)
	case arrived:
		return s.links, t, nil
	case s.seen() && failed.settled():
		return s.links, t, because(KindNotDone, w.what+" was not "+w.Kind.String(), "", failed)
	case s.seen():
		e = because(KindUnknown, "it is not known whether "+w.done()+", because the server does not show it yet", onItsWay, failed)
	default:
		e = because(KindUnknown, "it is not known whether "+w.done()+", because checking failed, too", onItsWay, failed)
	}
	e.pending = []model.Write{w.Write}
	return s.links, t, e
}

// seeLost looks whether a write without an answer was carried out. Where the link itself shows it, it
// is as good as answered.
func (c *Client) seeLost(ctx context.Context, w written) (sight, model.Token, bool) {
	s := c.see(ctx, w, true)
	t, arrived := w.Arrived(s.links)
	if arrived || !s.alone {
		return s, t, arrived
	}
	c.note(w.Write)
	s.links = applied(s.links, w.Write)
	if s.seen() {
		s.links, s.err = c.Verify(ctx, s.links)
	}
	t, _ = s.links.Find(w.Token.Secret)
	return s, t, true
}

// Appeared reports whether a write whose answer was lost, see Error.Pending, was carried out
// since, and the link that it was about; and what is true on the server now.
func (c *Client) Appeared(ctx context.Context, w model.Write) (model.Links, model.Token, bool, error) {
	s, t, appeared := c.seeLost(ctx, written{Write: w})
	return s.links, t, appeared, s.err
}

// Watch looks each second whether a write whose answer was lost appears, until
// model.WatchFor after it was sent or ctx ends.
func (c *Client) Watch(ctx context.Context, w model.Write) (model.Links, model.Token, bool, error) {
	left := time.NewTimer(time.Until(w.SentAt.Add(model.WatchFor)))
	defer left.Stop()
	for {
		links, t, appeared, err := c.Appeared(ctx, w)
		if appeared {
			return links, t, true, err
		}
		select {
		case <-ctx.Done():
			return links, t, false, err
		case <-left.C:
			return links, t, false, err
		case <-time.After(time.Second):
		}
	}
}
