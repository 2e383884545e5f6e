package main

import (
	"os"
	"testing"
	"time"
)

func TestProcess(t *testing.T) {
	if _, err := os.Stat("/proc/self/schedstat"); err != nil {
		t.Skip("this system does not tell of processes in /proc")
	}
	pid := os.Getpid()
	cpu, woken := cpuTime(pid), wakeUps(pid)
	large := make([]byte, 64<<20)
	for began := time.Now(); time.Since(began) < 50*time.Millisecond; {
		for i := range large {
			large[i]++
		}
	}
	if used := cpuTime(pid) - cpu; used < 5*time.Millisecond || used > 10*time.Second {
		t.Errorf("%v of CPU were used", used)
	}
	if peak := peakMemory(pid); peak < 64<<10 || peak > 512<<10 {
		t.Errorf("the peak is %d KiB, want somewhat more than 64 MiB", peak)
	}
	for range 20 {
		time.Sleep(2 * time.Millisecond)
	}
	if n := wakeUps(pid) - woken; n < 10 || n > 10_000 {
		t.Errorf("woken up %d times, want some 20 to 100", n)
	}
}
