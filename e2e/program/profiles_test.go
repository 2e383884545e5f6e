package program

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"unleash-invite/demo"
)

// withProfiles makes a config directory with a profiles file for the program.
func withProfiles(t *testing.T, text string, mode os.FileMode) (env string) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "unleash-invite", "profiles.toml")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return "XDG_CONFIG_HOME=" + dir
}

func TestTheProgramStartsWithAProfile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are for a Unix shell")
	}
	url, seen := overHTTP(t, "")
	text := "default = \"main\"\n"
	for name, source := range map[string]string{
		"main": `token_command = "echo ` + demo.AdminToken + `"`, "env": `token_env = "ACME"`, "file": `token = "` + demo.AdminToken + `"`,
		"broken": `token_command = "echo no >&2; false"`, "unset": `token_env = "NOBODY"`, "keyring": "token_keyring = true",
	} {
		text += "[[profile]]\nname = \"" + name + "\"\nurl = \"" + url + "\"\n" + source + "\n"
	}
	home := withProfiles(t, text, 0o600)
	env := []string{home, "ACME=" + demo.AdminToken, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere"}
	for _, args := range [][]string{nil, {"--profile", "env"}, {"--profile", "file"}} {
		got := runProgram(t, env, "", args...)
		if sent := seen(); got.code != 0 || !strings.HasPrefix(got.stdout, "Active") || got.stderr != "" || len(sent) == 0 || sent[0] != demo.AdminToken {
			t.Errorf("%v: %+v, sent %q", args, got, sent)
		}
	}
	for name, want := range map[string]string{
		"broken":      "The token_command of the profile broken failed (exit status 1), and its error message is not shown",
		"unset":       "NOBODY is not set",
		"user:secret": "there is no profile with that name",
	} {
		got := runProgram(t, env, "", "--profile", name)
		if got.code != 2 || got.stdout != "" || !strings.Contains(got.stderr, want) || strings.Count(got.stderr, "\n") != 1 ||
			strings.Contains(got.stderr, demo.AdminToken) || strings.Contains(got.stderr, "secret") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if runtime.GOOS == "linux" {
		if got := runProgram(t, env, "", "--profile", "keyring"); got.code != 2 || !strings.Contains(got.stderr, "There is no system keyring here") {
			t.Errorf("%+v", got)
		}
	}
	open := withProfiles(t, text, 0o644)
	if got := runProgram(t, []string{open}, ""); got.code != 2 || !strings.Contains(got.stderr, "chmod 600") || strings.Contains(got.stderr, demo.AdminToken) {
		t.Errorf("an open file: %+v", got)
	}
	if got := runProgram(t, []string{open, "UNLEASH_URL=" + url, "UNLEASH_TOKEN=" + demo.AdminToken}, ""); got.code != 0 {
		t.Errorf("an open file that is not needed: %+v", got)
	}
}
