package client

import (
	"context"
	"errors"
	"fmt"

	"unleash-invite/model"
)

// Rotate replaces the live links by a new one: it deletes them, makes sure that
// the server refuses them, makes the new link, and makes sure that the server
// accepts it. Deleting comes first, since a leaked link must die even if the rest
// fails; with no old link it only makes the new one. Each step is reported before
// it is taken, from the goroutine that runs Rotate. When the links are not those
// that were agreed on any more, nothing is changed. Cancelling ctx stops it
// between two steps; a write that has begun is carried through.
//
// It returns what is true on the server afterwards, zero Links when that could
// not be fetched, and the token that was made.
func (c *Client) Rotate(ctx context.Context, r model.Rotation, report func(model.Step)) (model.Links, model.Token, error) {
	before, err := c.Look(ctx)
	if before.FetchedAt.IsZero() {
		return before, model.Token{}, because(KindNotDone, "nothing was changed", "", err)
	}
	if what := c.moved(before, r.Old); what != "" {
		return before, model.Token{}, &Error{
			Kind:     KindChanged,
			sentence: "nothing was changed: " + what,
			hint:     "See what is there now, then decide again",
		}
	}
	var leftovers []model.Token
	if err == nil && r.Name == model.DefaultName { // without a verdict, one might be live
		leftovers = before.Leftovers(c.now())
	}
	report(model.StepDelete)
	if links, err := c.deleteOld(ctx, r.Old); err != nil {
		return links, model.Token{}, err
	}
	report(model.StepRefused)
	if links, err := c.wantRefused(ctx, r.Old); err != nil {
		return links, model.Token{}, err
	}
	report(model.StepCreate)
	if links, err := c.deleteLeftovers(through(ctx), leftovers); err != nil {
		return links, model.Token{}, since(r.Old, err)
	}
	links, made, err := c.makeLink(through(ctx), creation{
		called: "the new link", before: before, name: r.Name, expiresAt: r.ExpiresAt,
		sent: func() { report(model.StepAccepted) },
	})
	if err == nil && made.Verdict == model.Rejected {
		err = &Error{Kind: KindNotDone, sentence: "the new link was made, but the server refuses it", hint: "Give it another expiry"}
	}
	return links, made, since(r.Old, err)
}

// through is the context of a write that is to be carried through once it has
// begun, since what became of one that was broken off is hard to tell.
func through(ctx context.Context) context.Context {
	if ctx.Err() != nil {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// moved says what has changed since someone agreed to lose the old links; "" when nothing.
func (c *Client) moved(now model.Links, old []model.Token) string {
	for _, shown := range old {
		if what := differs(now, shown); what != "" {
			return fmt.Sprintf("of the link %q, %s", shown.Name, what)
		}
	}
	return c.unforeseen(now, old)
}

// deleteOld deletes the old links. After an error it returns what is true.
func (c *Client) deleteOld(ctx context.Context, old []model.Token) (model.Links, error) {
	for i, t := range old {
		links, err := c.deleteOne(through(ctx), t)
		switch {
		case err == nil:
		case i > 0:
			return links, err.about(fmt.Sprintf("%d of %d old links deleted, and no new one was made", i, len(old)))
		case err.Kind == KindUnknown:
			return links, err.about("no new link was made")
		default:
			return links, err.about("nothing was rotated")
		}
	}
	return model.Links{}, nil
}

// deleteOne deletes a token; a deletion whose answer was lost counts if it shows.
func (c *Client) deleteOne(ctx context.Context, t model.Token) (model.Links, *Error) {
	err := c.Delete(ctx, t.Secret)
	if err == nil {
		return model.Links{}, nil
	}
	after, err := c.outcome(ctx, "the link", "deleted", err, func(after model.Links) bool {
		left, found := after.Find(t.Secret)
		return found && !left.Enabled
	})
	if e, ok := errors.AsType[*Error](err); ok && e.Kind != KindUnseen {
		return after, e
	}
	return after, nil
}

// goOn holds what to do when the old link is gone and there is no new one.
const goOn = "r goes on from here, u brings the old link back"

// wantRefused makes sure that the server refuses the old links. After an error it
// returns what is true.
func (c *Client) wantRefused(ctx context.Context, old []model.Token) (model.Links, error) {
	for _, t := range old {
		verdict, err := c.Validate(ctx, t.Secret)
		if err == nil && verdict == model.Rejected {
			continue
		}
		after, _ := c.lookAfter(ctx)
		if err == nil {
			return after, &Error{
				Kind:     KindNotDone,
				sentence: "the old link was deleted, but the server still accepts it, so no new one was made",
				hint:     "Somebody may have restored it: see what is there now",
			}
		}
		return after, because(KindNotDone,
			"the old link was deleted, but the server did not say that it refuses it, so no new one was made", goOn, err)
	}
	return model.Links{}, nil
}

// lookAfter looks even when ctx is cancelled, for what was done needs to be seen.
func (c *Client) lookAfter(ctx context.Context) (model.Links, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.timeouts.Look)
	defer cancel()
	return c.Look(ctx)
}

// since tells of an error that left no new link, or maybe none, what became of the old ones.
func since(old []model.Token, err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok || len(old) == 0 || e.Kind != KindNotDone && e.Kind != KindUnknown {
		return err
	}
	gone := "the old link no longer works, and "
	if len(old) > 1 {
		gone = "the old links no longer work, and "
	}
	outer := *e
	outer.sentence, outer.cause = gone+e.sentence, e
	if e.Kind == KindNotDone && e.hint != onItsWay {
		outer.hint = goOn
	}
	return &outer
}
