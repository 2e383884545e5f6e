// Package faults is a suite that breaks the network between the program's client
// and an Unleash, and checks on the server itself that every write stays safe and
// every outcome is told as it is.
package faults

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Server is an Unleash that nobody else uses while the suite runs. The suite
// deletes its live links and makes many dead ones.
type Server struct {
	// URL is the base URL, with a path or without.
	URL string
	// AdminToken is the credential of an Admin.
	AdminToken string
}

// Target says what the suite runs against, and how long.
type Target struct {
	// Servers share the work: each does one case at a time.
	Servers []Server
	// Patience is how long the client waits for an answer: more than the server
	// needs, as some cases take a multiple of it.
	Patience time.Duration
	// Random is the number of rotations with faults at random.
	Random int
	// Races is the number of times that two clients rotate against each other.
	Races int
	// Delays scales how late lists and writes are; 1 is up to 6 s.
	Delays float64
}

// Run runs the suite and logs how many faults the client survived.
func Run(t *testing.T, target Target) {
	lines := make([]*line, len(target.Servers))
	for i, server := range target.Servers {
		lines[i] = newLine(t, server, target.Patience)
	}
	s := &suite{lines: lines}
	t.Run("each step", func(t *testing.T) { s.spread(t, s.matrix()) })
	t.Run("accounts", func(t *testing.T) { s.spread(t, s.removals()) })
	t.Run("at random", func(t *testing.T) { s.spread(t, s.random(target.Random)) })
	t.Run("in every weather", func(t *testing.T) { s.spread(t, s.weathers(target.Delays)) })
	t.Run("two clients", func(t *testing.T) { s.spread(t, s.races(target.Races)) })
	t.Logf("fault suite: %d faults survived in %d runs, and %d races: %s",
		s.faults.Load(), s.runs.Load(), target.Races, &s.outcomes)
	t.Logf("caches, late lists, late and doubled writes, frozen connections, wrong clocks: "+
		"%d answers looked at: %d second live links, %d untrue",
		s.looks.Load(), s.second.Load(), s.untrue.Load())
}

// suite is shared by the cases.
type suite struct {
	lines    []*line
	faults   atomic.Int64
	runs     atomic.Int64
	outcomes tally

	looks, second, untrue atomic.Int64 // in every weather
}

// testCase is one run on a line that no other case uses meanwhile.
type testCase struct {
	name string
	run  func(*testing.T, *line)
}

// spread runs the cases as subtests, one at a time on each line.
func (s *suite) spread(t *testing.T, cases []testCase) {
	queue := make(chan testCase)
	var workers sync.WaitGroup
	for _, l := range s.lines {
		workers.Go(func() {
			for c := range queue {
				t.Run(c.name, func(t *testing.T) { c.run(t, l) })
			}
		})
	}
	for _, c := range cases {
		queue <- c
	}
	close(queue)
	workers.Wait()
}

// tally counts what the races ended in.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func (c *tally) add(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts == nil {
		c.counts = map[string]int{}
	}
	c.counts[what]++
}

// String is like "map[done:2 yielded:1]", sorted.
func (c *tally) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fmt.Sprint(c.counts)
}
