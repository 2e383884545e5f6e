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
	before, err := c.check(ctx)
	if err != nil {
		return before, model.Token{}, because(KindNotDone, "the link was not created", "", err)
	}
	now := c.serverNow()
	if live := before.Live(now); len(live) > 0 {
		return before, model.Token{}, inTheWay(live)
	}
	if before.Partial {
		return before, model.Token{}, notWhole()
	}
	var leftovers []model.Token
	if name == model.DefaultName {
		leftovers = before.Leftovers(now)
	}
	if after, err := c.deleteLeftovers(ctx, before, leftovers); err != nil {
		return after, model.Token{}, err
	}
	after, made, err := c.makeLink(ctx, creation{
		called: "the link", before: without(before, leftovers), name: name, expiresAt: expiresAt, sent: func(error) {},
	})
	var e *Error
	if len(leftovers) > 0 && errors.As(err, &e) && !e.Done() {
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
	sent      func(error) // called between the request and the look, with the request's error
	whole     bool        // that the request is not broken off once it was sent
}

// makeLink makes a link and looks at it. When the answer is lost, the link that
// was not there before is taken for it; a second one is never asked for.
func (c *Client) makeLink(ctx context.Context, cr creation) (model.Links, model.Token, error) {
	w := model.Write{Kind: model.Creation, ExpiresAt: kept(cr.expiresAt), SentAt: time.Now(), Names: c.myNames()}
	w.Token.Name, w.Before = clean(cr.name, textLimit), make(map[string]bool, len(cr.before.Tokens))
	for i := range cr.before.Tokens {
		w.Before[cr.before.Tokens[i].Secret] = true
	}
	sending := ctx
	if cr.whole {
		sending = through(ctx)
	}
	token, err := c.Create(sending, cr.name, cr.expiresAt)
	if err == nil {
		w.Token = token
	}
	cr.sent(err)
	after, made, err := c.outcome(ctx, written{Write: w, what: cr.called, known: cr.before, err: err})
	return c.deleteRivals(ctx, cr, after, made, err)
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
func (c *Client) deleteLeftovers(ctx context.Context, known model.Links, leftovers []model.Token) (model.Links, error) {
	if _, after, err := c.deleteAll(ctx, known, leftovers); err != nil {
		return after, because(KindNotDone, "no link was created, because an expired one of that name could not be deleted", "", err)
	}
	return model.Links{}, nil
}

// without are the links with those deleted.
func without(links model.Links, deleted []model.Token) model.Links {
	for _, t := range deleted {
		links = applied(links, model.Write{Kind: model.Deletion, Token: t})
	}
	return links
}
