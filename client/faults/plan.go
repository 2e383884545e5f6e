package faults

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
)

// plan decides which requests of one run suffer which fault.
type plan struct {
	// choose reports whether a request suffers a fault, and which; writes is how many
	// writes were sent before it.
	choose func(r *http.Request, writes int) (fault, bool)

	mu     sync.Mutex
	writes int
	hits   int
	late   bool // a write may reach the server after the client gave it up
}

func (p *plan) next(r *http.Request) (fault, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f, faulty := p.choose(r, p.writes)
	write := r.Method != http.MethodGet
	if write {
		p.writes++
	}
	if faulty {
		p.hits++
		p.late = p.late || write && f.way == slowRequest
	}
	return f, faulty
}

// count is the number of faults so far, and whether a write is late.
func (p *plan) count() (hits int, late bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hits, p.late
}

// step is a request of an operation, by what it asks and the writes before it.
type step struct {
	name   string
	ask    ask
	writes int
}

// ask describes a request.
type ask int

const (
	list ask = iota
	verdict
	write
)

func (s step) is(r *http.Request, writes int) bool {
	asked := list
	switch {
	case r.Method != http.MethodGet:
		asked = write
	case strings.HasSuffix(r.URL.Path, "/validate"):
		asked = verdict
	}
	return asked == s.ask && writes == s.writes
}

// at plans a fault for the first request of a step, or from that one on.
func at(s step, f fault, onward bool) *plan {
	reached := false
	return &plan{choose: func(r *http.Request, writes int) (fault, bool) {
		first := !reached && s.is(r, writes)
		reached = reached || first
		return f, first || reached && onward
	}}
}

// atRandom plans a fault for one request in six.
func atRandom(seed uint64) *plan {
	chance := rand.New(rand.NewPCG(2026, seed))
	faults := allFaults()
	return &plan{choose: func(*http.Request, int) (fault, bool) {
		return faults[chance.IntN(len(faults))], chance.IntN(6) == 0
	}}
}
