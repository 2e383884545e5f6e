//go:build unix

// Package hygiene holds the tests of how the built program treats the terminal it runs in: real pseudo-terminals
// and shells, and the demo instance.
package hygiene

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"unleash-invite/e2e/terminal"
)

func TestMain(m *testing.M) {
	// What started the tests may ignore SIGHUP; who catches it lets its children have it.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	flag.Parse()
	if testing.Short() {
		fmt.Println("the program in a terminal takes long to try: nothing is tested")
		return
	}
	_ = flag.Set("test.parallel", "8") // they mostly wait
	code := m.Run()
	if err := terminal.RemoveBuilds(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}
