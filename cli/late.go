package cli

import (
	"context"
	"errors"

	"unleash-invite/model"
)

// unsure is an error of a write that may still be carried out.
type unsure interface{ Pending() []model.Write }

// pendingOf are the writes that may still be carried out after an error.
func pendingOf(err error) []model.Write {
	var e unsure
	if !errors.As(err, &e) {
		return nil
	}
	return e.Pending()
}

// await watches a write whose answer was lost, for a minute at most: whoever runs the command again before it arrived
// would make a second live link. Where it was the last one of the plan, all is done once it arrived.
func (t *target) await(ctx context.Context, do plan, after model.Links, err error) (model.Links, error) {
	for _, w := range pendingOf(err) {
		links, token, arrived, looking := t.API.Watch(ctx, w)
		t.looked(links)
		if !links.FetchedAt.IsZero() {
			after = links
		}
		switch {
		case !arrived && ctx.Err() != nil:
			t.note("it may still arrive: wait a minute, and run status before you try again")
			return after, err
		case !arrived && looking != nil:
			t.note("a minute later it is still not known: run status before you try again")
			return after, err
		case !arrived:
			t.note("a minute later the server still does not show it: run status before you try again")
			return after, err
		case w.Kind != model.Creation && len(do.changes) > 1:
			t.note("that was carried out later: the link was %s, and the rest was not done", w.Kind)
			return after, err
		}
		if do.made != nil {
			*do.made = token
		}
		t.note("the answer was lost, but the server carried it out anyway")
		err = looking
	}
	return after, err
}
