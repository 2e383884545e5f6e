package client

import (
	"cmp"
	"context"
	"slices"

	"unleash-invite/model"
)

// Two admins who make a link at the same time both look before the other's is
// there, and Unleash takes both. So each looks again afterwards, and of those of one
// name the one made first stays: whoever sees several deletes the others.
//
// That leaves exactly one. The first is never deleted by this rule, as all who see it
// agree on the order. Of any other and the first, one was taken by the server last,
// and whoever made that one looked later still, thus saw both. It would not do
// that each deletes only its own: creation times are not in the order in which links
// begin to show, so one that is not the first may be the only one that its maker saw.

// deleteRivals leaves one of the links that were made at the same time as the token.
// Err returns the outcome of making that one.
func (c *Client) deleteRivals(ctx context.Context, cr creation, after model.Links, made model.Token, err error) (
	model.Links, model.Token, error,
) {
	rivals, mine := c.rivals(cr, after, made)
	found, _ := after.Find(made.Secret)
	if len(rivals) > 0 && mine < 0 && found.Enabled { // refused, or deleted between the list and the verdict
		if again := c.lookAfter(ctx, after); !again.FetchedAt.IsZero() {
			after = again
			rivals, mine = c.rivals(cr, after, made)
			found, _ = after.Find(made.Secret)
		}
	}
	alone := mine == 0 && len(rivals) == 1
	if len(rivals) == 0 || alone || mine < 0 && (found.Enabled || found.Secret == "") {
		return after, made, err
	}
	if _, links, err := c.deleteAll(ctx, after, rivals[1:]); err != nil {
		return links, made, err.about("another link was created at the same time, and both may be live")
	}
	if len(rivals) > 1 {
		after = c.lookAfter(ctx, without(after, rivals[1:])) // without it the Links are zero, and what was done is known anyway
	}
	twin := made.CreatedBy != "" && !slices.ContainsFunc(rivals, func(t model.Token) bool {
		return t.CreatedBy != made.CreatedBy || !t.ExpiresAt.Equal(made.ExpiresAt)
	})
	return c.keptRival(cr, after, rivals[0], mine == 0, twin)
}

// keptRival reports which link was the first, and stays. Twins are all as we asked for ours, and
// made in our name: a proxy may have sent our request twice.
func (c *Client) keptRival(cr creation, after model.Links, first model.Token, ours, twins bool) (model.Links, model.Token, error) {
	if now, seen := after.Find(first.Secret); seen {
		first = now
	}
	e := &Error{Kind: KindYielded, hint: "c copies theirs"}
	switch {
	case !first.Live(c.serverNow()):
		e.Kind, e.hint = KindNotDone, "Check what is there now, then decide again"
		e.sentence = cr.called + " and one that somebody else created at the same time were both deleted"
	case twins:
		e.Kind, e.hint = KindPrevailed, ""
		e.sentence = "two links were created at the same time: the first one stays, the other was deleted"
	case ours:
		e.Kind, e.hint = KindPrevailed, ""
		e.sentence = "somebody else created a link at the same time: theirs came later and was deleted, yours stays"
	default:
		e.sentence = "somebody else created a link at the same time: theirs came first and stays, yours was deleted"
	}
	return after, first, e
}

// rivals are the live links of the name that were made since, the first one
// first, and where among them the one that we made is, -1 when it is not.
func (c *Client) rivals(cr creation, after model.Links, made model.Token) (rivals []model.Token, mine int) {
	rivals = slices.DeleteFunc(after.Live(c.serverNow()), func(t model.Token) bool {
		_, old := cr.before.Find(t.Secret)
		return old || t.Name != clean(cr.name, textLimit)
	})
	slices.SortFunc(rivals, func(a, b model.Token) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.Secret, b.Secret))
	})
	return rivals, slices.IndexFunc(rivals, func(t model.Token) bool { return t.Secret == made.Secret })
}
