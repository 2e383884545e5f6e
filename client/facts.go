package client

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"unleash-invite/model"
)

// A server's list may be older than a write that it has answered: it comes from a
// replica or a cache, or was under way when the write began. So what our own writes did is
// kept until a list that was asked for later shows it, and lists that don't are mended.

// fact is a write that the server has answered with success.
type fact struct {
	write model.Write
	at    time.Time
	// seen is when the first list was asked for that showed it; zero while none did.
	seen time.Time
	// unsettled is a fact that undid one which no list had shown: a list that seems
	// to show it may be older than both.
	unsettled bool
}

// note keeps a write as a fact.
func (c *Client) note(w model.Write) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f := fact{write: w, at: time.Now()}
	c.facts = slices.DeleteFunc(c.facts, func(old fact) bool {
		same := old.write.Token.Secret == w.Token.Secret && old.write.Kind != model.Creation &&
			(old.write.Kind == model.Redating) == (w.Kind == model.Redating)
		f.unsettled = f.unsettled || same && old.seen.IsZero()
		return same
	})
	c.facts = append(c.facts, f)
}

// mend adds to a list, asked for at that time, what it does not show of our own
// writes, and returns those. A list that shows one settles it: what a later list
// has instead is somebody else's change.
func (c *Client) mend(tokens []model.Token, asked time.Time) (mended []model.Token, late []model.Write) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.facts = slices.DeleteFunc(c.facts, func(f fact) bool { return time.Since(f.at) > model.WatchFor })
	mended = slices.Clip(tokens)
	for i := range c.facts {
		f := &c.facts[i]
		at := slices.IndexFunc(mended, func(t model.Token) bool { return t.Secret == f.write.Token.Secret })
		certain := f.unsettled && time.Since(f.at) < c.timeouts.Settle
		switch {
		case at >= 0 && f.write.Shows(mended[at]):
			if f.seen.IsZero() && !asked.Before(f.at) && !certain {
				f.seen = asked
			}
			continue
		case !f.seen.IsZero() && !asked.Before(f.seen):
			continue
		case at < 0 && f.write.Kind == model.Creation:
			mended = append(mended, f.write.Token)
		case at < 0:
			mended = append(mended, f.write.Apply(f.write.Token))
		default:
			mended = slices.Clone(mended)
			mended[at] = f.write.Apply(mended[at])
		}
		late = append(late, f.write)
	}
	return mended, late
}

// doubt forgets a fact that the server contradicts for longer than a list is late.
func (c *Client) doubt(w model.Write) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.facts = slices.DeleteFunc(c.facts, func(f fact) bool {
		return f.is(w) && c.overdue(f)
	})
}

// overdue reports whether lists should have shown it for a while.
func (c *Client) overdue(f fact) bool { return time.Since(f.at) > c.timeouts.Settle*3/2 }

func (f fact) is(w model.Write) bool {
	return f.write.Token.Secret == w.Token.Secret && f.write.Kind == w.Kind
}

// due are the writes that lists should have shown by now.
func (c *Client) due(late []model.Write) []model.Write {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(late), func(w model.Write) bool {
		return !slices.ContainsFunc(c.facts, func(f fact) bool { return f.is(w) && c.overdue(f) })
	})
}

// list fetches all links with what is known of our own writes, and reports which of
// those the server's list does not show. One that is long due is asked about by itself.
func (c *Client) list(ctx context.Context) (model.Links, []model.Write, error) {
	// By the time of day alone: the clock for differences stands still while a computer sleeps.
	links, asked := model.Links{FetchedAt: c.now().Round(0)}, time.Now()
	read, err := c.tokens(ctx)
	if err != nil {
		return model.Links{}, nil, err
	}
	tokens := read.tokens
	links.Partial = read.partial
	mended, late := c.mend(tokens, asked)
	if due := c.due(late); len(due) > 0 {
		for _, w := range due {
			if shows, known := c.asked(ctx, w); known && !shows {
				c.doubt(w)
			}
		}
		mended, late = c.mend(tokens, asked)
	}
	links.Tokens = c.mendPeople(mended)
	return c.dated(links), late, nil
}

// asked tells by the link alone whether a write shows. GET tokens/<secret>.
func (c *Client) asked(ctx context.Context, w model.Write) (shows, known bool) {
	t, err := c.Token(ctx, w.Token.Secret)
	if e, ok := errors.AsType[*Error](err); ok {
		return false, e.Status == http.StatusNotFound
	}
	return w.Shows(t), true
}
