package client

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// TokenSource is where a client's token came from.
type TokenSource struct {
	// Name says it in an error, such as "the system keyring".
	Name string
	// Renew asks for the token there again; nil where there can be no other. It may
	// wait for a user, and ends with its context.
	Renew func(ctx context.Context) (string, error)
}

// WithTokenSource asks the source once more for the token when the server refuses it with 401, and sends the request
// again if it is another one. An error that is about the token names the source.
func WithTokenSource(s TokenSource) Option {
	return func(c *Client) { c.source = s }
}

const (
	// renewalTime is how long a source may take, a user who unlocks it included.
	renewalTime = time.Minute
	// renewalPause is how long a source is left alone after it had nothing better: it may ask the user each time.
	renewalPause = time.Minute
)

// renewal gets a client another token, or other headers for a gateway.
type renewal struct {
	// renew asks their source, and takes what it gives into use; nil where there can be no others.
	renew func(ctx context.Context) error
	// inUse derives the credential in use from the one before.
	inUse func() string

	mu       sync.Mutex // guards what follows
	underWay *flight
	last     *flight // the last one that didn't help
}

// flight is one call of a source. What came of it may be read once done is closed.
type flight struct {
	done chan struct{}
	at   time.Time
	err  error
}

// renewsToken has the token renewed by its source.
func (c *Client) renewsToken(replace func(token string) error) {
	c.replaceToken, c.renewal.inUse = replace, func() string { return c.credential()[0] }
	if c.source.Renew == nil {
		return
	}
	c.renewal.renew = func(ctx context.Context) error {
		token, err := c.source.Renew(ctx)
		if err != nil {
			return err
		}
		return replace(strings.TrimSpace(token))
	}
}

// authorized sends a request, and once more where a newer token can be had in place of one that is refused. The server
// has not carried out what it answered with 401.
func (c *Client) authorized(ctx context.Context, q request) *Error {
	if q.anonymous {
		return c.admitted(ctx, q)
	}
	q.token = c.credential()[0]
	e := c.admitted(ctx, q)
	if e == nil || e.Status != http.StatusUnauthorized || e.stranger {
		return e
	}
	asked, err := c.renewal.ask(ctx, q.token)
	if renewed := c.credential()[0]; renewed != q.token {
		q.token = renewed
		if e = c.admitted(ctx, q); e == nil || e.Status != http.StatusUnauthorized {
			return e
		}
		c.renewal.useless()
	}
	if strings.HasPrefix(e.hint, checkToken) && c.source.Name != "" {
		e.hint = c.source.hint(asked, err)
		return e.redact(c.credential)
	}
	return e
}

// ask asks the source unless something else than what was refused is in use by now. Callers at the same time share one
// call; asked is false where the source was left alone.
func (r *renewal) ask(ctx context.Context, refused string) (asked bool, err error) {
	r.mu.Lock()
	switch {
	case r.renew == nil, r.inUse() != refused:
		r.mu.Unlock()
		return false, nil
	case r.last != nil && time.Since(r.last.at) < renewalPause:
		defer r.mu.Unlock()
		return true, r.last.err
	}
	f := r.underWay
	if f == nil {
		f = &flight{done: make(chan struct{})}
		r.underWay = f
		go r.fly(ctx, f, refused)
	}
	r.mu.Unlock()
	select {
	case <-f.done:
		return true, f.err
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// fly ends with the request that began it: who gives up waiting for a keyring has it left alone.
func (r *renewal) fly(ctx context.Context, f *flight, refused string) {
	bounded, cancel := context.WithTimeout(ctx, renewalTime)
	defer cancel()
	err := r.renew(bounded)
	r.mu.Lock()
	defer r.mu.Unlock()
	f.at, f.err = time.Now(), err
	r.underWay = nil
	if r.inUse() == refused && ctx.Err() == nil {
		r.last = f
	}
	close(f.done)
}

// AskSources has the sources of the token and of a gateway's headers asked at the next refusal, however lately they had
// nothing better.
func (c *Client) AskSources() {
	c.renewal.forget()
	if c.gateway != nil {
		c.gateway.renewal.forget()
	}
}

func (r *renewal) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = nil
}

// useless reports that the source's new token is refused, too.
func (r *renewal) useless() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = &flight{at: time.Now()}
}

// hint says what to do about a token that is refused; asked and err tell what its source did.
func (s TokenSource) hint(asked bool, err error) string {
	const why = "it may be mistyped, expired or deleted"
	switch {
	case err != nil && asked:
		return "Asked for a new token, " + s.Name + " gave none: " + clean(err.Error(), wordsLimit)
	case asked:
		return checkToken + " in " + s.Name + ", which was asked again: " + why
	default:
		return checkToken + " in " + s.Name + ": " + why
	}
}
