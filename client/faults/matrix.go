package faults

import (
	"fmt"
	"testing"
	"time"

	"unleash-invite/model"
)

// matrix is every fault at every step of every operation: once, and from that
// request on.
func (s *suite) matrix() []testCase {
	var cases []testCase
	for _, op := range append([]operation{rotation()}, singleWrites()...) {
		for _, step := range op.steps {
			for _, f := range allFaults() {
				for name, onward := range map[string]bool{"once": false, "from there on": true} {
					cases = append(cases, testCase{
						name: fmt.Sprintf("%s: %s: %s: %s", op.name, step.name, f.name, name),
						run:  func(t *testing.T, l *line) { s.one(t, l, op, func() *plan { return at(step, f, onward) }) },
					})
				}
			}
		}
	}
	return cases
}

// one runs an operation once and checks what became of it. Where a slow server kept it from its fault it tries again.
func (s *suite) one(t *testing.T, l *line, op operation, planned func() *plan) {
	for range 5 {
		if p := planned(); s.suffered(t, l, op, p) {
			return
		}
	}
	t.Error("the fault did not come about")
}

// suffered reports whether a run came to its fault.
func (s *suite) suffered(t *testing.T, l *line, op operation, p *plan) bool {
	t.Helper()
	before := l.arrange(t, 1)
	old := before.Live(time.Now())[0]
	if !op.live {
		l.must(t, l.direct.Delete(t.Context(), old.Secret))
		before = l.truth(t)
		old = find(before, old)
	}
	got := op.do(t.Context(), l.client(t, p), old)
	e := s.end(t, l, p, before, got)
	if op.done == nil {
		e.rotation([]model.Token{old})
	} else {
		e.single(op.done(before, e.after, old))
	}
	hits, _ := p.count()
	return hits > 0
}

// random is rotations of no, one or two links, with faults at random.
func (s *suite) random(n int) []testCase {
	cases := make([]testCase, n)
	for i := range cases {
		cases[i] = testCase{fmt.Sprint(i), func(t *testing.T, l *line) {
			live := 1
			if i%8 < 2 {
				live = 2 * (i % 8)
			}
			before := l.arrange(t, live)
			old := before.Live(time.Now())
			p := atRandom(uint64(i)) //nolint:gosec // i is no negative number
			got := rotate(t.Context(), l.client(t, p), old...)
			s.end(t, l, p, before, got).rotation(old)
		}}
	}
	return cases
}
