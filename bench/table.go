package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// table holds the results, to be printed as Markdown.
type table struct {
	verdicts bool // says whether a budget is met
	rows     [][]string
	tripRows [][]string // round trips on slow lines
	peerRows [][]string // other programs beside this one
	missing  []string   // those that could not be measured, and why
}

// unknown stands where the system tells nothing.
const unknown = "this system does not tell"

// note adds what has no budget.
func (t *table) note(what, measured string) {
	t.rows = append(t.rows, []string{what, measured, "", ""})
}

// limit adds what has a budget, both in the unit of format.
func (t *table) limit(what string, measured, budget float64, format string) {
	t.rows = append(t.rows, []string{what, fmt.Sprintf(format, measured), "≤ " + fmt.Sprintf(format, budget), t.verdict(measured, budget)})
}

func (t *table) verdict(measured, budget float64) string {
	switch {
	case !t.verdicts:
		return ""
	case measured <= budget:
		return "met"
	}
	return "**not met**"
}

// journey adds the round trips that one takes, with HTTP/2 and without. The budget is for the first, to the tenth that is
// shown: no measurement is finer.
func (t *table) journey(what string, http2, http1, budget float64) {
	verdict := t.verdict(math.Round(10*http2)/10, budget)
	t.tripRows = append(t.tripRows, []string{
		what, fmt.Sprintf("%.1f", http2), fmt.Sprintf("%.1f", http1), fmt.Sprintf("≤ %.1f", budget), verdict,
	})
}

// Budgets of memory in MB; none is that of a large instance.
const (
	noBudget     = 0
	plainMemory  = 15
	secureMemory = 20
)

// memory adds peaks in KiB.
func (t *table) memory(what string, peaks []int, budget float64) {
	megabytes := float64(median(peaks)) / 1024
	switch {
	case megabytes == 0:
		t.note(what, unknown)
	case budget != noBudget:
		t.limit(what, megabytes, budget, "%.1f MB")
	default:
		t.note(what, fmt.Sprintf("%.1f MB", megabytes))
	}
}

// String is the table, and that of the peers if there were any.
func (t *table) String() string {
	text := ""
	if len(t.rows) > 0 {
		text = markdown([]string{"what", "measured", "budget", ""}, t.rows)
	}
	if len(t.tripRows) > 0 {
		text += markdown([]string{"round trips over TLS 1.3", "HTTP/2", "HTTP/1.1", "budget", ""}, t.tripRows)
	}
	if len(t.peerRows) > 0 {
		heads := []string{"program", "start → first screen", "on a mute terminal", "queries", "bytes at start", "peak memory"}
		text += "\n" + markdown(heads, t.peerRows)
	}
	if len(t.missing) > 0 {
		text += "\nNot measured:\n\n- " + strings.Join(t.missing, "\n- ") + "\n"
	}
	return text
}

func markdown(heads []string, rows [][]string) string {
	var text strings.Builder
	line := func(cells []string) { fmt.Fprintf(&text, "| %s |\n", strings.Join(cells, " | ")) }
	line(heads)
	line(slices.Repeat([]string{"---"}, len(heads)))
	for _, row := range rows {
		line(row)
	}
	return text.String()
}

// milliseconds is the median of durations.
func milliseconds(all []time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(median(all).Microseconds())/1000)
}

func times(ratio float64) string { return fmt.Sprintf("%.2f ×", ratio) }

// machine says what was measured on. The load is that before, and that at the end.
func machine(before string) string {
	facts := fmt.Sprintf("%s/%s, %d CPUs, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	if before != "" {
		facts += fmt.Sprintf("; load average %s before, %s after", before, load())
	}
	return facts + "; medians of runs side by side."
}

// load is the load average of the last minute, empty where it is not to be had.
func load() string {
	content, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := strings.Cut(string(content), " ")
	return first
}
