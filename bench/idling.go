package main

import (
	"context"
	"time"
)

// idling measures the program while nobody touches it: it looks at the server every
// ten seconds all the same.
func (b *bench) idling(ctx context.Context) error {
	s, err := begin(false, b.server.env(b.folder), b.ours)
	if err != nil {
		return err
	}
	defer s.end()
	if _, err := s.shown(verdictWord); err != nil {
		return err
	}
	pid := s.command.Process.Pid
	pause(ctx, time.Second) // for what else is fetched at the start
	b.limit("bytes at start, 80×24", float64(s.size()), 2100, "%.0f")
	size, cpu, woken, began := s.size(), cpuTime(pid), wakeUps(pid), time.Now()
	pause(ctx, b.idle)
	size, cpu, woken = s.size()-size, cpuTime(pid)-cpu, wakeUps(pid)-woken
	took := time.Since(began)
	b.limit("bytes per idle second", float64(size)/took.Seconds(), 3, "%.1f")
	if cpu == 0 {
		b.note("CPU while idle", unknown)
	} else {
		b.limit("wake-ups per idle second", float64(woken)/took.Seconds(), 3, "%.1f")
		b.limit("CPU over 30 idle seconds", float64(cpu.Microseconds())/1000*30/took.Seconds(), 300, "%.0f ms")
	}
	b.memory("peak memory after idling", []int{peakMemory(pid)}, true)
	return ctx.Err()
}

// pause waits, less long if there is no more use.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
