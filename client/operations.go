package client

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unleash-invite/model"
)

// The safe operations: check what is true, write, look again. A write whose answer
// was lost is not taken for a failed one: what the look shows decides.

// ChangeExpiry sets when a link expires. It returns what is true on the server
// afterwards, zero Links when that could not be fetched.
func (c *Client) ChangeExpiry(ctx context.Context, shown model.Token, expiresAt time.Time) (model.Links, error) {
	return c.change(ctx, shown, change{
		done:  "re-dated",
		write: func() error { return c.SetExpiry(ctx, shown.Secret, expiresAt) },
		shows: func(t model.Token) bool { return t.ExpiresAt.Equal(kept(expiresAt)) },
	})
}

// DeleteLink deletes a link, so that nobody can join with it any more. It returns
// what is true on the server afterwards, zero Links when that could not be fetched.
func (c *Client) DeleteLink(ctx context.Context, shown model.Token) (model.Links, error) {
	return c.change(ctx, shown, change{
		done:  "deleted",
		write: func() error { return c.Delete(ctx, shown.Secret) },
		shows: func(t model.Token) bool { return !t.Enabled },
	})
}

// RestoreLink undoes a deletion, beside live links only if they were agreed to. It
// returns what is true on the server afterwards, zero Links when that could not be fetched.
func (c *Client) RestoreLink(ctx context.Context, shown model.Token, beside []model.Token) (model.Links, error) {
	return c.change(ctx, shown, change{
		done:  "restored",
		write: func() error { return c.Restore(ctx, shown.Secret) },
		shows: func(t model.Token) bool { return t.Enabled },
		bars:  func(now model.Links) string { return c.unforeseen(now, beside) },
	})
}

// unforeseen names a live link that is none of those agreed to; "" when there is none.
func (c *Client) unforeseen(now model.Links, agreed []model.Token) string {
	for _, t := range now.Live(c.now()) {
		if _, found := (model.Links{Tokens: agreed}).Find(t.Secret); !found {
			return fmt.Sprintf("another link, %q, is live now", t.Name)
		}
	}
	return ""
}

// kept is a time as Unleash keeps it.
func kept(t time.Time) time.Time { return t.Truncate(time.Millisecond) }

// change is a write to one link.
type change struct {
	done  string // what will have been done, for sentences
	write func() error
	shows func(model.Token) bool // that the link has changed as wanted
	// bars says what else there is that stands in the way, "" when nothing; it may be nil.
	bars func(model.Links) string
}

func (c *Client) change(ctx context.Context, shown model.Token, ch change) (model.Links, error) {
	before, err := c.List(ctx) // no verdict is needed for this, so none may stand in the way
	if err != nil {
		return model.Links{}, because(KindNotDone, "the link was not "+ch.done, "", err)
	}
	what := differs(before, shown)
	if what == "" && ch.bars != nil && ch.bars(before) != "" { // by the dates alone: the server's word counts
		before, _ = c.Verify(ctx, before)
		what = ch.bars(before)
	}
	if what != "" {
		fresh, _ := c.Verify(ctx, before) // the difference matters more than a verdict that is missing
		return fresh, &Error{
			Kind:     KindChanged,
			sentence: "the link was not " + ch.done + ": " + what,
			hint:     "See what is there now, then decide again",
		}
	}
	return c.outcome(ctx, "the link", ch.done, ch.write(), func(after model.Links) bool {
		t, found := after.Find(shown.Secret)
		return found && ch.shows(t)
	})
}

// differs says what somebody else has done to the link that was shown; "" when nothing.
func differs(now model.Links, shown model.Token) string {
	t, found := now.Find(shown.Secret)
	switch {
	case !found:
		return "the server no longer has it"
	case shown.Enabled && !t.Enabled:
		return "somebody deleted it meanwhile"
	case !shown.Enabled && t.Enabled:
		return "somebody restored it meanwhile"
	case !shown.ExpiresAt.Equal(t.ExpiresAt):
		return fmt.Sprintf("somebody changed its expiry meanwhile, to %s UTC", t.ExpiresAt.UTC().Format("2006-01-02 15:04"))
	default:
		return ""
	}
}

// onItsWay holds what to do when a write was not seen to happen, but may be still.
const onItsWay = "Refresh before you try again, as the request may still be on its way"

// outcome looks at the server after a write that ended in err, and tells what came
// of it. The look happens even when ctx is cancelled, as the write may be under way.
func (c *Client) outcome(ctx context.Context, what, done string, err error, shows func(model.Links) bool) (model.Links, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.timeouts.Look)
	defer cancel()
	after, lookErr := c.Look(ctx)
	var failed *Error
	lost := errors.As(err, &failed) && failed.mayHaveHappened()
	if lost && !after.FetchedAt.IsZero() && !shows(after) {
		after, lookErr = c.lookLater(ctx, after, lookErr)
	}
	seen := !after.FetchedAt.IsZero()
	switch {
	case err != nil && !lost:
		return after, because(KindNotDone, what+" was not "+done, "", err)
	case lost && !seen:
		return after, because(KindUnknown, "it is not known whether "+what+" was "+done+", as looking failed too",
			"Refresh to see it before you try again", err)
	case lost && !shows(after):
		return after, because(KindNotDone, what+" was not "+done+", as far as the server shows", onItsWay, err)
	case seen && !shows(after):
		return after, &Error{
			Kind:     KindNotDone,
			sentence: "the server said that " + what + " was " + done + ", but does not show it",
			hint:     "Somebody may have changed it at the same time: see what is there now",
		}
	case lookErr != nil:
		return after, because(KindUnseen, what+" was "+done+", but the look at it afterwards failed", "Refresh to see it", lookErr)
	default:
		return after, nil
	}
}

// lookLater looks once more after a while: a request whose answer was lost may
// reach the server late. When it fails, what was seen before still counts.
func (c *Client) lookLater(ctx context.Context, before model.Links, beforeErr error) (model.Links, error) {
	select {
	case <-ctx.Done():
		return before, beforeErr
	case <-time.After(c.timeouts.LookAgain):
	}
	if after, err := c.Look(ctx); !after.FetchedAt.IsZero() {
		return after, err
	}
	return before, beforeErr
}
