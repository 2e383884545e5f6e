package e2e

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
)

// profiled starts the built program with a profiles file of that text and mode.
func profiled(t *testing.T, text string, mode os.FileMode, env []string, args ...string) *terminal.Terminal {
	t.Helper()
	home := t.TempDir()
	folder := filepath.Join(home, "unleash-invite")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "profiles.toml"), []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	env = append(env, "XDG_CONFIG_HOME="+home, "TZ=UTC", "SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22")
	return terminal.Start(t, terminal.Options{Env: env}, terminal.Build(t, "unleash-invite"), args...)
}

func profile(name string, i *instance.Instance, source string) string {
	return fmt.Sprintf("[[profile]]\nname = %q\nurl = %q\n%s\n\n", name, i.URL, source)
}

// tokenFile holds the Admin's token, for commands to print.
func tokenFile(t *testing.T, i *instance.Instance) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte(i.AdminToken+"\nlogin: admin\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantHidden checks that a token is neither on the screen nor where ps looks.
func wantHidden(t *testing.T, term *terminal.Terminal, token string) {
	t.Helper()
	if bytes.Contains(term.Output(), []byte(token)) {
		t.Error("the token is on the screen")
	}
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if text, err := os.ReadFile(line); err == nil && bytes.Contains(text, []byte(token)) {
			t.Errorf("ps shows the token: %q", text)
		}
	}
}

func TestProfiles(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	made := makeLink(t, i, time.Now().AddDate(0, 0, 5))
	text := "default = \"by command\"\n\n" +
		profile("by command", i, fmt.Sprintf("token_command = 'cat %s | head -n 1'", tokenFile(t, i))) +
		profile("by variable", i, `token_env = "ACME_TOKEN"`+"\nread_only = true") +
		profile("in the file", i, fmt.Sprintf("token = %q", i.AdminToken)+"\nproduction = true")
	env := []string{"ACME_TOKEN=" + i.AdminToken}
	for name, want := range map[string]string{"": "by command", "by command": "by command", "by variable": "read-only", "in the file": "PRODUCTION"} {
		t.Run(name, func(t *testing.T) {
			args := []string{"--profile", name}
			if name == "" {
				args = nil
			}
			term := profiled(t, text, 0o600, env, args...)
			term.WaitFor("● Active")
			term.WaitFor(made.Secret)
			term.WaitFor(want)
			wantHidden(t, term, i.AdminToken)
			term.Type("q")
			if code := term.Wait(); code != 0 {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

func TestATokensCommandAsksBeforeTheScreen(t *testing.T) {
	i := unleash(t)
	const ask = `printf "Passphrase: " >/dev/tty; read answer; [ "$answer" = sesame ] || exit 1; cat `
	text := profile("locked", i, "token_command = '"+ask+tokenFile(t, i)+"'")
	term := profiled(t, text, 0o600, nil)
	term.WaitFor("Passphrase:")
	term.Type("sesame", "enter")
	term.WaitFor("Unleash 8.2.0")
	term.Type("q")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	term = profiled(t, text, 0o600, nil)
	term.WaitFor("Passphrase:")
	term.Type("wrong", "enter")
	term.WaitFor("failed (exit status 1)")
	if code := term.Wait(); code != 2 || bytes.Contains(term.Output(), []byte("\x1b[?1049h")) {
		t.Errorf("exit code %d, output %q", code, term.Output())
	}
	term = profiled(t, text, 0o600, nil)
	term.WaitFor("Passphrase:")
	term.Type("ctrl+c")
	term.Wait()
}

func TestAProfilesFileThatOthersCanReadIsRefused(t *testing.T) {
	i := unleash(t)
	term := profiled(t, profile("open", i, fmt.Sprintf("token = %q", i.AdminToken)), 0o640, nil)
	if code := term.Wait(); code != 2 {
		t.Errorf("exit code %d", code)
	}
	said := strings.Join(strings.Fields(term.Screen()), "")
	if !strings.Contains(said, "(mode0640),soitisnotused:runchmod600") {
		t.Errorf("it says:\n%s", term.Screen())
	}
	wantHidden(t, term, i.AdminToken)
}
