// Package weather holds what may stand between a client and an Unleash that is well, for tests.
package weather

import (
	"context"
	"io"
	"net"
	"sync"
)

// Line is a network in memory: a net.Listener whose connections are made by its own Dial, so that tests may run in a
// bubble of synctest. Its connections can be frozen: then those that there are stay open and carry nothing, as after a
// change of the network.
type Line struct {
	conns     chan net.Conn
	closed    chan struct{}
	closeOnce sync.Once

	mu     sync.Mutex
	frozen chan struct{} // closed once the connections that there are carry nothing
	down   bool          // new ones carry nothing, either
	opened int
	ends   []net.Conn
}

// NewLine makes a line that carries everything.
func NewLine() *Line {
	return &Line{conns: make(chan net.Conn), closed: make(chan struct{}), frozen: make(chan struct{})}
}

// Dial opens a connection, whatever the address.
func (l *Line) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, near := net.Pipe()
	far, server := net.Pipe()
	select {
	case l.conns <- server:
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.opened++
	l.ends = append(l.ends, near, far)
	frozen := l.frozen
	if l.down {
		frozen = make(chan struct{})
		close(frozen)
	}
	go pass(far, near, frozen)
	go pass(near, far, frozen)
	return client, nil
}

// pass carries what comes in until the line is frozen; then it swallows it.
func pass(to, from net.Conn, frozen <-chan struct{}) {
	defer func() {
		select {
		case <-frozen: // the other end does not hear of it
		default:
			_ = to.Close()
		}
	}()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		select {
		case <-frozen:
			if err == nil {
				continue
			}
			return
		default:
		}
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				_, _ = io.Copy(io.Discard, from) // the writer never waits for a reader that is gone
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// Freeze kills the connections that there are, and with down those to come as well.
func (l *Line) Freeze(down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.frozen)
	l.frozen, l.down = make(chan struct{}), down
}

// Restore lets new connections work again. Those that are frozen stay so.
func (l *Line) Restore() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = false
}

// Opened is how many connections were opened so far.
func (l *Line) Opened() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.opened
}

// Accept implements net.Listener.
func (l *Line) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener, and closes every connection.
func (l *Line) Close() error {
	l.closeOnce.Do(func() { close(l.closed) })
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, end := range l.ends {
		_ = end.Close()
	}
	return nil
}

// Addr implements net.Listener.
func (*Line) Addr() net.Addr { return address{} }

// address is one that the certificate of an httptest.Server is for.
type address struct{}

// Network implements net.Addr.
func (address) Network() string { return "memory" }

// String implements net.Addr.
func (address) String() string { return "example.com:443" }
