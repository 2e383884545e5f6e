// Package scale holds the tests of how the built program fares with an instance of very many links: in a real
// pseudo-terminal, on a server of the test's own.
package scale

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"testing"

	"unleash-invite/e2e/terminal"
)

func TestMain(m *testing.M) {
	if runtime.GOOS != "linux" {
		fmt.Println("memory and wake-ups are read from /proc, which is not here: nothing is tested")
		return
	}
	flag.Parse()
	if testing.Short() {
		fmt.Println("the program in a terminal takes long to try: nothing is tested")
		return
	}
	code := m.Run()
	if err := terminal.RemoveBuilds(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}
