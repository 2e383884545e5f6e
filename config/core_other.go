//go:build !unix

package config

// NoCoreDumps does nothing where there are none.
func NoCoreDumps() error { return nil }
