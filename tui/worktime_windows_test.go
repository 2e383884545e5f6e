package tui

import "time"

var began = time.Now()

// worktime stands in for the CPU time that the test has taken.
func worktime() time.Duration { return time.Since(began) }
