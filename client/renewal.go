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
	return func(c *Client) { c.renewal.source = s }
}

const (
	// renewalTime is how long a source may take, a user who unlocks it included.
	renewalTime = time.Minute
	// renewalPause is how long a source is left alone after it had no better token: it may ask the user each time.
	renewalPause = time.Minute
)

// renewal gets a client new tokens.
type renewal struct {
	source TokenSource

	mu       sync.Mutex // guards what follows
	underWay *flight
	last     *flight // the last one that didn't help
}

// flight is one call of a source. What it found may be read once done is closed.
type flight struct {
	done chan struct{}
	at   time.Time
	err  error
}

// authorized sends a request, and once more where a newer token can be had in place of one that is refused. The server
// has not carried out what it answered with 401.
func (c *Client) authorized(ctx context.Context, q request) *Error {
	if q.anonymous {
		return c.attempt(ctx, q)
	}
	q.token = c.credential()[0]
	e := c.attempt(ctx, q)
	if e == nil || e.Status != http.StatusUnauthorized || e.stranger {
		return e
	}
	asked, err := c.renew(ctx, q.token)
	if renewed := c.credential()[0]; renewed != q.token {
		q.token = renewed
		if e = c.attempt(ctx, q); e == nil || e.Status != http.StatusUnauthorized {
			return e
		}
		c.renewal.mu.Lock()
		c.renewal.last = &flight{at: time.Now()}
		c.renewal.mu.Unlock()
	}
	if strings.HasPrefix(e.hint, checkToken) && c.renewal.source.Name != "" {
		e.hint = c.renewal.hint(asked, err)
		return e.redact(c.credential)
	}
	return e
}

// renew asks the token's source unless another token than the refused one is in use by now. Callers at the same time
// share one call; asked is false where the source was left alone.
func (c *Client) renew(ctx context.Context, refused string) (asked bool, err error) {
	r := &c.renewal
	r.mu.Lock()
	switch {
	case r.source.Renew == nil, c.credential()[0] != refused:
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
		go c.askSource(ctx, f, refused)
	}
	r.mu.Unlock()
	select {
	case <-f.done:
		return true, f.err
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// askSource ends with the request that began it: who gives up waiting for a keyring has it left alone.
func (c *Client) askSource(ctx context.Context, f *flight, refused string) {
	bounded, cancel := context.WithTimeout(ctx, renewalTime)
	defer cancel()
	token, err := c.renewal.source.Renew(bounded)
	if err == nil {
		err = c.replaceToken(strings.TrimSpace(token))
	}
	c.renewal.mu.Lock()
	defer c.renewal.mu.Unlock()
	f.at, f.err = time.Now(), err
	c.renewal.underWay = nil
	if c.credential()[0] == refused && ctx.Err() == nil {
		c.renewal.last = f
	}
	close(f.done)
}

// hint says what to do about a token that is refused; asked and err tell what its source did.
func (r *renewal) hint(asked bool, err error) string {
	const why = "it may be mistyped, expired or deleted"
	switch {
	case err != nil && asked:
		return "Asked for a new token, " + r.source.Name + " gave none: " + clean(err.Error(), wordsLimit)
	case asked:
		return checkToken + " in " + r.source.Name + ", which was asked for it again: " + why
	default:
		return checkToken + " in " + r.source.Name + ": " + why
	}
}
