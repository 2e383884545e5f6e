//go:build unix

// Package clipboard copies the link with the built program in every surrounding
// that it may run in: the real tmux, GNU screen and X server, and others that fail.
package clipboard

import (
	"bytes"
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

func TestMain(m *testing.M) {
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

// need skips a test where a program is missing; in CI that is a failure.
func need(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed, and this test needs it", name)
		}
		t.Skipf("needs %s: install it to run this test", name)
	}
}

func program(t *testing.T) string { return terminal.Build(t, "unleash-invite") }

// start runs the program in a terminal and waits for the link. The variables are added to its environment.
func start(t *testing.T, variables ...string) *terminal.Terminal {
	t.Helper()
	term := terminal.Start(t, terminal.Options{Width: 100, Env: variables, Timeout: 20 * time.Second}, program(t), "--demo")
	term.WaitFor("● Active")
	return term
}

var anyLink = regexp.MustCompile(`(?m)^ (https://\S+invite=[0-9a-f]{32})$`)

// link is the link on the screen: alone on its line, for a mouse to select.
func link(t *testing.T, term *terminal.Terminal) string {
	t.Helper()
	found := anyLink.FindStringSubmatch(term.Screen())
	if found == nil {
		t.Fatalf("the link is not alone on a line:\n%s", term.Screen())
	}
	return found[1]
}

var osc52 = regexp.MustCompile(`\x1b\]52;c?;([A-Za-z0-9+/=]*)(\x07|\x1b\\)`)

// sent are the texts that the terminal was told to put into its clipboard.
func sent(t *testing.T, term *terminal.Terminal) []string {
	t.Helper()
	var texts []string
	for _, found := range osc52.FindAllSubmatch(term.Output(), -1) {
		text, err := base64.StdEncoding.DecodeString(string(found[1]))
		if err != nil {
			t.Errorf("%q is no base64: %v", found[1], err)
		}
		texts = append(texts, string(text))
	}
	return texts
}

// received fails unless the terminal was told just once, and to take that text.
func received(t *testing.T, term *terminal.Terminal, text string) {
	t.Helper()
	var got []string
	for range 500 { // what is in between may pass it on a little later
		if got = sent(t, term); len(got) > 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if len(got) != 1 || got[0] != text {
		t.Errorf("the terminal's clipboard was given %q, not %q", got, text)
	}
}

func nothingSent(t *testing.T, term *terminal.Terminal) {
	t.Helper()
	if bytes.Contains(term.Output(), []byte("\x1b]52")) {
		t.Errorf("the terminal's clipboard was given %q", sent(t, term))
	}
}

// copyLink copies, waits for what is said of it, and returns the link.
func copyLink(t *testing.T, term *terminal.Terminal, said string) string {
	t.Helper()
	copied := link(t, term)
	term.Type("c")
	term.WaitFor(said + ".")
	if link(t, term) != copied || strings.Contains(term.Screen(), "]52;") {
		t.Errorf("copying spoiled the screen:\n%s", term.Screen())
	}
	return copied
}
