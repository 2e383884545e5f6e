package config

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

func onUnix(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("these commands are for a Unix shell")
	}
}

func commandProfile(text string) Profile {
	return Profile{Name: "acme", URL: "https://x", Source: Source{Kind: ByCommand, From: text}}
}

// saysOneOf reports whether the error holds one of the texts, which a | separates.
func saysOneOf(err error, texts string) bool {
	return slices.ContainsFunc(strings.Split(texts, "|"), func(text string) bool { return strings.Contains(err.Error(), text) })
}

func TestTokenByCommand(t *testing.T) {
	onUnix(t)
	tests := []struct {
		name, command string
		want          Secret
		err           string
	}{
		{"a line", "echo user:1111", "user:1111", ""},
		{"the first of several", `printf 'user:1111\r\nlogin: me\n'`, "user:1111", ""},
		{"a pipe and quotes", `printf '%s' "a user:1111" | cut -d' ' -f2`, "user:1111", ""},
		{"output without an end", "printf user:1111", "user:1111", ""},
		{"one that leaves something running", "echo user:1111; sleep 60 &", "user:1111", ""},
		{"nothing", "true", "", "printed nothing"},
		{"an empty first line", "echo; echo user:1111", "", "printed nothing"},
		{"a failure", "echo 'gpg: decryption failed: No secret key' >&2; exit 2", "",
			"token_command of the profile acme failed (exit status 2: no secret key), and its error message is not shown, because it may contain a password: run it by itself"},
		{"a failure after output", "echo user:1111; exit 2", "", "failed (exit status 2): run it by itself"},
		// dash says the latter where PATH has a folder that can't be read.
		{"no such command", "no-such-command-here", "", "(exit status 127: not found|(exit status 127: permission denied"},
		{"a hostile complaint", `printf 'x\n\033]52;c;ZXZpbA==\007\033[31mbad\302\233 \342\200\256news\r\n' >&2; exit 1`, "", "failed (exit status 1), and its error message is not shown"},
		{"a complaint with a token", "echo 'refused user:0123 and 0123456789abcdef0123456789abcdef.' >&2; exit 1", "",
			"failed (exit status 1), and its error message is not shown"},
		{"endless output", "yes user:1111", "", "printed too much"},
		{"endless complaints", "yes x | head -c 1000000 >&2; exit 1", "", "failed (exit status 1), and"},
	}
	for _, tt := range tests {
		began := time.Now()
		got, err := Profiles{}.Token(t.Context(), commandProfile(tt.command), false)
		switch {
		case tt.err == "" && (err != nil || got != tt.want):
			t.Errorf("%s: %q, %v", tt.name, string(got), err)
		case tt.err != "" && (err == nil || !saysOneOf(err, tt.err) || strings.ContainsAny(err.Error(), "\n\r\x1b\u009b\u202e")):
			t.Errorf("%s: %q, %v", tt.name, string(got), err)
		}
		if took := time.Since(began); took > 20*time.Second { // less than the time that the program gives it
			t.Errorf("%s took %s", tt.name, took)
		}
	}
}

// TestACommandFindsNoTerminalUnlessAllowed runs itself again in a terminal.
func TestACommandFindsNoTerminalUnlessAllowed(t *testing.T) {
	onUnix(t)
	const inTerminal = "UNLEASH_INVITE_TEST_TERMINAL"
	if os.Getenv(inTerminal) == "" {
		options := terminal.Options{Env: []string{inTerminal + "=1"}, Timeout: 30 * time.Second}
		term := terminal.Start(t, options, os.Args[0], "-test.run", "^"+t.Name()+"$")
		if code := term.Wait(); code != 0 {
			t.Errorf("exit code %d:\n%s", code, term.Screen())
		}
		return
	}
	t.Setenv("GPG_TTY", "/dev/pts/0")
	// Without a terminal /dev/tty can't be opened, and gpg is told of none.
	const look = `if (: </dev/tty) 2>/dev/null; then echo terminal; else echo "none${GPG_TTY}"; fi`
	if got, err := (Profiles{}).Token(t.Context(), commandProfile(look), false); err != nil || got != "none" {
		t.Errorf("%s, %v", string(got), err)
	}
	if got, err := (Profiles{}).Token(t.Context(), commandProfile(look), true); err != nil || got != "terminal" {
		t.Errorf("asking: %s, %v", string(got), err)
	}
	for ask, want := range map[bool]Secret{false: "none", true: "both"} {
		got, err := Profiles{}.Token(t.Context(), commandProfile("if [ -t 0 ] && [ -t 2 ]; then echo both; else echo none; fi"), ask)
		if err != nil || got != want {
			t.Errorf("input and complaints, asking %v: %s, %v", ask, string(got), err)
		}
	}
}

func TestACommandIsStoppedWithItsChildren(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	onUnix(t)
	mark := filepath.Join(t.TempDir(), "mark")
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := Profiles{}.Token(ctx, commandProfile("(sleep 3; touch "+mark+") | cat"), false)
	if err == nil || time.Since(began) > 2500*time.Millisecond {
		t.Errorf("after %s: %v", time.Since(began), err)
	}
	time.Sleep(4 * time.Second)
	if _, err := os.Stat(mark); err == nil {
		t.Error("a child of the command went on")
	}
}

func TestTokenByVariable(t *testing.T) {
	p := Profiles{getenv: func(name string) string { return map[string]string{"ACME": " user:1111\n", "EMPTY": " "}[name] }}
	profile := Profile{Name: "acme", URL: "https://x", Source: Source{Kind: InEnvironment, From: "ACME"}}
	if got, err := p.Token(t.Context(), profile, false); err != nil || got != "user:1111" {
		t.Errorf("%q, %v", string(got), err)
	}
	profile.Source.From = "EMPTY"
	if _, err := p.Token(t.Context(), profile, false); err == nil || !strings.Contains(err.Error(), "EMPTY is not set") {
		t.Error(err)
	}
}

func TestATokenIsReplacedWhereItIsKept(t *testing.T) {
	const first = "# mine\ndefault = \"acme\"\n\n[[profile]]\nname = \"acme\"\nurl = \"https://x\"\n"
	const marks = "production = true # really\nread_only = true\nca_file = \"/ca.pem\"\n"
	for source, want := range map[string]string{
		`token = "user:1111"`:                 `token = "user:2222"`,
		`token_env = "ACME"`:                  "the token of the profile acme comes from the variable ACME: put the new one there yourself",
		`token_command = "pass show unleash"`: "the token of the profile acme comes from the command pass: put the new one there yourself",
	} {
		path := filepath.Join(t.TempDir(), "profiles.toml")
		if err := os.WriteFile(path, []byte(first+source+"\n"+marks), 0o600); err != nil {
			t.Fatal(err)
		}
		p := ProfilesIn(path)
		err := p.Replace(t.Context(), "acme", "user:2222")
		text, _ := os.ReadFile(path)
		if replaced := err == nil; replaced != strings.HasPrefix(want, "token = ") {
			t.Errorf("%s: %v", source, err)
		} else if replaced && string(text) != first+want+"\n"+marks || !replaced && (err.Error() != want || string(text) != first+source+"\n"+marks) {
			t.Errorf("%s: %v, %s", source, err, text)
		}
		profile, err := p.Find("acme")
		if err != nil || !profile.Production || !profile.ReadOnly || profile.Secure.CAFile != "/ca.pem" || !profile.Default {
			t.Errorf("%+v, %v", profile, err)
		}
	}
	if err := ProfilesIn(filepath.Join(t.TempDir(), "none")).Replace(t.Context(), "acme", "user:2222"); err == nil {
		t.Error("there is no such profile")
	}
}
