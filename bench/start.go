package main

import (
	"context"
	"os/exec"
	"time"
)

// What the screen says of a link that works: first by its date, then by the server's own verdict.
const (
	statusWord  = "Active"
	verdictWord = "can join"
)

// start measures from the start of the process to the status on the screen.
func (b *bench) start(_ context.Context, on target, where string) error {
	var verdicts []time.Duration
	var peaks []int
	ours := func(answers bool) func() (time.Duration, error) {
		return func() (time.Duration, error) {
			run, err := b.untilStatus(on, answers)
			verdicts, peaks = append(verdicts, run.verdict), append(peaks, run.peak)
			return run.status, err
		}
	}
	measurements := []func() (time.Duration, error){
		ours(false),
		ours(true),
		func() (time.Duration, error) { return untilWritten(on.env(b.folder), b.bare, on.url+tokensPath) },
	}
	if _, err := exec.LookPath("curl"); err == nil {
		header, err := b.file("header", "Authorization: "+on.token)
		if err != nil {
			return err
		}
		measurements = append(measurements, func() (time.Duration, error) {
			return untilWritten(plainEnv(b.folder), "curl", "-s", "-H", "@"+header, on.url+tokensPath)
		})
	}
	taken, err := inTurns(b.starts, measurements...)
	if err != nil {
		return err
	}
	mute, answering, bare := taken[0], taken[1], taken[2]
	b.note("start → status on the screen"+where, milliseconds(mute))
	b.note("start → the server's own verdict on the screen"+where, milliseconds(verdicts))
	if len(taken) > 3 {
		b.limit("start → status against `curl` of the same endpoint ("+milliseconds(taken[3])+")"+where, ratio(mute, taken[3]), 1.5, "%.2f ×")
	} else {
		b.note("start → status against `curl` of the same endpoint"+where, "there is no curl on this machine")
	}
	b.note("start → status against a bare Go program with the same request ("+milliseconds(bare)+")"+where, times(ratio(mute, bare)))
	b.limit("start → status on a mute terminal against one that answers queries"+where, ratio(mute, answering), muteSlack, "%.2f ×")
	if where == "" {
		b.memory("peak memory at start", peaks, plainMemory)
	}
	return nil
}

// muteSlack is how far above 1 the ratio of two equal things may be by chance.
const muteSlack = 1.05

// startRun is one start.
type startRun struct {
	status, verdict time.Duration
	peak            int // of memory, in KiB
}

func (b *bench) untilStatus(on target, answers bool) (startRun, error) {
	s, err := begin(answers, on.env(b.folder), b.ours)
	if err != nil {
		return startRun{}, err
	}
	defer s.end()
	var run startRun
	if run.status, err = s.shown(statusWord); err != nil {
		return run, err
	}
	if run.verdict, err = s.shown(verdictWord); err != nil {
		return run, err
	}
	run.peak = peakMemory(s.command.Process.Pid)
	return run, nil
}

// untilWritten is how long a program takes to write the link.
func untilWritten(env []string, name string, args ...string) (time.Duration, error) {
	s, err := begin(false, env, name, args...)
	if err != nil {
		return 0, err
	}
	defer s.end()
	return s.written("new-user?invite=")
}
