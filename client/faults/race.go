package faults

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/model"
)

// races is two clients that rotate the same link at the same time.
func (s *suite) races(n int) []testCase {
	cases := make([]testCase, n)
	for i := range cases {
		cases[i] = testCase{fmt.Sprint(i), s.race}
	}
	return cases
}

func (s *suite) race(t *testing.T, l *line) {
	l.arrange(t, 1)
	var both [2]struct {
		client *client.Client
		old    []model.Token
		got    result
	}
	for i := range both {
		b := &both[i]
		var err error
		b.client, err = client.New(l.server.URL, l.server.AdminToken)
		l.must(t, err)
		seen, err := b.client.Look(t.Context())
		l.must(t, err)
		b.old = seen.Live(time.Now())
	}
	var racers sync.WaitGroup
	for i := range both {
		b := &both[i]
		racers.Go(func() { b.got = rotate(t.Context(), b.client, b.old...) })
	}
	racers.Wait()
	after := l.truth(t)
	live := after.Live(time.Now())
	if len(live) != 1 {
		t.Fatalf("%d links are live: %+v; the clients said %v and %v", len(live), live, both[0].got.err, both[1].got.err)
	}
	for _, b := range both {
		k := ending{t: t, got: b.got}.kind()
		told := raceOutcome(k)
		s.outcomes.add(told)
		t.Logf("made %q, %v", b.got.made.Secret, b.got.err)
		if told == "" {
			t.Errorf("an unexpected error of kind %d: %v", k, b.got.err)
		}
		if (k == client.KindYielded || k == client.KindPrevailed) && b.got.made.Secret != live[0].Secret {
			t.Errorf("returned %q, but %q is live", b.got.made.Secret, live[0].Secret)
		}
		seen, err := b.client.Look(t.Context())
		l.must(t, err)
		if diff := difference(seen, after); diff != "" {
			t.Error("after a refresh it", diff)
		}
	}
}

// raceOutcome names what a racer may be told; "" for anything else.
func raceOutcome(k client.Kind) string {
	switch k {
	case 0:
		return "rotated"
	case client.KindChanged:
		return "stopped"
	case client.KindYielded:
		return "yielded"
	case client.KindPrevailed:
		return "prevailed"
	default:
		return ""
	}
}
