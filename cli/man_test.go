package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unleash-invite/config"
)

func theRoot() *program { return &program{Options: Options{Args: []string{"man"}}} }

func TestThePageIsCorrectRoff(t *testing.T) {
	file := filepath.Join(t.TempDir(), "unleash-invite.1")
	if err := os.WriteFile(file, []byte(page(theRoot().root(), "1.0.0", "2026-11-23")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tool := range [][]string{{"mandoc", "-Tlint"}, {"groff", "-ww", "-z", "-man", "-Tutf8"}} {
		t.Run(tool[0], func(t *testing.T) {
			if _, err := exec.LookPath(tool[0]); err != nil {
				t.Skip("needs " + tool[0])
			}
			output, err := exec.Command(tool[0], append(tool[1:], file)...).CombinedOutput()
			if err != nil || len(output) > 0 {
				t.Errorf("%v\n%s", err, output)
			}
		})
	}
}

func TestThePageTellsEverything(t *testing.T) {
	root := theRoot().root()
	text := strings.ReplaceAll(page(root, "1.0.0", "2026-11-23"), `\-`, "-")
	wants := []string{"unleash-invite 1.0.0", "2026-11-23", "Admin UI", "128+n", "--if-ends-within", "--confirm"}
	for _, c := range root.Commands() {
		wants = append(wants, ".SS unleash-invite "+c.Name())
	}
	for _, v := range config.Variables() {
		wants = append(wants, v.Name)
	}
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
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

func TestHelpTellsTheExitCodesAndHowToRotate(t *testing.T) {
	w := one(t)
	if got := w.run(t, "--help"); got.code != 0 || !strings.Contains(got.stdout, "L=$(unleash-invite rotate -q --yes)") || !strings.Contains(got.stdout, "nobody can join (status, link)") {
		t.Errorf("%+v", got)
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if got := w.run(t, "completion", shell); got.code != 0 || !strings.Contains(got.stdout, "__complete") {
			t.Errorf("%s: %d", shell, got.code)
		}
	}
	w = newWorld()
	w.add(t, config.Profile{Name: "acme"}, "user:x")
	if got := runComplete(t, w, "--demo", "--profile", "a"); !strings.Contains(got, "acme") {
		t.Errorf("%+v", got)
	}
}

func TestSecretsAreCompleted(t *testing.T) {
	w := one(t, live("default", 5))
	w.tokens["acme"] = "user:demo-admin"
	secret := strings.TrimSpace(w.run(t, "list", "-q").stdout)
	if got := w.run(t, "delete", "--demo", "__x"); got.code != 2 {
		t.Errorf("%+v", got)
	}
	if got := runComplete(t, w, "delete", "--demo", "--only", ""); !strings.Contains(got, secret[:8]+"\tactive default") {
		t.Errorf("%q", got)
	}
}

// runComplete asks as shells do: what is completed stands last.
func runComplete(t *testing.T, w *world, args ...string) string {
	t.Helper()
	return w.runAs(t, append([]string{"__complete"}, args...)).stdout
}

func TestTheHelpFitsATerminal(t *testing.T) {
	w := one(t)
	root := theRoot().root()
	for _, c := range append(root.Commands(), root) {
		args := slices.Concat(strings.Fields(c.CommandPath())[1:], []string{"--help"})
		for line := range strings.Lines(w.run(t, args...).stdout) {
			if len(line) > 80 {
				t.Errorf("%s: too wide for a terminal: %q", c.Name(), line)
			}
		}
	}
}
