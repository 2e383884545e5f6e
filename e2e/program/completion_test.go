package program

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"unleash-invite/e2e/terminal"
)

// shells are the shells that can be typed into, with what someone puts into their startup file.
var shells = []struct {
	command []string
	startup string
	// equals is put by the shell behind a flag that takes an argument.
	equals string
}{
	{[]string{"bash", "--norc", "--noprofile", "-i"}, `. /usr/share/bash-completion/bash_completion; eval "$(unleash-invite completion bash)"`, " "},
	{[]string{"zsh", "-f", "-i"}, `autoload -U compinit; compinit -u -D; source <(unleash-invite completion zsh)`, " "},
	{[]string{"fish", "--no-config", "-i"}, `unleash-invite completion fish | source`, " "},
}

func TestShellsCompleteTheCommandLine(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	folder := t.TempDir()
	for _, name := range []string{"secret one.txt", "admin-token"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	profiles := "[[profile]]\nname = \"acme\"\nurl = \"https://flags.acme.io\"\ntoken_env = \"A\"\n" +
		"[[profile]]\nname = \"team $(x) one\"\nurl = \"https://flags.acme.io\"\ntoken_env = \"A\"\n"
	if err := os.MkdirAll(filepath.Join(folder, "config", "unleash-invite"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "config", "unleash-invite", "profiles.toml"), []byte(profiles), 0o600); err != nil {
		t.Fatal(err)
	}
	path := "PATH=" + filepath.Dir(program(t)) + string(os.PathListSeparator) + os.Getenv("PATH")
	for _, shell := range shells {
		t.Run(shell.command[0], func(t *testing.T) {
			terminal.Need(t, shell.command[0])
			if _, err := os.Stat("/usr/share/bash-completion/bash_completion"); err != nil && shell.command[0] == "bash" {
				t.Skip("needs the package bash-completion")
			}
			term := terminal.Start(t, terminal.Options{Width: 120, Dir: folder, Env: []string{path, "PS1=> ", "XDG_CONFIG_HOME=" + filepath.Join(folder, "config")}, Answer: true},
				shell.command[0], shell.command[1:]...)
			term.Type(shell.startup, "enter", "echo re''ady", "enter")
			term.WaitFor("ready")
			for _, tt := range []struct{ typed, want string }{
				{"--tok", "--token-file" + shell.equals},
				{"--read", "--read-only "},
				{"rot", "rotate "},
				{"completion po", "completion powershell "},
				{"rotate --if", "rotate --if-ends-within" + shell.equals},
				{"--demo --token-file adm", "--demo --token-file admin-token "},
				{"--token-file=adm", "--token-file=admin-token "},
				{"--token-file sec", `--token-file secret\ one.txt `},
				{"--profile ac", "--profile acme "},
				{"--url sec", "--url sec"},
				{"--demo-at adm", "--demo-at adm"},
			} {
				// What is typed behind tells the shell's completion from its proposal, as fish shows one.
				term.Type("unleash-invite "+tt.typed, "tab", "END")
				term.WaitFor("unleash-invite " + tt.want + "END")
				term.Type("ctrl+u", "ctrl+l")
			}
		})
	}
}

// What PowerShell runs for each tab, where there is none to try it in.
func TestPowerShellAsksTheProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("the program is run for each word")
	}
	home := t.TempDir()
	file := filepath.Join(home, "unleash-invite", "profiles.toml")
	text := "[[profile]]\nname = \"acme\"\nurl = \"https://flags.acme.io\"\ntoken_env = \"A\"\n"
	if err := errors.Join(os.Mkdir(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
	says := func(args ...string) string {
		command := exec.Command(program(t), args...)
		command.Env = append(os.Environ(), "XDG_CONFIG_HOME="+home)
		output, err := command.Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(output)
	}
	script := says("completion", "powershell")
	for _, want := range []string{"Register-ArgumentCompleter -CommandName 'unleash-invite'", "__complete"} {
		if !strings.Contains(script, want) {
			t.Errorf("the script lacks %q", want)
		}
	}
	if got := says("__complete", "status", "--profile", ""); !strings.HasPrefix(got, "acme\n") {
		t.Errorf("it proposes %q", got)
	}
}

// PowerShell can't be typed into like the others, but says what it would complete.
func TestPowerShellCompletesTheCommandLine(t *testing.T) {
	if _, err := exec.LookPath("pwsh"); err != nil {
		t.Skip("needs pwsh, which is no package of Debian")
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "admin-token"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"unleash-invite --tok":            "--token-file",
		"unleash-invite completion po":    "powershell",
		"unleash-invite --token-file adm": "admin-token",
		"unleash-invite --url adm":        "",
	} {
		script := "unleash-invite completion powershell | Out-String | Invoke-Expression; " +
			"(TabExpansion2 '" + typed + "' " + "-cursorColumn '" + typed + "'.Length).CompletionMatches.CompletionText"
		command := exec.Command("pwsh", "-NoProfile", "-NonInteractive", "-Command", script)
		command.Dir = folder
		command.Env = append(os.Environ(), "PATH="+filepath.Dir(program(t))+string(os.PathListSeparator)+os.Getenv("PATH"))
		output, err := command.CombinedOutput()
		got := strings.TrimSpace(string(output))
		if err != nil || !strings.HasSuffix(got, want) || (want == "") != (got == "") {
			t.Errorf("%s: %q, %v", typed, got, err)
		}
	}
}
