//go:build unix

package config

import "golang.org/x/sys/unix"

// NoCoreDumps keeps a crash from writing the memory, with its tokens, to a file.
func NoCoreDumps() error { return unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
