package weather

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Weather is one way in which what stands between a client and a server that is well lets both down. Its zero value is none.
type Weather struct {
	Name string
	// Cached is how the path of reads ends that a cache answers, from the first write on, with what was true before; for
	// one list it means all.
	Cached string
	// Late is how far lists are behind.
	Late time.Duration
	// Hold is how late a write arrives, whose answer is lost.
	Hold time.Duration
	// Twice sends each write two times.
	Twice bool
	// Dies is when the connections die that there are.
	Dies Death
	// HTTP2 makes them speak it in place of HTTP/1.1.
	HTTP2 bool
	// Clock is how far the client's clock is ahead of the server's.
	Clock time.Duration
}

// Death is when connections die: they stay open and carry nothing.
type Death int

const (
	// Never is for connections that work.
	Never Death = iota
	// BeforeAll is before an operation's first request.
	BeforeAll
	// BeforeTheAnswer is when its first write has reached the server.
	BeforeTheAnswer
)

// The ends of the paths that caches keep.
const (
	listed    = "/tokens"
	validated = "/validate"
)

// isList reports whether a path is that of all links or of all accounts.
func isList(path string) bool {
	return strings.HasSuffix(path, listed) || strings.HasSuffix(path, "/user-admin")
}

// keeps reports whether a cache answers for the path.
func (w Weather) keeps(path string) bool {
	if w.Cached == listed {
		return isList(path)
	}
	return w.Cached != "" && strings.HasSuffix(path, w.Cached)
}

const day = 24 * time.Hour

// All is every weather. The scale is that of delays, which are up to 6 s.
func All(scale float64) []Weather {
	scaled := func(d time.Duration) time.Duration { return time.Duration(float64(d) * scale) }
	all := []Weather{{Name: "cached verdict", Cached: validated}, {Name: "cached list", Cached: listed}, {Name: "doubled write", Twice: true}}
	for _, late := range []time.Duration{400 * time.Millisecond, 1200 * time.Millisecond, 3 * time.Second} {
		all = append(all, Weather{Name: fmt.Sprint("list late by ", late), Late: scaled(late)})
	}
	for _, hold := range []time.Duration{3 * time.Second, 6 * time.Second} {
		all = append(all, Weather{Name: fmt.Sprint("write late by ", hold), Hold: scaled(hold)})
	}
	for name, http2 := range map[string]bool{"HTTP/1.1": false, "HTTP/2": true} {
		all = append(all,
			Weather{Name: name + " frozen before", Dies: BeforeAll, HTTP2: http2},
			Weather{Name: name + " frozen with the answer", Dies: BeforeTheAnswer, HTTP2: http2})
	}
	for _, clock := range []time.Duration{-30 * day, -2 * day, -3 * time.Hour, time.Hour, 2 * day, 30 * day} {
		all = append(all, Weather{Name: fmt.Sprint("clock ", clock), Clock: clock})
	}
	return all
}

// Now is the client's clock.
func (w Weather) Now() time.Time { return time.Now().Add(w.Clock) }

// Over serves HTTPS by the handler over a line whose connections die as the weather has it; those BeforeAll die when
// the test freezes them.
func (w Weather) Over(handler http.Handler) *Server {
	var server *Server
	server = Serve(w.HTTP2, http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && w.Dies == BeforeTheAnswer && server.dead.CompareAndSwap(false, true) {
			handler.ServeHTTP(to, r)
			server.Freeze(false)
			return
		}
		handler.ServeHTTP(to, r)
	}))
	return server
}
