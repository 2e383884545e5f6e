package client

import (
	"context"
	"fmt"
	"slices"
	"time"

	"unleash-invite/model"
)

// The safe operations: check what is true, write, look again. A write whose answer
// was lost is not taken for a failed one: what the look shows decides.

// ChangeExpiry sets when a link expires. It returns what is true on the server
// afterwards, zero Links when that could not be fetched.
func (c *Client) ChangeExpiry(ctx context.Context, shown model.Token, expiresAt time.Time) (model.Links, error) {
	return c.change(ctx, model.Write{Kind: model.Redating, Token: shown, ExpiresAt: kept(expiresAt)}, nil)
}

// DeleteLink deletes a link, so that nobody can join with it any more. It returns
// what is true on the server afterwards, zero Links when that could not be fetched.
func (c *Client) DeleteLink(ctx context.Context, shown model.Token) (model.Links, error) {
	return c.change(ctx, model.Write{Kind: model.Deletion, Token: shown}, nil)
}

// RestoreLink undoes a deletion, beside live links only if they were agreed to. It
// returns what is true on the server afterwards, zero Links when that could not be fetched.
func (c *Client) RestoreLink(ctx context.Context, shown model.Token, beside []model.Token) (model.Links, error) {
	return c.change(ctx, model.Write{Kind: model.Restoration, Token: shown}, func(now model.Links) string {
		return c.unforeseen(now, beside)
	})
}

// unforeseen names a live link that is none of those agreed to; "" when there is none.
func (c *Client) unforeseen(now model.Links, agreed []model.Token) string {
	for _, t := range now.Live(c.serverNow()) {
		if _, found := (model.Links{Tokens: agreed}).Find(t.Secret); !found {
			return fmt.Sprintf("another link, %q, is live now", t.Name)
		}
	}
	return ""
}

// kept is a time as Unleash keeps it.
func kept(t time.Time) time.Time { return t.Truncate(time.Millisecond) }

type checkedKey struct{}

// checkedFor is how long a look counts as the check before a write.
const checkedFor = time.Second

// Checked returns a context whose operations take the links for the check of what is true before
// a write, which saves a round trip, if they were asked for less than a second ago. They
// are those of Look, LookAgain or LookInTurn, verdicts and all.
func (c *Client) Checked(ctx context.Context, links model.Links) context.Context {
	return context.WithValue(ctx, checkedKey{}, links)
}

// checked are the links that the caller looked at just now.
func (c *Client) checked(ctx context.Context) (model.Links, bool) {
	links, ok := ctx.Value(checkedKey{}).(model.Links)
	age := c.now().Sub(links.FetchedAt)
	if !ok || age < 0 || age >= checkedFor {
		return model.Links{}, false
	}
	now := c.latestCertain()
	return links, !slices.ContainsFunc(links.Tokens, func(t model.Token) bool {
		return t.Enabled && t.Verdict == model.Unverified && !t.LongExpired(now)
	})
}

// check looks at all links before a write, unless the caller did so just now.
func (c *Client) check(ctx context.Context) (model.Links, error) {
	if links, ok := c.checked(ctx); ok {
		return links, nil
	}
	return c.Look(ctx)
}

// change writes to one link. Bars says what else there is that stands in the way,
// "" when nothing; it may be nil.
func (c *Client) change(ctx context.Context, w model.Write, bars func(model.Links) string) (model.Links, error) {
	done := w.Kind.String()
	before, ok := c.checked(ctx)
	if !ok {
		var err error
		if before, err = c.List(ctx); err != nil { // no verdict is needed for this, so none may stand in the way
			return model.Links{}, because(KindNotDone, "the link was not "+done, "", err)
		}
	}
	what := differs(before, w.Token)
	if what == "" && bars != nil && bars(before) != "" { // by the dates alone: the server's word counts
		before, _ = c.Verify(ctx, before)
		what = bars(before)
	}
	if what != "" {
		fresh, _ := c.Verify(ctx, before) // the difference matters more than a verdict that is missing
		return fresh, &Error{
			Kind:     KindChanged,
			sentence: "the link was not " + done + ": " + what,
			hint:     "Check what is there now, then decide again",
		}
	}
	w.SentAt = time.Now()
	after, _, err := c.outcome(ctx, written{Write: w, what: "the link", known: before, err: c.send(ctx, w)})
	return after, err
}

// send sends a change of a link.
func (c *Client) send(ctx context.Context, w model.Write) error {
	switch w.Kind {
	case model.Redating:
		return c.SetExpiry(ctx, w.Token.Secret, w.ExpiresAt)
	case model.Restoration:
		return c.Restore(ctx, w.Token.Secret)
	default:
		return c.Delete(ctx, w.Token.Secret)
	}
}

// differs says what somebody else has done to the link that was shown; "" when nothing.
func differs(now model.Links, shown model.Token) string {
	t, found := now.Find(shown.Secret)
	switch {
	case !found:
		return "the server no longer has it"
	case shown.Enabled && !t.Enabled:
		return "somebody has deleted it in the meantime"
	case !shown.Enabled && t.Enabled:
		return "somebody has restored it in the meantime"
	case !shown.ExpiresAt.Equal(t.ExpiresAt):
		return fmt.Sprintf("somebody has changed its expiry in the meantime, to %s UTC", t.ExpiresAt.UTC().Format("2006-01-02 15:04"))
	default:
		return ""
	}
}
