package client

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unleash-invite/model"
	"unleash-invite/parallel"
)

// Rotate replaces the live links by a new one: it deletes them, makes sure that
// the server refuses them, makes the new link, and makes sure that the server
// accepts it. Deleting comes first, since a leaked link must die even if the rest
// fails; with no old link it only makes the new one. Each step is reported when it
// begins and when it is over, from the goroutine that runs Rotate. When the links are not those
// that were agreed on any more, nothing is changed. Cancelling ctx stops it
// before the first deletion; after that it goes on for Timeouts.Grace, and a write that has begun is carried through.
//
// It returns what is true on the server afterwards, zero Links when that could
// not be fetched, and the token that was made.
func (c *Client) Rotate(ctx context.Context, r model.Rotation, report func(model.StepReport)) (model.Links, model.Token, error) {
	before, err := c.check(ctx)
	if before.FetchedAt.IsZero() {
		return before, model.Token{}, because(KindNotDone, "nothing was changed", "", err)
	}
	if what := c.moved(before, r); what != "" {
		return before, model.Token{}, &Error{
			Kind:     KindChanged,
			sentence: "nothing was changed: " + what,
			hint:     "Check what is there now, then decide again",
		}
	}
	var leftovers []model.Token
	if err == nil && r.Name == model.DefaultName { // without a verdict, one might be live
		leftovers = before.Leftovers(c.serverNow())
	}
	taken := &steps{report: report, now: c.now}
	ctx = taken.watch(ctx)
	if len(r.Old) > 0 {
		taken.begin(model.StepDelete)
		if links, err := c.deleteOld(ctx, before, r.Old); err != nil {
			taken.failed(err, wrote)
			return links, model.Token{}, err
		}
		taken.end(model.StepDone, wrote)
		before = without(before, r.Old)
		var end context.CancelFunc // a link deleted and none made is the worst place to stop at
		ctx, end = c.grace(ctx)
		defer end()
		taken.begin(model.StepRefused)
		if links, err := c.wantRefused(ctx, before, r.Old); err != nil {
			taken.failed(err, judged)
			return links, model.Token{}, err
		}
		taken.end(model.StepDone, judged)
	}
	taken.begin(model.StepCreate)
	if links, err := c.deleteLeftovers(through(ctx), before, leftovers); err != nil {
		taken.failed(err, wrote)
		return links, model.Token{}, since(r.Old, err)
	}
	links, made, err := c.makeLink(ctx, creation{
		called: "the new link", before: without(before, leftovers), name: r.Name, expiresAt: r.ExpiresAt,
		sent: taken.sent, whole: true,
	})
	taken.made(made, err)
	if err == nil && made.Verdict == model.Rejected {
		err = &Error{Kind: KindNotDone, sentence: "the new link was created, but the server refuses it", hint: "Give it another expiry"}
	}
	return links, made, since(r.Old, err)
}

// grace is a context that goes on for a while after ctx has ended.
func (c *Client) grace(ctx context.Context) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(c.timeouts.Grace, cancel) })
	return longer, func() {
		stop()
		cancel()
	}
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
func (c *Client) moved(now model.Links, r model.Rotation) string {
	for _, shown := range r.Old {
		if what := differs(now, shown); what != "" {
			return fmt.Sprintf("of the link %q, %s", shown.Name, what)
		}
	}
	return c.unforeseen(now, slices.Concat(r.Old, r.Beside))
}

// deleteOld deletes the old links. After an error it returns what is true.
func (c *Client) deleteOld(ctx context.Context, known model.Links, old []model.Token) (model.Links, error) {
	gone, links, err := c.deleteAll(through(ctx), known, old)
	switch {
	case err == nil:
		return model.Links{}, nil
	case len(gone) > 0:
		e := err.about(fmt.Sprintf("%d of %d old links deleted, and no new one was created", len(gone), len(old)))
		e.Kind, e.deleted = KindHalfDone, gone
		return links, e
	case err.Kind == KindUnknown:
		return links, err.about("no new link was created")
	default:
		return links, err.about("nothing was rotated")
	}
}

// deleteAll deletes tokens side by side; a deletion whose answer was lost counts if it shows. It
// returns those that are gone, and after an error what is true.
func (c *Client) deleteAll(ctx context.Context, known model.Links, tokens []model.Token) (
	gone []model.Token, after model.Links, failed *Error,
) {
	deletions := make([]written, len(tokens))
	parallel.Each(len(tokens), validators, func(i int) {
		w := model.Write{Kind: model.Deletion, Token: tokens[i], SentAt: time.Now()}
		deletions[i] = written{Write: w, what: "the link", err: c.Delete(ctx, tokens[i].Secret)}
	})
	for _, d := range deletions {
		if d.err == nil {
			c.note(d.Write)
			known, gone = applied(known, d.Write), append(gone, d.Token)
		}
	}
	for _, d := range deletions {
		if d.err == nil {
			continue
		}
		d.known = known
		var err error
		after, _, err = c.outcome(ctx, d)
		e, bad := errors.AsType[*Error](err)
		switch {
		case !bad || e.Done():
			known, gone = applied(known, d.Write), append(gone, d.Token)
		case failed == nil:
			failed = e
		default:
			failed.pending = append(failed.pending, e.pending...)
		}
	}
	return gone, after, failed
}

// goOn is the advice when the old link is gone and there is no new one.
const goOn = "r continues from here, u brings the old link back"

// wantRefused makes sure that the server refuses the old links. After an error it
// returns what is true.
func (c *Client) wantRefused(ctx context.Context, known model.Links, old []model.Token) (model.Links, error) {
	failures := make([]*Error, len(old))
	parallel.Each(len(old), validators, func(i int) { failures[i] = c.refused(ctx, old[i].Secret) })
	for _, e := range failures {
		if e != nil {
			e.Kind, e.deleted = KindHalfDone, old
			return c.lookAfter(ctx, known), e
		}
	}
	return model.Links{}, nil
}

// refused waits until the server refuses a link that was deleted: its verdict may be late, or a cache's.
func (c *Client) refused(ctx context.Context, secret string) *Error {
	until := time.After(c.timeouts.Settle)
	for pause := c.timeouts.Settle / 100; ; pause = min(2*pause, c.timeouts.Settle/10) {
		verdict, err := c.Validate(ctx, secret)
		failed, _ := errors.AsType[*Error](err)
		e := &Error{
			sentence: "the old link was deleted, but the server still accepts it, so no new one was created",
			hint:     "Somebody may have restored it: check what is there now",
		}
		switch {
		case verdict == model.Rejected:
			return nil
		case failed != nil:
			e = because(KindHalfDone,
				"the old link was deleted, but the server did not confirm that it refuses it, so no new one was created", goOn, failed)
			if failed.Kind != KindBadResponse {
				return e
			}
		}
		select {
		case <-until:
			return e
		case <-ctx.Done():
			return e
		case <-time.After(pause):
		}
	}
}

// lookAfter looks even when ctx is cancelled, for what was done needs to be seen. Where
// that fails the links are zero.
func (c *Client) lookAfter(ctx context.Context, known model.Links) model.Links {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.timeouts.Look)
	defer cancel()
	links, _ := c.LookAgain(ctx, known)
	return links
}

// since adds to an error that left no new link, or maybe none, what became of the old ones.
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
	outer.sentence, outer.cause, outer.deleted = gone+e.sentence, e, old
	if e.Kind == KindNotDone {
		outer.Kind, outer.hint = KindHalfDone, goOn
	}
	return &outer
}
