package client

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"sync"
	"time"
)

// network is the way to the server. After an answer that did not come its connections
// are given up, as they may be dead: the next request goes out on a fresh one.
type network struct {
	fresh   func() *http.Transport
	proxies *proxies // nil without

	mu      sync.Mutex
	current *http.Transport
}

func newNetwork(fresh func() *http.Transport) *network {
	return &network{fresh: fresh, current: fresh()}
}

// RoundTrip sends a request over the connections that are in use now.
func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	used := n.current
	n.mu.Unlock()
	resp, err := used.RoundTrip(r)
	if err != nil && !errors.Is(context.Cause(r.Context()), context.Canceled) {
		n.giveUp(used)
	}
	return resp, err
}

// giveUp replaces the transport, unless another request has done so. Closing idle
// connections would not do: one that other requests still wait on is not idle.
func (n *network) giveUp(used *http.Transport) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.current == used {
		n.current = n.fresh()
	}
	used.CloseIdleConnections()
}

// drop gives up the transport in use.
func (n *network) drop() {
	n.mu.Lock()
	used := n.current
	n.mu.Unlock()
	n.giveUp(used)
}

// CloseIdleConnections closes the connections that are not in use.
func (n *network) CloseIdleConnections() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.current.CloseIdleConnections()
}

func newTransport(t Timeouts, secure *tls.Config) *http.Transport {
	return &http.Transport{
		OnProxyConnectResponse: connected,
		DialContext:            (&net.Dialer{Timeout: t.Dial}).DialContext,
		TLSClientConfig:        secure.Clone(), // net/http writes to it
		TLSHandshakeTimeout:    t.TLS,
		MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConnsPerHost:    validators,
		IdleConnTimeout:        90 * time.Second,
		ForceAttemptHTTP2:      true, // a TLSClientConfig would turn it off
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: t.Ping, PingTimeout: t.Ping},
	}
}

// baseTLS resumes sessions, also on a fresh transport.
func baseTLS() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(0)}
}

// errSilent ends an attempt on which nothing came in for too long.
var errSilent error = silence{}

type silence struct{}

func (silence) Error() string { return os.ErrDeadlineExceeded.Error() }

// Timeout makes it a time-out.
func (silence) Timeout() bool { return true }

// patience ends an attempt when no connection, no header or no more of the body comes in for too long.
type patience struct {
	ctx   context.Context //nolint:containedctx // the timer ends it
	timer *time.Timer

	mu    sync.Mutex    // guards what follows
	left  time.Duration // for the header, and for each part of the body
	since time.Time     // the connection was had; the beginning where that is not told
	took  time.Duration // from then to the header
}

func newPatience(ctx context.Context, connect, header time.Duration) (*patience, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	p := &patience{ctx: ctx, left: header, since: time.Now(), timer: time.AfterFunc(connect, func() { cancel(errSilent) })}
	return p, func() {
		p.timer.Stop()
		cancel(nil)
	}
}

// connected begins the time for the header.
func (p *patience) connected() {
	p.mu.Lock()
	p.since = time.Now()
	p.mu.Unlock()
	p.heard()
}

// begun ends the time for the header, and gives so much to each part of the body.
func (p *patience) begun(left time.Duration) {
	p.mu.Lock()
	p.left, p.took = left, time.Since(p.since)
	p.mu.Unlock()
	p.heard()
}

// heard gives the server its whole time again.
func (p *patience) heard() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer.Reset(p.left)
}

// reason is err, or errSilent if that is its cause.
func (p *patience) reason(err error) error {
	if err != nil && errors.Is(context.Cause(p.ctx), errSilent) {
		return errSilent
	}
	return err
}

// sending watches whether a request can have left.
type sending struct {
	asked, connected bool
	mu               sync.Mutex
}

func (s *sending) trace(connected func()) *httptrace.ClientTrace {
	note := func(what *bool) {
		s.mu.Lock()
		*what = true
		s.mu.Unlock()
	}
	return &httptrace.ClientTrace{
		GetConn: func(string) { note(&s.asked) },
		GotConn: func(httptrace.GotConnInfo) {
			note(&s.connected)
			connected()
		},
	}
}

// never says for certain that the request was not sent: a connection was asked
// for and none was had. A transport that knows no traces is given no such trust.
func (s *sending) never() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked && !s.connected
}
