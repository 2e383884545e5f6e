package client

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
)

// Headers go to a gateway in front of Unleash with every request. Their values are secrets.
type Headers struct {
	// Values holds them by their names.
	Values http.Header
	// Renew asks for them again where the gateway refuses a request; nil where there can be no others.
	Renew func(ctx context.Context) (http.Header, error)
}

// WithHeaders sends the headers with every request to the address of New or Find, and to no other. They replace none of
// the client's own.
func WithHeaders(h Headers) Option { return func(c *Client) { c.gateway = newGateway(h) } }

// gateway stands before Unleash and wants headers.
type gateway struct {
	// headers are functions, as a credential is, so that nothing prints them.
	headers func() http.Header
	forms   func() []string
	renewal *renewal
}

func newGateway(h Headers) *gateway {
	var headers atomic.Pointer[http.Header]
	var forms atomic.Pointer[[]string]
	take := func(values http.Header) {
		own, next := http.Header{}, []string{}
		for name, all := range values {
			own[http.CanonicalHeaderKey(name)] = slices.Clone(all)
			for _, v := range all {
				next = append(next, v, url.QueryEscape(v), url.PathEscape(v))
			}
		}
		if before := forms.Load(); before != nil { // they may be sent back late
			next = append(next, (*before)[:min(len(*before), mostForms)]...)
		}
		headers.Store(&own)
		forms.Store(&next)
	}
	take(h.Values)
	g := &gateway{
		headers: func() http.Header { return *headers.Load() },
		forms:   func() []string { return *forms.Load() },
		renewal: new(renewal),
	}
	g.renewal.inUse = func() string { return sum(g.headers()) }
	if h.Renew != nil {
		g.renewal.renew = func(ctx context.Context) error {
			values, err := h.Renew(ctx)
			if err == nil {
				take(values)
			}
			return err
		}
	}
	return g
}

// sum tells sets of headers apart.
func sum(h http.Header) string {
	var text strings.Builder
	_ = h.Write(&text)
	return text.String()
}

// admitted sends a request, and once more where newer headers can be had in place of those that a gateway refuses. What
// it refused has not come to Unleash.
func (c *Client) admitted(ctx context.Context, q request) *Error {
	if c.gateway == nil {
		return c.attempt(ctx, q)
	}
	r := c.gateway.renewal
	used := r.inUse()
	e := c.attempt(ctx, q)
	if !e.atTheGate(q) {
		return e
	}
	asked, err := r.ask(ctx, used)
	if r.inUse() != used {
		if e = c.attempt(ctx, q); !e.atTheGate(q) {
			return e
		}
		r.useless()
	}
	switch {
	case asked && err != nil:
		e.hint = "The profile's headers were refused, and new ones could not be fetched: " + clean(err.Error(), wordsLimit)
	case asked:
		e.hint = "The profile's headers were refused, even after they were fetched again: check them, or ask whoever runs " + c.host()
	default:
		e.hint = "The profile's headers were refused: check their values, or ask whoever runs " + c.host()
	}
	if q.verdict {
		outsiders(e)
	}
	return e.redact(c.credential)
}

// atTheGate reports whether a gateway kept a request out, which may be for its headers.
func (e *Error) atTheGate(q request) bool {
	return e != nil && e.keepsPeopleOut() && (e.Kind == KindAnswer || q.method == http.MethodGet)
}
