package main

import (
	"math"
	"slices"
	"time"
)

// median is the middle one, or between the two in the middle; 0 of none.
func median[T ~int | ~int64 | ~float64](all []T) T {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	middle := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[middle-1] + sorted[middle]) / 2
	}
	return sorted[middle]
}

// percentile is the smallest one that so many in a hundred do not exceed; 0 of none.
func percentile[T ~int | ~int64 | ~float64](all []T, percent float64) T {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	rank := int(math.Ceil(percent / 100 * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}

// ratio is the median of how many times longer each a took than the b of the same round.
func ratio(a, b []time.Duration) float64 {
	paired := make([]float64, min(len(a), len(b)))
	for i := range paired {
		paired[i] = float64(a[i]) / float64(b[i])
	}
	return median(paired)
}

// inTurns takes every measurement once a round, so that whatever else the machine
// does falls on all of them alike. Each round begins with another one, and a first
// round, which finds files and caches cold, does not count.
func inTurns(rounds int, measurements ...func() (time.Duration, error)) ([][]time.Duration, error) {
	taken := make([][]time.Duration, len(measurements))
	for round := range rounds + 1 {
		for i := range measurements {
			which := (i + round) % len(measurements)
			took, err := measurements[which]()
			if err != nil {
				return nil, err
			}
			if round > 0 {
				taken[which] = append(taken[which], took)
			}
		}
	}
	return taken, nil
}
