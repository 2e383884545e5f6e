//go:build race

package tui

// raceSlows is by how much the race detector slows the program down.
const raceSlows = 10
