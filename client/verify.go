package client

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"unleash-invite/model"
	"unleash-invite/parallel"
)

// Validate asks the server whether someone can sign up with a link now. GET
// /invite/<secret>/validate, which needs no credential and gets none: 200 with
// an empty body means that they can, 400 with one that they can't.
func (c *Client) Validate(ctx context.Context, secret string) (model.Verdict, error) {
	if !usableSecret(secret) {
		return model.Unverified, badSecret()
	}
	err := c.do(ctx, validation(secret))
	var e *Error
	switch {
	case err == nil:
		return model.Accepted, nil
	case errors.As(err, &e) && e.Status == http.StatusBadRequest && e.Kind == KindAnswer && e.form == formEmpty:
		return model.Rejected, nil
	default:
		return model.Unverified, err
	}
}

const validateSuffix = "/validate"

func validation(secret string) request {
	return request{method: http.MethodGet, path: "/invite/" + url.PathEscape(secret) + validateSuffix, anonymous: true, verdict: true}
}

// List fetches all links, in one round trip: their verdicts are not known yet.
func (c *Client) List(ctx context.Context) (model.Links, error) {
	// By the time of day alone: the clock for differences stands still while a computer sleeps.
	links := model.Links{FetchedAt: c.now().Round(0)}
	var err error
	if links.Tokens, err = c.Tokens(ctx); err != nil {
		return model.Links{}, err
	}
	return links, nil
}

// Look fetches all links and the server's verdict on each. When only the verdicts
// could not be had, the links are returned together with the error.
func (c *Client) Look(ctx context.Context) (model.Links, error) {
	links, err := c.List(ctx)
	if err != nil {
		return model.Links{}, err
	}
	return c.Verify(ctx, links)
}

// Verify asks the server for its verdict on every enabled link, eight at a time.
// Those that expired days ago are Rejected without asking: an instance has thousands
// of them in time. Where asking fails the verdict is Unverified, and the first error is returned
// together with the rest. The links given are left as they are.
func (c *Client) Verify(ctx context.Context, links model.Links) (model.Links, error) {
	ctx = unrecorded(ctx)
	links.Tokens = slices.Clone(links.Tokens)
	var q questions
	now := c.latestCertain()
	for i := range links.Tokens {
		t := &links.Tokens[i]
		t.Verdict = model.Unverified
		switch {
		case !t.Enabled:
		case t.LongExpired(now):
			t.Verdict = model.Rejected
		default:
			q.left = append(q.left, t)
		}
	}
	ask := func() {
		for t := q.next(); t != nil; t = q.next() {
			verdict, err := c.Validate(ctx, t.Secret)
			t.Verdict = verdict
			q.answered(err)
		}
	}
	parallel.Run(slices.Repeat([]func(){ask}, min(validators, len(q.left)))...)
	if q.first != nil {
		return links, q.first.about("the server did not say whether every link works")
	}
	return links, nil
}

// latestCertain is a time that has come both by our clock and by the server's, as
// far as that told: one that is wrong must not make a link look expired.
func (c *Client) latestCertain() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if c.serverTime.Before(now) {
		return c.serverTime
	}
	return now
}

// heed notes the server's clock.
func (c *Client) heed(h http.Header) {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		c.mu.Lock()
		c.serverTime = at
		c.mu.Unlock()
	}
}

// failuresLimit is how many questions may fail before no more are asked.
const failuresLimit = 8

// questions are the links that the server is still to be asked about.
type questions struct {
	mu       sync.Mutex
	left     []*model.Token
	failures int
	first    *Error
}

// next hands out a link to ask about; nil when there is none, or no use.
func (q *questions) next() *model.Token {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.left) == 0 || q.failures >= failuresLimit {
		return nil
	}
	t := q.left[0]
	q.left = q.left[1:]
	return t
}

func (q *questions) answered(err error) {
	var e *Error
	if !errors.As(err, &e) {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.failures++
	if q.first == nil {
		q.first = e
	}
}
