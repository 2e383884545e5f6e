//go:build !linux

package terminal

import (
	"os"
	"time"
)

// unread can't tell here, so a while is left for the program to read.
func unread(*os.File) int {
	time.Sleep(20 * time.Millisecond)
	return 0
}
