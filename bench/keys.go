package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"unleash-invite/demo"
)

// kind sorts keys by what matters for measuring.
type kind int

const (
	opens  kind = iota // another screen
	moves              // within a screen
	writes             // in a field
	leaves             // Esc: the program has to wait whether more of a sequence follows
)

// press is a key and what it does.
type press struct {
	key   string // as the terminal sends it
	kind  kind
	shows string // what is on the screen then, where it was not there before
}

const (
	esc, enter, tab, backTab = "\x1b", "\r", "\t", "\x1b[Z"
	up, down, right          = "\x1b[A", "\x1b[B", "\x1b[C"
)

// tour visits the screens of an instance with a live link and changes nothing.
func tour(now time.Time) []press {
	presses := []press{
		{"?", opens, "The link"},
		{esc, leaves, ""},
		{"l", opens, "All links"},
		{down, moves, ""},
		{down, moves, ""},
		{up, moves, ""},
		{esc, leaves, ""},
		{"j", opens, "Joined   7 accounts"},
		{esc, leaves, ""},
		{"r", opens, "Rotate the"},
		{esc, leaves, ""},
		{"e", opens, "Change when"},
		{right, moves, ""},
		{right, moves, ""},
		{right, moves, ""},
		{tab, moves, ""},
	}
	return append(append(presses, typed(now.AddDate(0, 0, 10).Format("2006-01-02 15:04"))...), press{esc, leaves, ""})
}

// naming writes a link's name where there is no link yet, and leaves the form.
func naming() []press {
	presses := []press{{"n", opens, "New invite link"}, {backTab, moves, ""}}
	return append(append(presses, typed(" for the team in Oslo")...), press{esc, leaves, ""})
}

func typed(text string) []press {
	var presses []press
	for _, r := range text {
		presses = append(presses, press{string(r), writes, ""})
	}
	return presses
}

// painted collects the results of presses of a kind.
type painted struct {
	took, cpu []time.Duration
	sizes     []int // in bytes
}

// keys measures from a key to its change on the screen, and the bytes of that.
func (b *bench) keys(context.Context) error {
	used, err := b.visit(b.server, "● Active", b.tours, tour(time.Now()))
	if err != nil {
		return err
	}
	empty := serve(demo.New(demo.Options{}))
	defer empty.close()
	named, err := b.visit(empty, "○ None", b.tours, naming())
	if err != nil {
		return err
	}
	b.limit("bytes per key in a field, a name", float64(median(named[writes].sizes)), 20, "%.0f")
	b.limit("bytes per key in a field, a date with its preview", float64(median(used[writes].sizes)), 20, "%.0f")
	b.note("bytes per change of screen", fmt.Sprintf("%d, at most %d", median(used[opens].sizes), percentile(used[opens].sizes, 100)))
	var took []time.Duration
	for _, k := range []kind{opens, moves, writes} {
		took = append(append(took, used[k].took...), named[k].took...)
	}
	b.note("key → its change on the screen", latency(took))
	b.note("Esc → the screen before it", latency(append(used[leaves].took, named[leaves].took...)))
	return nil
}

func latency(took []time.Duration) string {
	p99 := float64(percentile(took, 99).Microseconds()) / 1000
	return fmt.Sprintf("%s, 99 of 100 in %.1f ms (%d keys)", milliseconds(took), p99, len(took))
}

// visit starts the program and, once a text is on the screen, presses the keys, over and over.
func (b *bench) visit(on target, ready string, rounds int, presses []press) (map[kind]*painted, error) {
	s, err := begin(false, on.env(b.folder), b.ours)
	if err != nil {
		return nil, err
	}
	defer s.end()
	if _, err := s.shown(ready); err != nil {
		return nil, err
	}
	s.settle()
	found := map[kind]*painted{}
	for range rounds {
		if err := s.pressAll(presses, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (s *session) pressAll(presses []press, found map[kind]*painted) error {
	for _, p := range presses {
		cpu := cpuTime(s.command.Process.Pid)
		took, size, err := s.press(p)
		if err != nil {
			return err
		}
		cpu = cpuTime(s.command.Process.Pid) - cpu
		of := found[p.kind]
		if of == nil {
			of = &painted{}
			found[p.kind] = of
		}
		of.took, of.cpu, of.sizes = append(of.took, took), append(of.cpu, cpu), append(of.sizes, size)
	}
	return nil
}

// press presses a key and returns how long its change took to be painted, and how
// many bytes the change is made of. A key that does not is an error.
func (s *session) press(p press) (time.Duration, int, error) {
	// Not in step with the program's frames.
	time.Sleep(rand.N(20 * time.Millisecond))
	s.settle()
	before, size := s.screen.painted(), s.size()
	began := time.Now()
	if _, err := s.tty.WriteString(p.key); err != nil {
		return 0, 0, fmt.Errorf("%q can't be typed: %w", p.key, err)
	}
	for deadline := began.Add(patience); time.Now().Before(deadline) && !s.over(); {
		if !s.step() {
			s.rest(deadline)
			continue
		}
		if s.screen.painted() != before && s.screen.has(p.shows) {
			took := s.screen.at.Sub(began)
			s.settle()
			return took, s.size() - size, nil
		}
	}
	return 0, 0, fmt.Errorf("%q does not change the screen as it should:\n%s", p.key, s.screen)
}

// settle feeds the screen until the program writes no more.
func (s *session) settle() {
	for s.step() {
		if len(s.unseen()) == 0 {
			time.Sleep(stillness)
		}
	}
}
