package demo

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Transport leads requests for [Origin] to the server, through connections in
// memory between a real HTTP client and a real HTTP server, so that keep-alive,
// timeouts and cancellation work as over a network. No port is opened, and no
// other host can be reached.
func (s *Server) Transport() http.RoundTripper {
	s.startOnce.Do(func() { go func() { _ = s.http.Serve(s.listener) }() })
	// No TLS is needed where nothing leaves the process.
	return &http.Transport{DialContext: s.listener.dial, DialTLSContext: s.listener.dial}
}

// Close ends the server behind Transport and every connection to it.
func (s *Server) Close() {
	_ = s.listener.Close()
	_ = s.http.Close()
}

func (s *Server) newHTTPServer() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       15 * time.Second,
		// A line on stderr would land in the middle of the program's screen.
		ErrorLog: log.New(io.Discard, "", 0),
	}
}

// pipeListener is a net.Listener whose connections are made by its own dial.
type pipeListener struct {
	conns     chan net.Conn
	closed    chan struct{}
	closeOnce sync.Once
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (l *pipeListener) dial(ctx context.Context, _, address string) (net.Conn, error) {
	if address != l.Addr().String() {
		return nil, fmt.Errorf("demo: dial %s: only %s can be reached", address, Origin)
	}
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept implements net.Listener.
func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (l *pipeListener) Close() error {
	l.closeOnce.Do(func() { close(l.closed) })
	return nil
}

// Addr implements net.Listener.
func (l *pipeListener) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

// Network implements net.Addr.
func (pipeAddr) Network() string { return "pipe" }

// String implements net.Addr.
func (pipeAddr) String() string { return strings.TrimPrefix(Origin, "https://") + ":443" }
