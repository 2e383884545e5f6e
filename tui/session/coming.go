package session

import (
	"context"
	"time"

	"unleash-invite/model"
)

// coming is the answer of a look under way: links, once done is closed.
type coming struct {
	done  chan struct{}
	links model.Links
}

// checkCounts is how old a look may be to count as the check before a write, see API.Checked.
const checkCounts = time.Second

// awaited is a look whose answer a write that begins meanwhile may wait for.
func (l *look) awaited(look func(context.Context) (model.Links, error)) func(context.Context) (model.Links, error) {
	c := &coming{done: make(chan struct{})}
	l.coming = c
	return func(ctx context.Context) (model.Links, error) {
		defer close(c.done)
		links, err := look(ctx)
		c.links = links
		return links, err
	}
}

// check returns what gets the links that a write is to be checked by: those that are known or, where these are too old,
// those of the look under way.
func (s *Session) check() func(context.Context) model.Links {
	known, coming := s.Links, s.look.coming
	left := checkCounts - s.now().Sub(s.look.began)
	if coming == nil || !s.Looking() || left <= 0 || s.now().Sub(known.FetchedAt) < checkCounts {
		return func(context.Context) model.Links { return known }
	}
	return func(ctx context.Context) model.Links {
		select {
		case <-coming.done:
			return coming.links
		case <-time.After(left):
		case <-ctx.Done():
		}
		return known
	}
}
