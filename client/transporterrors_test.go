package client

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// listen starts a server by hand: it gets each connection together with the
// request that was read from it, and closes the connection afterwards.
func listen(t *testing.T, serve func(net.Conn, *http.Request)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				in := bufio.NewReader(conn)
				for {
					r, err := http.ReadRequest(in)
					if err != nil {
						return
					}
					_, _ = io.Copy(io.Discard, r.Body)
					serve(conn, r)
					if _, err := conn.Write(nil); err != nil {
						return
					}
				}
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

func reset(conn net.Conn) {
	_ = conn.(*net.TCPConn).SetLinger(0)
	_ = conn.Close()
}

func TestNoAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	dialFails := func(err error) Option {
		return WithTransport(&http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: err}
		}})
	}
	tests := map[string]struct {
		base     string
		opts     []Option
		kind     Kind
		sentence string
	}{
		"connection refused": {"http://" + closed.Addr().String(), nil, KindUnreachable, "connection refused"},
		"reset": {listen(t, func(conn net.Conn, _ *http.Request) { reset(conn) }), nil,
			KindNoResponse, "broke before the answer arrived"},
		"closed": {listen(t, func(conn net.Conn, _ *http.Request) { _ = conn.Close() }), nil,
			KindNoResponse, "broke before the answer arrived"},
		"no HTTP": {listen(t, func(conn net.Conn, _ *http.Request) { fmt.Fprint(conn, "SSH-2.0-\x1b[31m"+testToken+"\r\n\r\n") }), nil,
			KindNoResponse, "answered with something that is not HTTP"},
		"endless header": {listen(t, func(conn net.Conn, _ *http.Request) {
			fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 300<<10)+"\r\nContent-Length: 13\r\n\r\n"+`{"tokens":[]}`)
		}), nil, KindNoResponse, "broke before the answer arrived"},
		"no header in time": {listen(t, func(net.Conn, *http.Request) { <-hang }),
			[]Option{WithTimeouts(Timeouts{Header: 20 * time.Millisecond})}, KindNoResponse, "did not answer in time"},
		"no body in time": {listen(t, func(conn net.Conn, _ *http.Request) {
			fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
			<-hang
		}), []Option{WithTimeouts(Timeouts{Attempt: 20 * time.Millisecond})}, KindNoResponse, "did not answer in time"},
		"body broken off": {listen(t, func(conn net.Conn, _ *http.Request) {
			fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n"+`{"tokens":[]`)
			reset(conn)
		}), nil, KindBadResponse, "cut off"},
		"body shorter than said": {listen(t, func(conn net.Conn, _ *http.Request) {
			fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n"+`{"tokens":[]`)
			_ = conn.Close()
		}), nil, KindBadResponse, "cut off"},
		"damaged gzip": {listen(t, func(conn net.Conn, _ *http.Request) {
			fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\nno gzip here")
		}), nil, KindBadResponse, "cut off or damaged"},
		"no such host": {"https://flags.acme.invalid", []Option{dialFails(&net.DNSError{Err: "no such host", Name: "flags.acme.invalid", IsNotFound: true})},
			KindUnreachable, "there is no host called flags.acme.invalid"},
		"name server down": {"https://flags.acme.invalid", []Option{dialFails(&net.DNSError{Err: "server misbehaving", Name: "flags.acme.invalid", IsTemporary: true})},
			KindUnreachable, "could not be looked up: server misbehaving"},
		"dial timeout": {"https://flags.acme.invalid", []Option{dialFails(context.DeadlineExceeded)},
			KindUnreachable, "did not answer in time"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newTestClient(t, test.base, test.opts...)
			_, err := c.Tokens(context.Background())
			e := asError(t, err)
			if e.Kind != test.kind || !strings.Contains(e.Error(), test.sentence) || e.Hint() == "" {
				t.Errorf("kind %d, %q, hint %q, want %d, %q", e.Kind, e.Error(), e.Hint(), test.kind, test.sentence)
			}
			if e.unsent != (test.kind == KindUnreachable) {
				t.Errorf("unsent %v", e.unsent)
			}
		})
	}
}

func TestProxyErrors(t *testing.T) {
	tests := map[string]struct {
		transport *http.Transport
		sentence  string
	}{
		"down": {&http.Transport{Proxy: func(*http.Request) (*url.URL, error) {
			return &url.URL{Scheme: "http", Host: "127.0.0.1:1"}, nil
		}}, "the proxy on the way to flags.acme.invalid can't be reached"},
		"malformed": {&http.Transport{Proxy: func(*http.Request) (*url.URL, error) {
			return nil, errors.New(`invalid proxy address "http://ann:hunter2@["`)
		}}, "is malformed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newTestClient(t, "https://flags.acme.invalid", WithTransport(test.transport))
			_, err := c.Tokens(context.Background())
			e := asError(t, err)
			if !strings.Contains(e.Error(), test.sentence) || strings.Contains(fmt.Sprint(e, e.Unwrap()), "hunter2") {
				t.Errorf("%v (%v), want %q", e, e.Unwrap(), test.sentence)
			}
		})
	}
}

func TestDistrust(t *testing.T) {
	var tried atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"tokens":[]}`)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			tried.Add(1)
		}
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	old := httptest.NewUnstartedServer(http.NotFoundHandler())
	old.Config.ErrorLog = log.New(io.Discard, "", 0)
	old.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	old.StartTLS()
	t.Cleanup(old.Close)
	known := x509.NewCertPool()
	known.AddCert(server.Certificate())
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
	}
	at := func(year int) func() time.Time {
		return func() time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }
	}
	tests := map[string]struct {
		base      string
		transport http.RoundTripper
		sentence  string
	}{
		"unknown authority": {server.URL, newTransport(quick, baseTLS()), "signed by an authority that this computer doesn't know (certificates are always verified)"},
		"other host":        {"https://flags.acme.invalid", &http.Transport{DialContext: dial, TLSClientConfig: &tls.Config{RootCAs: known}}, "is for another host name"},
		"expired":           {server.URL, &http.Transport{TLSClientConfig: &tls.Config{RootCAs: known, Time: at(2200)}}, "the certificate of " + server.Listener.Addr().String()},
		"no TLS":            {"https://" + plain.Listener.Addr().String(), newTransport(quick, baseTLS()), "speaks HTTP, not HTTPS"},
		"too old":           {old.URL, newTransport(quick, baseTLS()), "refused the TLS connection: tls: protocol version not supported"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tried.Store(0)
			c := newTestClient(t, test.base, WithTransport(test.transport))
			_, err := c.Tokens(context.Background())
			e := asError(t, err)
			if e.Kind != KindUnreachable || !strings.Contains(e.Error(), test.sentence) || e.Hint() == "" {
				t.Errorf("kind %d, %q, hint %q, want %q", e.Kind, e.Error(), e.Hint(), test.sentence)
			}
			if tried.Load() > 1 {
				t.Errorf("tried %d times", tried.Load())
			}
		})
	}
	good := newTestClient(t, server.URL, WithTransport(&http.Transport{TLSClientConfig: &tls.Config{RootCAs: known}}))
	if _, err := good.Tokens(context.Background()); err != nil {
		t.Errorf("with the authority known: %v", err)
	}
}

func TestValidity(t *testing.T) {
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	cert := &x509.Certificate{NotBefore: day, NotAfter: day.AddDate(1, 0, 0)}
	if got := validity(cert, day.AddDate(2, 0, 0)); got != "expired on 2027-11-23" {
		t.Error(got)
	}
	if got := validity(cert, day.AddDate(-1, 0, 0)); got != "is not valid before 2026-11-23 00:00:00 UTC" {
		t.Error(got)
	}
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	c := newTestClient(t, listen(t, func(net.Conn, *http.Request) { cancel(); time.Sleep(50 * time.Millisecond) }))
	_, err := c.Tokens(ctx)
	e := asError(t, err)
	if e.Kind != KindCanceled || !errors.Is(err, context.Canceled) || e.unsent {
		t.Errorf("kind %d, %v, unsent %v", e.Kind, err, e.unsent)
	}
	_, err = c.Tokens(ctx)
	if e := asError(t, err); e.Kind != KindCanceled {
		t.Errorf("cancelled before: kind %d, %v", e.Kind, err)
	}
}

func TestDeadlineOfTheCaller(t *testing.T) {
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	c := newTestClient(t, listen(t, func(net.Conn, *http.Request) { <-hang }))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	_, err := c.Tokens(ctx)
	if e := asError(t, err); e.Kind != KindNoResponse || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("kind %d, %v", e.Kind, err)
	}
}
