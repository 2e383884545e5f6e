package client

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unleash-invite/model"
)

// CreateLink makes a new link, unless one is live: then the error says which. A
// link named "default" also has the leftovers of that name deleted first, which
// would hide it in the Admin UI. It returns what is true on the server afterwards,
// zero Links when that could not be fetched, and the token that was made. Unleash
// may have given it an earlier expiry than was asked for.
func (c *Client) CreateLink(ctx context.Context, name string, expiresAt time.Time) (model.Links, model.Token, error) {
	before, err := c.Look(ctx)
	if err != nil {
		return before, model.Token{}, because(KindNotDone, "the link was not created", "", err)
	}
	now := c.now()
	if live := before.Live(now); len(live) > 0 {
		return before, model.Token{}, inTheWay(live)
	}
	var leftovers []model.Token
	if name == model.DefaultName {
		leftovers = before.Leftovers(now)
	}
	if after, err := c.deleteLeftovers(ctx, leftovers); err != nil {
		return after, model.Token{}, err
	}
	after, made, err := c.makeLink(ctx, creation{
		called: "the link", before: before, name: name, expiresAt: expiresAt, sent: func() {},
	})
	var e *Error
	if len(leftovers) > 0 && errors.As(err, &e) && e.Kind != KindUnseen {
		e.sentence = "the expired link of that name was deleted, but " + e.sentence
	}
	return after, made, err
}

// creation is a link to be made.
type creation struct {
	called    string      // what to call it in sentences
	before    model.Links // what there was before
	name      string
	expiresAt time.Time
	sent      func() // called between the request and the look
}

// makeLink makes a link and looks at it. When the answer is lost, the link that
// was not there before is taken for it; a second one is never asked for.
func (c *Client) makeLink(ctx context.Context, cr creation) (model.Links, model.Token, error) {
	token, err := c.Create(ctx, cr.name, cr.expiresAt)
	cr.sent()
	after, err := c.outcome(ctx, cr.called, "created", err, func(after model.Links) bool {
		found, ok := after.Find(token.Secret)
		if token.Secret == "" { // the answer was lost
			found, ok = adopt(cr, after, c.myNames())
		}
		if ok {
			token = found
		}
		return ok && found.Enabled
	})
	return c.deleteRivals(ctx, cr, after, token, err)
}

// inTheWay is the error that some link is live already.
func inTheWay(live []model.Token) *Error {
	others := ""
	if n := len(live) - 1; n > 0 {
		others = fmt.Sprintf(", and %d more", n)
	}
	return &Error{
		Kind: KindInTheWay,
		sentence: fmt.Sprintf("the link was not created: %q is live until %s UTC%s",
			live[0].Name, live[0].StopsAt().Format("2006-01-02 15:04"), others),
		hint: "Delete it first",
	}
}

// deleteLeftovers deletes enabled tokens that let nobody in. After an error it
// returns what is true on the server.
func (c *Client) deleteLeftovers(ctx context.Context, leftovers []model.Token) (model.Links, error) {
	for _, t := range leftovers {
		if after, err := c.deleteOne(ctx, t); err != nil {
			return after, because(KindNotDone, "no link was created, because an expired one is in the way", "", err)
		}
	}
	return model.Links{}, nil
}

// adopt finds the token that a lost answer was about: one of the name that was not
// there before, which is why it was made since, whatever the server's clock says;
// and by us, where that is known. Rather one with the expiry asked for, which
// Unleash may have cut.
func adopt(cr creation, after model.Links, myNames []string) (model.Token, bool) {
	var best model.Token
	for _, t := range after.Tokens {
		_, old := cr.before.Find(t.Secret)
		theirs := t.CreatedBy != "" && len(myNames) > 0 && !slices.Contains(myNames, t.CreatedBy)
		if old || theirs || !t.Enabled || t.Name != clean(cr.name, textLimit) {
			continue
		}
		exact := t.ExpiresAt.Equal(kept(cr.expiresAt))
		if best.Secret == "" || exact || !best.ExpiresAt.Equal(kept(cr.expiresAt)) && t.CreatedAt.After(best.CreatedAt) {
			best = t
		}
	}
	return best, best.Secret != ""
}
