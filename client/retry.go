package client

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

const (
	attempts = 3
	// longestWait is the longest Retry-After that is sat out; the user is told a longer one.
	longestWait = 3 * time.Second
	// retryWithin is how long after its beginning a GET is still tried again.
	retryWithin = 4500 * time.Millisecond
)

// do sends a request, a GET up to three times. A write is sent once, whatever
// happens: two POSTs would be two links.
func (c *Client) do(ctx context.Context, q request) error {
	began := time.Now()
	for tried := 1; ; tried++ {
		q.hasty = tried == 1 && q.method == http.MethodGet
		e := c.authorized(ctx, q)
		if q.method != http.MethodGet { // the lists kept are no longer the newest
			c.mu.Lock()
			c.listed, c.accounts = taggedList{}, taggedAccounts{}
			c.writes++ // so that one under way is not kept, either
			c.mu.Unlock()
		}
		if e == nil {
			return nil
		}
		wait := cmp.Or(e.RetryAfter, c.backoff(tried))
		late := time.Since(began)+wait > retryWithin
		if q.method != http.MethodGet || !e.worthTrying(ctx, tried, late) || wait > longestWait {
			return e
		}
		select {
		case <-ctx.Done():
			return e
		case <-time.After(wait):
		}
	}
}

type lightKey struct{}

// lightly is the context of questions that can wait: the server is not asked again at once if it answers that it
// can't, or was asked too much.
func lightly(ctx context.Context) context.Context { return context.WithValue(ctx, lightKey{}, true) }

func isLight(ctx context.Context) bool { return ctx.Value(lightKey{}) != nil }

// worthTrying reports whether a GET that failed like this, so many times, is to be tried again.
func (e *Error) worthTrying(ctx context.Context, tried int, late bool) bool {
	switch {
	case !e.transient, tried == attempts, e.Status != 0 && isLight(ctx):
		return false
	default:
		return !late || tried == 1 && e.diedWaiting()
	}
}

// diedWaiting reports whether the connection fell silent: a GET is tried once more on a fresh one, however late it is.
func (e *Error) diedWaiting() bool { return e.Kind == KindNoResponse && errors.Is(e, errSilent) }

// backoff is the wait after so many attempts: exponential, with full jitter, so
// that many clients don't come back all at once.
func (c *Client) backoff(tried int) time.Duration {
	longest := c.timeouts.Backoff << (tried - 1)
	return rand.N(longest) + 1
}

// retryAfter reads the Retry-After header: seconds or an HTTP date. It is 0 when
// there is none or it makes no sense.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil {
		return max(0, time.Duration(min(seconds, 24*60*60))*time.Second)
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(0, at.Sub(now)), 24*time.Hour)
}
