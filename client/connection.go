package client

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
)

// connection is how the server is reached, where that is out of the ordinary.
type connection struct {
	tls  TLS
	dial dialer
	// certificateWanted reports whether the server asked for a client certificate; nil where nobody knows.
	certificateWanted func() bool
}

// dialer opens a connection to an address.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// TLS is how the server proves who it is, and how we do. Its zero value is the usual.
type TLS struct {
	// CAs are trusted in place of the system's; nil leaves those.
	CAs *x509.CertPool
	// Certificate is shown to a server that demands one (mutual TLS); nil is none.
	Certificate *tls.Certificate
	// ServerName is the name that the server's certificate must be for, in place of
	// the address's host: for tunnels.
	ServerName string
}

// WithTLS replaces what is trusted and shown in TLS connections.
func WithTLS(t TLS) Option { return func(c *Client) { c.connection.tls = t } }

// WithUnixSocket connects to the socket at the path, whatever the host of the address, and through no proxy.
func WithUnixSocket(path string) Option {
	return func(c *Client) {
		if path == "" {
			return
		}
		c.connection.dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{Timeout: c.timeouts.Dial}).DialContext(ctx, "unix", path)
		}
	}
}

// WithDial opens connections by dial, through no proxy: for tests that let a network fail.
func WithDial(dial func(ctx context.Context, network, address string) (net.Conn, error)) Option {
	return func(c *Client) { c.connection.dial = dial }
}

// connect makes the way to the server, and has the values of a gateway's headers redacted like the token.
func (c *Client) connect() {
	if own, g := c.credential, c.gateway; g != nil {
		c.credential = func() []string { return append(slices.Clip(own()), g.forms()...) }
	}
	c.limits.hidden = c.credential
	if c.transport != nil {
		return
	}
	secure := baseTLS()
	secure.RootCAs, secure.ServerName = c.connection.tls.CAs, c.connection.tls.ServerName
	wanted := new(atomic.Bool)
	c.connection.certificateWanted = wanted.Load
	shown := cmp.Or(c.connection.tls.Certificate, new(tls.Certificate))
	secure.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		wanted.Store(true)
		return shown, nil
	}
	if dial := c.connection.dial; dial != nil {
		c.transport = newNetwork(func() *http.Transport {
			t := newTransport(c.timeouts, secure)
			t.DialContext = dial
			return t
		})
		return
	}
	on := proxiesOfEnvironment()
	c.transport = newNetwork(func() *http.Transport {
		t := newTransport(c.timeouts, secure)
		t.Proxy = on.proxy
		return t
	}).withProxies(on)
}
