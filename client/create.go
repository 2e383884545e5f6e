package client

import (
	"context"
	"errors"
	"fmt"
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
	made, err := c.Create(ctx, name, expiresAt)
	after, err := c.outcome(ctx, "created", err, func(after model.Links) bool {
		token, found := after.Find(made.Secret)
		if made.Secret == "" { // the answer was lost
			token, found = adopt(before, after, name, expiresAt)
		}
		if found {
			made = token
		}
		return found
	})
	var e *Error
	if len(leftovers) > 0 && errors.As(err, &e) && e.Kind != KindUnseen {
		e.sentence = "the expired link of that name was deleted, but " + e.sentence
	}
	return after, made, err
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
		err := c.Delete(ctx, t.Secret)
		if err == nil {
			continue
		}
		after, err := c.outcome(ctx, "deleted", err, func(after model.Links) bool {
			left, found := after.Find(t.Secret)
			return found && !left.Enabled
		})
		if err != nil {
			return after, because(KindNotDone, "no link was created, because an expired one is in the way", "", err)
		}
	}
	return model.Links{}, nil
}

// adopt finds the token that a lost answer was about: one of the name that was not
// there before, rather with the expiry asked for, which Unleash may have cut.
func adopt(before, after model.Links, name string, expiresAt time.Time) (model.Token, bool) {
	var best model.Token
	for _, t := range after.Tokens {
		_, old := before.Find(t.Secret)
		if old || !t.Enabled || t.Name != clean(name, textLimit) {
			continue
		}
		exact := t.ExpiresAt.Equal(kept(expiresAt))
		if best.Secret == "" || exact || !best.ExpiresAt.Equal(kept(expiresAt)) && t.CreatedAt.After(best.CreatedAt) {
			best = t
		}
	}
	return best, best.Secret != ""
}
