package client

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// line forwards connections to a server until it is frozen: then those that there
// are stay open and carry nothing, as after a change of the network.
type line struct {
	net.Listener
	to string

	mu     sync.Mutex
	frozen chan struct{} // closed for the connections that there are
	down   bool          // for new ones, too
	opened int
}

func newLine(t *testing.T, to string) *line {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln := &line{Listener: l, to: to, frozen: make(chan struct{})}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go ln.carry(conn)
		}
	}()
	return ln
}

func (l *line) carry(near net.Conn) {
	defer near.Close()
	l.mu.Lock()
	l.opened++
	frozen, down := l.frozen, l.down
	l.mu.Unlock()
	if down {
		frozen = make(chan struct{})
		close(frozen)
	}
	far, err := net.Dial("tcp", l.to)
	if err != nil {
		return
	}
	defer far.Close()
	pass := func(to io.Writer, from io.Reader) {
		buffer := make([]byte, 32<<10)
		for {
			n, err := from.Read(buffer)
			if err != nil {
				return
			}
			select {
			case <-frozen:
				continue // swallowed
			default:
			}
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
	}
	go pass(far, near)
	pass(near, far)
}

// freeze kills the connections that there are; down kills those to come as well.
func (l *line) freeze(down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.frozen)
	l.frozen, l.down = make(chan struct{}), down
}

func (l *line) restore() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = false
}

func (l *line) connections() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.opened
}

// scaledTimes are time-outs shorter than the real ones, in about their proportions.
var scaledTimes = Timeouts{
	Dial: time.Second, TLS: time.Second, Connect: 1500 * time.Millisecond,
	Header: 1500 * time.Millisecond, First: 500 * time.Millisecond, Ping: time.Second,
	Attempt: 20 * time.Second, Backoff: time.Millisecond,
}

// overLine is a client of a TLS server at the other end of a line.
func overLine(t *testing.T, http2 bool, handler http.HandlerFunc, timeouts Timeouts) (*Client, *line) {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = http2
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	l := newLine(t, server.Listener.Addr().String())
	secure := baseTLS()
	secure.RootCAs = server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	n := newNetwork(func() *http.Transport { return newTransport(timeouts, secure) })
	t.Cleanup(n.CloseIdleConnections)
	return newTestClient(t, "https://"+l.Addr().String(), WithTransport(n), WithTimeouts(timeouts)), l
}

func emptyList(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"tokens":[]}`) }

// One look is enough, however many connections died, and the next one is quick again.
func TestADeadConnectionIsReplacedWithinOneLook(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, http2 := range []bool{false, true} {
		t.Run(fmt.Sprint("HTTP/2 ", http2), func(t *testing.T) {
			t.Parallel()
			var protocol sync.Map
			var together sync.WaitGroup
			c, l := overLine(t, http2, func(w http.ResponseWriter, r *http.Request) {
				protocol.Store(r.Proto, true)
				emptyList(w, r)
			}, scaledTimes)
			for range 4 { // several connections over HTTP/1.1
				together.Go(func() { _, _ = c.Tokens(t.Context()) })
			}
			together.Wait()
			for range 2 {
				l.freeze(false)
				if _, err := c.Tokens(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if _, ok := protocol.Load("HTTP/2.0"); ok != http2 {
				t.Errorf("HTTP/2 was spoken: %v", ok)
			}
		})
	}
}

// While the line is down every look fails; the first after its return works.
func TestTheFirstLookAfterAnOutageWorks(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, http2 := range []bool{false, true} {
		t.Run(fmt.Sprint("HTTP/2 ", http2), func(t *testing.T) {
			t.Parallel()
			c, l := overLine(t, http2, emptyList, scaledTimes)
			if _, err := c.Tokens(t.Context()); err != nil {
				t.Fatal(err)
			}
			l.freeze(true)
			for range 2 {
				_, err := c.Tokens(t.Context())
				if e := asError(t, err); !isTimeout(e) {
					t.Fatalf("%v", err)
				}
			}
			l.restore()
			if _, err := c.Tokens(t.Context()); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// An answer whose rest does not come is given up long before Timeouts.Attempt, and asked for again.
func TestAnAnswerThatStopsIsAskedForAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, http2 := range []bool{false, true} {
		t.Run(fmt.Sprint("HTTP/2 ", http2), func(t *testing.T) {
			t.Parallel()
			begun := make(chan struct{}, 1)
			long := scaledTimes
			long.Ping = time.Minute // else it is the ping that tells
			c, l := overLine(t, http2, func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprint(w, `{"tokens":`)
				_ = http.NewResponseController(w).Flush()
				select {
				case begun <- struct{}{}:
					<-r.Context().Done()
				default: // asked again
					fmt.Fprint(w, `[]}`)
				}
			}, long)
			ctx, cancel := context.WithTimeout(t.Context(), long.Attempt/2)
			defer cancel()
			if _, err := c.Tokens(ctx); err != nil {
				t.Error(err)
			}
			if n := l.connections(); n < 2 {
				t.Errorf("%d connections", n)
			}
		})
	}
}

// A write on a dead connection is not sent again, but the look after it is on a fresh one.
func TestAWriteOnADeadConnectionIsSentOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	writes := make(chan string, 10)
	c, l := overLine(t, true, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			writes <- r.Method
		}
		emptyList(w, r)
	}, scaledTimes)
	if _, err := c.Tokens(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.freeze(false)
	err := c.Delete(t.Context(), "a")
	if e := asError(t, err); e.Kind != KindNoResponse {
		t.Errorf("kind %d, %v", e.Kind, err)
	}
	if _, err := c.Tokens(t.Context()); err != nil || len(writes) != 0 {
		t.Errorf("%v, %d writes", err, len(writes))
	}
}

func TestSessionsAreResumedOnAFreshConnection(t *testing.T) {
	var mu sync.Mutex
	var resumed []bool
	c, l := overLine(t, true, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		resumed = append(resumed, r.TLS.DidResume)
		mu.Unlock()
		emptyList(w, r)
	}, scaledTimes)
	for range 2 {
		if _, err := c.Tokens(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.freeze(false)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(resumed) != 2 || resumed[0] || !resumed[1] {
		t.Errorf("resumed: %v", resumed)
	}
}
