package screenshots

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

// tape plays a VHS tape on the built program without recording: each Wait must
// come true, so that no tape shows a program that is no more.
type tape struct {
	t    *testing.T
	term *terminal.Terminal
	// pictures are the files that the tape makes.
	pictures []string
}

// play plays a tape, and those that it brings in, from the folder where it is recorded.
func (p *tape) play(folder, path string) {
	p.t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, path))
	if err != nil {
		p.t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		if word, rest, _ := strings.Cut(line, " "); word != "" && word != "#" {
			p.command(folder, word, rest, line)
		}
	}
}

func (p *tape) command(folder, word, rest, line string) {
	p.t.Helper()
	name, _, _ := strings.Cut(word, "@")
	switch name {
	case "Set", "Env", "Sleep", "Hide", "Show":
	case "Source":
		p.play(folder, rest)
	case "Output", "Screenshot":
		p.pictures = append(p.pictures, filepath.Join(folder, rest))
	case "Type":
		for _, r := range strings.Trim(rest, `"`) {
			p.term.Type(string(r))
		}
	case "Escape":
		p.term.Type("esc")
	case "Enter", "Tab", "Down", "Right":
		p.term.Type(strings.ToLower(name))
	case "Wait+Screen":
		p.wait(rest)
	default:
		p.t.Fatalf("the tape has a command that this test does not know: %q", line)
	}
}

// wait waits for the pattern, written between slashes.
func (p *tape) wait(pattern string) {
	p.t.Helper()
	wanted := regexp.MustCompile(strings.Trim(pattern, "/"))
	for deadline := time.Now().Add(time.Minute); !wanted.MatchString(p.term.Screen()); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("%s is not on the screen:\n%s", wanted, p.term.Screen())
		}
	}
}

func play(t *testing.T, folder, path string) []string {
	t.Helper()
	program := terminal.Build(t, "unleash-invite")
	env := []string{"TZ=UTC", "PS1=$ ", "PATH=" + filepath.Dir(program) + string(filepath.ListSeparator) + os.Getenv("PATH")}
	p := &tape{t: t, term: terminal.Start(t, terminal.Options{Env: env, Timeout: time.Minute}, "bash", "--noprofile", "--norc")}
	p.term.WaitFor("$")
	p.play(folder, path)
	return p.pictures
}

func TestTapes(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, tt := range []struct{ folder, path string }{{".", "main.tape"}, {"dark", "../screens.tape"}, {"light", "../screens.tape"}} {
		t.Run(filepath.Join(tt.folder, filepath.Base(tt.path)), func(t *testing.T) {
			t.Parallel()
			for _, picture := range play(t, tt.folder, tt.path) {
				if _, err := os.Stat(picture); err != nil {
					t.Errorf("the tape's picture is not there: %v; run screenshots/record", err)
				}
			}
		})
	}
}

func TestMain(m *testing.M) {
	code := m.Run()
	if err := terminal.RemoveBuilds(); err != nil {
		code = 1
	}
	os.Exit(code)
}
