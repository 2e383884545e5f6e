package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Facts of the system about a process. Where there is no /proc, nothing is known: 0.

// peakMemory is the most that a process had resident, in KiB. That of wait(2) would
// not do: it starts with the size of the process that started it.
func peakMemory(pid int) int {
	return int(procNumber(fmt.Sprintf("/proc/%d/status", pid), "VmHWM:"))
}

// procNumber is the number behind a word in a file.
func procNumber(path, word string) int64 {
	content, _ := os.ReadFile(path)
	_, rest, _ := strings.Cut(string(content), word)
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	n, _ := strconv.ParseInt(fields[0], 10, 64)
	return n
}

// cpuTime is how long the threads of a process have run.
func cpuTime(pid int) time.Duration {
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	var sum int64
	for _, path := range threads {
		sum += procNumber(path, "")
	}
	return time.Duration(sum)
}

// wakeUps is how often threads of a process went to sleep of their own accord, which is how often they woke up.
func wakeUps(pid int) int64 {
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	var sum int64
	for _, path := range threads {
		sum += procNumber(path, "\nvoluntary_ctxt_switches:")
	}
	return sum
}
