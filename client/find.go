package client

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"unleash-invite/model"
)

// probeTime bounds a question of Find to one address.
const probeTime = 10 * time.Second

// Find looks for Unleash at an address as people give it: without its scheme or
// its base path, with a page of the Admin UI or an invite link behind it. It
// returns the base address that answers. No credential is sent. GET /health.
func Find(ctx context.Context, address string, opts ...Option) (model.Found, error) {
	typed, err := parseTypedAddress(address)
	if err != nil {
		return model.Found{}, err
	}
	nobody := credential(func() []string { return []string{""} })
	c := assemble(typed.url, nobody, append([]Option{WithTimeouts(Timeouts{Attempt: probeTime})}, opts...))
	if own, ok := c.transport.(*network); ok {
		defer own.CloseIdleConnections()
	}
	var most *Error // the one that tells most
	secure := false // something speaks HTTPS there: then it is not asked without
	for _, origin := range typed.origins() {
		if plain := strings.HasPrefix(origin, "http:"); plain && secure && !isPrivateHost(typed.url.Hostname()) {
			continue
		}
		base, e := c.search(ctx, origin, typed.paths())
		if e == nil {
			return typed.found(base), nil
		}
		if most == nil || e.telling() > most.telling() {
			most = e
		}
		if _, unknown := errors.AsType[*net.DNSError](e.cause); unknown || e.Kind == KindCanceled {
			return model.Found{}, e
		}
		secure = secure || strings.HasPrefix(origin, "https:") && e.telling() != unreached
	}
	if most.telling() == answered {
		most = most.noUnleash(typed.url)
	}
	return model.Found{}, most
}

// noUnleash is the error of an address where something else answers.
func (e *Error) noUnleash(at *url.URL) *Error {
	outer := e.about("no Unleash answers at " + clean(at.Host+at.EscapedPath(), wordsLimit))
	outer.hint = "Give the address at which its Admin UI opens in a browser"
	if e.stranger {
		outer.hint += ", or ask who runs it to let you through; a profile may have headers for that"
	}
	return outer
}

// search asks one origin, path after path.
func (c *Client) search(ctx context.Context, origin string, paths []string) (string, *Error) {
	var first *Error
	for _, path := range paths {
		base, e := c.healthy(ctx, origin+path)
		if e == nil || e.telling() == unreached || e.Kind == KindCanceled {
			return base, e // no path of it will do better
		}
		if first == nil || e.telling() > first.telling() {
			first = e
		}
	}
	return "", first
}

// redirects is the most redirects that are followed, within one host.
const redirects = 3

// healthy asks whether Unleash is at a base address, and returns the one to which
// the host redirects, as from http to https.
func (c *Client) healthy(ctx context.Context, base string) (string, *Error) {
	const health = "/health"
	for followed := 0; ; followed++ {
		at, err := url.Parse(base)
		if err != nil {
			return "", &Error{Kind: KindUnreachable, sentence: "the address can't be used", cause: err}
		}
		e := c.at(at).admitted(ctx, request{method: http.MethodGet, path: health, anonymous: true, read: c.readHealth})
		if e == nil {
			return base, nil
		}
		if e.target == nil {
			return "", e
		}
		next, whole := strings.CutSuffix(e.target.String(), health)
		if e.target.Hostname() != at.Hostname() {
			if whole {
				e.hint = "If that is the right server, give its address"
			}
			return "", e
		}
		if !whole || followed == redirects {
			return "", e
		}
		base = next
	}
}

func (c *Client) readHealth(content io.Reader) error {
	var w wireHealth
	err := decodeOne(content, c.limits, &w)
	if err == nil && w.Health == "" {
		err = errShape
	}
	return err
}

// at is the client of another base address, over the same connections.
func (c *Client) at(base *url.URL) *Client {
	return &Client{
		base: base, home: c.home, gateway: c.gateway, credential: c.credential, userAgent: c.userAgent, timeouts: c.timeouts,
		limits: c.limits, transport: c.transport, connection: c.connection, now: c.now, debug: c.debug,
	}
}

// How much an error tells about what is at an address.
const (
	unreached = iota // nothing answered
	answered         // something that is not Unleash
	blocked          // what stands before Unleash: a certificate, a gateway, a sign-in
)

func (e *Error) telling() int {
	switch {
	case e.Status >= 500, e.target != nil, e.distrusted:
		return blocked
	case e.Status != 0:
		return answered
	default:
		return unreached
	}
}
