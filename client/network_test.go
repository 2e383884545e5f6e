package client

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"unleash-invite/client/weather"
)

// onLine runs a test on a client of a server at the other end of a line, in the time of a synctest bubble: by
// HTTP/1.1 and by HTTP/2 over TLS.
func onLine(t *testing.T, handler http.HandlerFunc, test func(t *testing.T, c *Client, l *weather.Line, http2 bool)) {
	t.Helper()
	for _, http2 := range []bool{false, true} {
		t.Run(fmt.Sprint("HTTP/2 ", http2), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := weather.Serve(http2, handler)
				c, err := New(server.URL, testToken, WithDial(server.Dial), WithTLS(TLS{CAs: server.CAs}))
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() {
					c.dropConnections()
					_ = server.Close()
				})
				test(t, c, server.Line, http2)
			})
		})
	}
}

func emptyList(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"tokens":[]}`) }

// One look is enough, however many connections died, and the next one is quick again.
func TestADeadConnectionIsReplacedWithinOneLook(t *testing.T) {
	var protocol sync.Map
	handler := func(w http.ResponseWriter, r *http.Request) {
		protocol.Store(r.Proto, true)
		emptyList(w, r)
	}
	onLine(t, handler, func(t *testing.T, c *Client, l *weather.Line, http2 bool) {
		var together sync.WaitGroup
		for range 4 { // several connections over HTTP/1.1
			together.Go(func() { _, _ = c.Tokens(t.Context()) })
		}
		together.Wait()
		for range 2 {
			l.Freeze(false)
			if _, err := c.Tokens(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if _, ok := protocol.LoadAndDelete("HTTP/2.0"); ok != http2 {
			t.Errorf("HTTP/2 was spoken: %v", ok)
		}
	})
}

// While the line is down every look fails; the first after its return works.
func TestTheFirstLookAfterAnOutageWorks(t *testing.T) {
	onLine(t, emptyList, func(t *testing.T, c *Client, l *weather.Line, _ bool) {
		if _, err := c.Tokens(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.Freeze(true)
		for range 2 {
			_, err := c.Tokens(t.Context())
			if e := asError(t, err); !isTimeout(e) {
				t.Fatalf("%v", err)
			}
		}
		l.Restore()
		if _, err := c.Tokens(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

// An answer whose rest does not come is given up as soon as one that does not begin, and asked for again, however long it
// had come in.
func TestAnAnswerThatStopsIsAskedForAgain(t *testing.T) {
	var once sync.Map // by the protocol
	handler := func(w http.ResponseWriter, r *http.Request) {
		_, again := once.LoadOrStore(r.Proto, true)
		fmt.Fprint(w, `{"tokens":`)
		for range 5 {
			_ = http.NewResponseController(w).Flush()
			if !again {
				time.Sleep(time.Second)
				fmt.Fprint(w, " ")
			}
		}
		if !again {
			<-r.Context().Done()
			return
		}
		fmt.Fprint(w, `[]}`)
	}
	onLine(t, handler, func(t *testing.T, c *Client, l *weather.Line, _ bool) {
		time.AfterFunc(5*time.Second, func() { l.Freeze(false) })
		if _, err := c.Tokens(t.Context()); err != nil {
			t.Error(err)
		}
		if n := l.Opened(); n < 2 {
			t.Errorf("%d connections", n)
		}
	})
}

// A connection of HTTP/2 that dies between two looks is given up by its pings, so that the next look waits for nothing.
func TestADeadConnectionIsNoticedByPings(t *testing.T) {
	onLine(t, emptyList, func(t *testing.T, c *Client, l *weather.Line, http2 bool) {
		if _, err := c.Tokens(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.Freeze(false)
		time.Sleep(2*c.timeouts.Ping + time.Second)
		began := time.Now()
		if _, err := c.Tokens(t.Context()); err != nil || http2 && time.Since(began) > 0 {
			t.Errorf("it took %v: %v", time.Since(began), err)
		}
	})
}

// A write on a dead connection is not sent again, but the look after it is on a fresh one.
func TestAWriteOnADeadConnectionIsSentOnce(t *testing.T) {
	writes := make(chan string, 10)
	handler := func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			writes <- r.Method
		}
		emptyList(w, r)
	}
	onLine(t, handler, func(t *testing.T, c *Client, l *weather.Line, _ bool) {
		if _, err := c.Tokens(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.Freeze(false)
		err := c.Delete(t.Context(), "a")
		if e := asError(t, err); e.Kind != KindNoResponse {
			t.Errorf("kind %d, %v", e.Kind, err)
		}
		if _, err := c.Tokens(t.Context()); err != nil || len(writes) != 0 {
			t.Errorf("%v, %d writes", err, len(writes))
		}
	})
}

func TestSessionsAreResumedOnAFreshConnection(t *testing.T) {
	var mu sync.Mutex
	var resumed []bool
	handler := func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		resumed = append(resumed, r.TLS.DidResume)
		mu.Unlock()
		emptyList(w, r)
	}
	onLine(t, handler, func(t *testing.T, c *Client, l *weather.Line, _ bool) {
		for range 2 {
			if _, err := c.Tokens(t.Context()); err != nil {
				t.Fatal(err)
			}
			l.Freeze(false)
		}
		mu.Lock()
		defer mu.Unlock()
		if len(resumed) != 2 || resumed[0] || !resumed[1] {
			t.Errorf("resumed: %v", resumed)
		}
		resumed = nil
	})
}

// net/http writes to the TLS config of a transport when it is first used, while another may be dialling with its own.
func TestEachTransportHasItsOwnTLSConfig(t *testing.T) {
	dial := func(context.Context, string, string) (net.Conn, error) { return nil, net.ErrClosed }
	for name, way := range map[string]Option{"usual": func(*Client) {}, "own dial": WithDial(dial)} {
		n, _ := newTestClient(t, "https://flags.acme.io", way).transport.(*network)
		first, second := n.fresh().TLSClientConfig, n.fresh().TLSClientConfig
		if first == second || first.ClientSessionCache != second.ClientSessionCache {
			t.Errorf("%s: two transports share it, or resume no sessions of each other", name)
		}
	}
}
