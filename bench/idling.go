package main

import (
	"context"
	"time"
)

// idleRun measures the program while nobody touches it.
type idleRun struct {
	start, size int // bytes written at the start, and since
	took, cpu   time.Duration
	woken       int64
	peak        int // of memory, in KiB
}

// idling measures the program while nobody touches it: it looks at the server every
// ten seconds anyway.
func (b *bench) idling(ctx context.Context) error {
	run, err := b.idleOn(ctx, b.server)
	if err != nil {
		return err
	}
	b.limit("bytes at start, 80×24", float64(run.start), 2100, "%.0f")
	b.limit("bytes per idle second", float64(run.size)/run.took.Seconds(), 3, "%.1f")
	b.wakeUps("wake-ups per idle second", run)
	if run.cpu == 0 {
		b.note("CPU while idle", unknown)
	} else {
		b.limit("CPU over 30 idle seconds", float64(run.cpu.Microseconds())/1000*30/run.took.Seconds(), 300, "%.0f ms")
	}
	b.memory("peak memory after idling", []int{run.peak}, plainMemory)
	return nil
}

// idlingSecurely measures what TLS adds to that.
func (b *bench) idlingSecurely(ctx context.Context) error {
	server := serveSecurely(b.unleash, true)
	defer server.Close()
	profiles, err := b.profiles(server, server.URL, 1)
	if err != nil {
		return err
	}
	run, err := b.idleOn(ctx, target{profiles: profiles})
	if err != nil {
		return err
	}
	b.wakeUps("wake-ups per idle second, over TLS", run)
	b.memory("peak memory after idling, over TLS", []int{run.peak}, secureMemory)
	return nil
}

func (b *bench) idleOn(ctx context.Context, on target) (idleRun, error) {
	s, err := begin(false, on.env(b.folder), b.ours)
	if err != nil {
		return idleRun{}, err
	}
	defer s.end()
	if _, err := s.shown(verdictWord); err != nil {
		return idleRun{}, err
	}
	pid := s.command.Process.Pid
	pause(ctx, 4*time.Second) // for what else is fetched at the start, and until the renderer rests
	size, cpu, woken, began := s.size(), cpuTime(pid), wakeUps(pid), time.Now()
	pause(ctx, b.idle)
	return idleRun{
		start: size, size: s.size() - size, took: time.Since(began),
		cpu: cpuTime(pid) - cpu, woken: wakeUps(pid) - woken, peak: peakMemory(pid),
	}, ctx.Err()
}

func (b *bench) wakeUps(what string, run idleRun) {
	if run.cpu == 0 {
		b.note(what, unknown)
		return
	}
	b.limit(what, float64(run.woken)/run.took.Seconds(), 3, "%.1f")
}

// pause waits, less long if there is no more use.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
