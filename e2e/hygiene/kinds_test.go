//go:build unix

package hygiene

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"unleash-invite/e2e/terminal"
)

var colour = regexp.MustCompile(`\x1b\[([0-9;]*;)?(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9;]*)?m`)

func TestKindsOfTerminals(t *testing.T) {
	const symbols, plain = "● Active", "* Active"
	tests := []struct {
		name   string
		env    []string
		active string
		alternate,
		colours, ascii bool
	}{
		{"xterm-256color", nil, symbols, true, true, false},
		{"tmux-256color", nil, symbols, true, true, false},
		{"screen", nil, symbols, true, true, false},
		{"alacritty", nil, symbols, true, true, false},
		{"foo-bar", nil, symbols, true, true, false},
		{"linux", nil, plain, false, true, false},
		{"vt100", nil, plain, false, false, true},
		{"vt220", nil, plain, false, false, true},
		{"xterm", []string{"LANG=C"}, plain, true, true, true},
		{"xterm", []string{"LC_ALL=de_DE.ISO-8859-1", "LANG=de_DE.UTF-8"}, plain, true, true, true},
		{"xterm", []string{"LANG="}, symbols, true, true, false},
		{"xterm", []string{"LC_ALL=C.utf8", "LANG=C"}, symbols, true, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name+strings.Join(tt.env, " "), func(t *testing.T) {
			t.Parallel()
			screen := start(t, terminal.Options{Env: append(tt.env, "TERM="+tt.name)})
			screen.WaitFor(tt.active)
			if strings.HasPrefix(tt.name, "vt") {
				screen.Type("ctrl+l") // drawn in parts with insert mode, which the emulator lacks
			}
			screen.WaitFor("q quit")
			for _, key := range []string{"l", "esc", "j", "esc", "?", "esc", "r", "esc"} {
				screen.Type(key)
			}
			screen.Type("g", "ctrl+l")
			if tt.ascii {
				screen.WaitFor("no characters to draw a code with")
			} else {
				screen.WaitFor("▀")
			}
			screen.Type("esc", "ctrl+l")
			screen.WaitFor("help   q quit")
			before := screen.Screen()
			screen.Type("q")
			if code := screen.Wait(); code != 0 {
				t.Errorf("exit code %d", code)
			}
			if !strings.Contains(before, "://flags.demo.example/new-user?invite=") || !strings.Contains(before, "Created") {
				t.Errorf("the screen is:\n%s", before)
			}
			output := screen.Output()
			if got := bytes.Contains(output, []byte("\x1b[?1049h")); got != tt.alternate {
				t.Errorf("the alternate screen is used: %t", got)
			}
			if got := colour.Match(output); got != tt.colours {
				t.Errorf("colours are used: %t", got)
			}
			if got := !regexp.MustCompile(`[^\x00-\x7f]`).Match(output); got != tt.ascii {
				t.Errorf("only ASCII is used: %t", got)
			}
			if after := screen.Screen(); strings.TrimSpace(after) != "" {
				t.Errorf("something is left behind:\n%s", after)
			}
		})
	}
}

func TestTerminalsThatCantBeDrawnOn(t *testing.T) {
	for _, env := range []string{"TERM=dumb", "TERM=unknown", "TERM=", "-u TERM"} {
		t.Run(env, func(t *testing.T) {
			t.Parallel()
			command := append([]string{"-c", `env ` + env + ` "$1" --demo`, "sh"}, program(t))
			screen := terminal.Start(t, terminal.Options{}, "sh", command...)
			if code := screen.Wait(); code != 0 || bytes.Contains(screen.Output(), []byte("\x1b")) {
				t.Errorf("code %d, output %q", code, screen.Output())
			}
			screen.WaitFor("Active: anyone")
		})
	}
}

func TestColoursAndAttributes(t *testing.T) {
	tests := []struct {
		env     []string
		colours bool
	}{
		{nil, true},
		{[]string{"NO_COLOR="}, true},
		{[]string{"NO_COLOR=1"}, false},
		{[]string{"NO_COLOR=0"}, false}, // present is enough
		{[]string{"NO_COLOR=yes"}, false},
		{[]string{"NO_COLOR=1", "CLICOLOR_FORCE=1", "COLORTERM=truecolor"}, false},
		{[]string{"CLICOLOR=0"}, false},
		{[]string{"CLICOLOR=1"}, true},
		{[]string{"CLICOLOR_FORCE=1"}, true},
		{[]string{"COLORTERM=truecolor"}, true},
		{[]string{"COLORTERM=nonsense"}, true},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.env, " "), func(t *testing.T) {
			t.Parallel()
			screen := start(t, terminal.Options{Env: tt.env})
			screen.WaitFor("● Active")
			screen.Type("d", "y")
			screen.WaitFor("Deleted")
			screen.Type("q")
			screen.Wait()
			if got := colour.Match(screen.Output()); got != tt.colours {
				t.Errorf("colours are used: %t", got)
			}
			if more := regexp.MustCompile(`\x1b\[[0-9;]*[34]8[;:][0-9;:]*m`).Find(screen.Output()); more != nil {
				t.Errorf("more than the theme's sixteen colours: %q", more)
			}
			if !regexp.MustCompile(`\x1b\[(1|[0-9;]*;1)[;m]`).Match(screen.Output()) {
				t.Error("bold is gone, too")
			}
		})
	}
}
