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

// List fetches all links, in one round trip: their verdicts are not known yet. What
// our own writes did is in it even where the server's list is older than they are. A list
// that is too long to be read whole is Partial; the links known from before are in it, too.
func (c *Client) List(ctx context.Context) (model.Links, error) {
	links, _, err := c.list(ctx)
	return links, err
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

// LookAgain is Look in one round trip: the verdicts on the links known already are
// asked for beside the list, and only those on new ones after it.
func (c *Client) LookAgain(ctx context.Context, known model.Links) (model.Links, error) {
	links, _, err := c.lookAt(ctx, known)
	return links, err
}

// lookAt is LookAgain, and reports which of our own writes the server's list does not show.
func (c *Client) lookAt(ctx context.Context, known model.Links) (links model.Links, late []model.Write, err error) {
	ctx = unrecorded(ctx)
	had := verdicts{}
	parallel.Run(
		func() { links, late, err = c.list(ctx) },
		func() { c.ask(ctx, c.open(known), had) },
	)
	if err != nil {
		return model.Links{}, nil, err
	}
	c.ask(ctx, c.open(links), had)
	links, err = c.judge(links, had)
	return links, late, err
}

// Verify asks the server for its verdict on every enabled link, eight at a time.
// Those that expired days ago are Rejected without asking: an instance has thousands
// of them in time. Where asking fails the verdict is Unverified, and the first error is returned
// together with the rest. The links given are left as they are.
func (c *Client) Verify(ctx context.Context, links model.Links) (model.Links, error) {
	had := verdicts{}
	c.ask(unrecorded(ctx), c.open(links), had)
	return c.judge(links, had)
}

// VerifyCurrent is Verify for the current link alone, whose verdict is wanted first, and reports whether there are
// more to ask about.
func (c *Client) VerifyCurrent(ctx context.Context, links model.Links) (model.Links, bool, error) {
	current, _ := links.Current(c.serverNow())
	open, had := c.open(links), verdicts{}
	if slices.Contains(open, current.Secret) {
		c.ask(unrecorded(ctx), []string{current.Secret}, had)
	}
	links, err := c.judge(links, had)
	return links, len(open) > len(had), err
}

// VerifyRest is Verify for the links that have no verdict.
func (c *Client) VerifyRest(ctx context.Context, links model.Links) (model.Links, error) {
	had := verdicts{}
	for i := range links.Tokens {
		if t := &links.Tokens[i]; t.Verdict != model.Unverified {
			had[t.Secret] = said{verdict: t.Verdict, at: t.AskedAt}
		}
	}
	c.ask(unrecorded(ctx), c.open(links), had)
	return c.judge(links, had)
}

// open are the secrets of the links that only the server knows the verdict on.
func (c *Client) open(links model.Links) (secrets []string) {
	now := c.latestCertain()
	for i := range links.Tokens {
		if t := &links.Tokens[i]; undecided(t, now) {
			secrets = append(secrets, t.Secret)
		}
	}
	return secrets
}

// undecided reports whether only the server knows the verdict on a link.
func undecided(t *model.Token, now time.Time) bool { return t.Enabled && !t.LongExpired(now) }

// verdicts hold what the server said of links, by their secrets.
type verdicts map[string]said

// said is its answer at that time.
type said struct {
	verdict model.Verdict
	at      time.Time
	err     error
}

// ask asks about the links that nothing was said of yet.
func (c *Client) ask(ctx context.Context, secrets []string, had verdicts) {
	q := questions{had: had}
	for _, secret := range secrets {
		if _, known := had[secret]; !known {
			q.left = append(q.left, secret)
		}
	}
	ask := func() {
		for secret, more := q.next(); more; secret, more = q.next() {
			at := c.now().Round(0) // as in list
			verdict, err := c.Validate(ctx, secret)
			q.answered(secret, said{verdict, at, err})
		}
	}
	parallel.Run(slices.Repeat([]func(){ask}, min(validators, len(q.left)))...)
}

// judge gives the links the verdicts that were said.
func (c *Client) judge(links model.Links, had verdicts) (model.Links, error) {
	links.Tokens = slices.Clone(links.Tokens)
	now := c.latestCertain()
	var first *Error
	for i := range links.Tokens {
		t := &links.Tokens[i]
		t.Verdict, t.AskedAt = model.Unverified, time.Time{}
		switch {
		case !t.Enabled:
		case t.LongExpired(now):
			t.Verdict = model.Rejected
		default:
			answer := had[t.Secret]
			t.Verdict, t.AskedAt = answer.verdict, answer.at
			if first == nil {
				first, _ = errors.AsType[*Error](answer.err)
			}
		}
	}
	if first != nil {
		return links, first.about("the server did not say whether every link works")
	}
	return links, nil
}

// failuresLimit is how many questions may fail before no more are asked.
const failuresLimit = 8

// questions are the links that the server is still to be asked about.
type questions struct {
	mu       sync.Mutex
	left     []string
	failures int
	had      verdicts
}

// next hands out a link to ask about, as long as there is one and asking is of use.
func (q *questions) next() (string, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.left) == 0 || q.failures >= failuresLimit {
		return "", false
	}
	secret := q.left[0]
	q.left = q.left[1:]
	return secret, true
}

func (q *questions) answered(secret string, a said) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.had[secret] = a
	if a.err != nil {
		q.failures++
	}
	if e, _ := errors.AsType[*Error](a.err); e != nil && e.Status == http.StatusTooManyRequests {
		q.failures = failuresLimit
	}
}
