package manual

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"unleash-invite/config"
	"unleash-invite/e2e/terminal"
)

func TestTheHelpTellsEveryFlag(t *testing.T) {
	help := Help()
	for _, f := range config.Flags() {
		if !strings.Contains(help, "\n  "+form(f)+" ") {
			t.Errorf("no %s", form(f))
		}
		if f.Env != "" && !strings.Contains(help, f.Env) {
			t.Errorf("no %s", f.Env)
		}
	}
	for line := range strings.Lines(help) {
		if len(line) > 80 {
			t.Errorf("too wide for a terminal: %q", line)
		}
	}
}

func TestThePageIsCorrectRoff(t *testing.T) {
	file := filepath.Join(t.TempDir(), "unleash-invite.1")
	if err := os.WriteFile(file, []byte(Page("1.0.0", "2026-11-23")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tool := range [][]string{{"mandoc", "-Tlint"}, {"groff", "-ww", "-z", "-man", "-Tutf8"}} {
		t.Run(tool[0], func(t *testing.T) {
			terminal.Need(t, tool[0])
			output, err := exec.Command(tool[0], append(tool[1:], file)...).CombinedOutput()
			if err != nil || len(output) > 0 {
				t.Errorf("%v\n%s", err, output)
			}
		})
	}
}

func TestThePageTellsEverything(t *testing.T) {
	terminal.Need(t, "mandoc")
	command := exec.Command("mandoc", "-Tascii", "-Owidth=200")
	command.Stdin = strings.NewReader(Page("1.0.0", "2026-11-23"))
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	text := overstrike(string(output))
	wants := []string{"unleash-invite 1.0.0", "2026-11-23", "Admin UI", "| cat", "\n       130  "}
	for _, f := range config.Flags() {
		wants = append(wants, "\n       "+form(f), f.Meaning[2:], f.Env)
	}
	for _, v := range config.Variables() {
		wants = append(wants, "\n       "+v.Name, v.Meaning[2:])
	}
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// overstrike undoes how mandoc writes bold and underlined letters: the letter, a backspace and what goes over it.
func overstrike(text string) string {
	var plain []byte
	for i := range len(text) {
		if text[i] == '\b' && len(plain) > 0 {
			plain = plain[:len(plain)-1]
			continue
		}
		plain = append(plain, text[i])
	}
	return string(plain)
}

func TestRoffHasNoCommandsInItsText(t *testing.T) {
	for text, want := range map[string]string{
		`.TH`: `\&.TH`, `'br`: `\&'br`, `a\fBb`: `a\efBb`, "--url": `\-\-url`, "~^`": `\(ti\(ha\(ga`, "it's.": "it's.",
	} {
		if got := escape(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestEveryShellKnowsEveryFlag(t *testing.T) {
	for _, shell := range config.Shells() {
		script := Completion(shell)
		for _, f := range config.Flags() {
			name := "--" + f.Name
			if shell == "fish" {
				name = "-l " + f.Name
			}
			if !strings.Contains(script, name) {
				t.Errorf("%s: no %s", shell, name)
			}
		}
	}
	if Completion("csh") != "" || Completion("") != "" {
		t.Error("a completion for no shell")
	}
}
