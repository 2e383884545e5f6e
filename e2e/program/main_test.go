package program

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
	"unleash-invite/exit"
)

// program is the built unleash-invite.
func program(t *testing.T) string { return terminal.Build(t, "unleash-invite") }

// outcome is how a run of the program without a terminal ended.
type outcome struct {
	code           int
	stdout, stderr string
}

func runProgram(t *testing.T, env []string, stdin string, args ...string) outcome {
	t.Helper()
	built := program(t)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, built, args...)
	cmd.Env = append([]string{"PATH=/usr/bin:/bin", "HOME=" + t.TempDir()}, env...)
	cmd.Stdin = strings.NewReader(stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // the exit code says it
	return outcome{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

func TestWrongConfigurationIsOneSentenceAndExitCode2(t *testing.T) {
	tests := []struct {
		name string
		env  []string
		args []string
		want string
	}{
		{"nothing", nil, nil, "UNLEASH_URL"},
		{"no token", []string{"UNLEASH_URL=http://x"}, nil, "UNLEASH_TOKEN"},
		{"no scheme", []string{"UNLEASH_URL=flags.acme.io", "UNLEASH_TOKEN=user:secret"}, nil, "http"},
		{"another scheme", []string{"UNLEASH_URL=ftp://flags.acme.io", "UNLEASH_TOKEN=user:secret"}, nil, "http"},
		{"a broken token", []string{"UNLEASH_URL=http://x", "UNLEASH_TOKEN=user:sec\nret"}, nil, "token"},
		{"unknown flag", nil, []string{"--what"}, "--help"},
		{"no token file", []string{"UNLEASH_URL=http://x"}, []string{"--token-file", "/nowhere"}, "token file can't be read"},
		{"the token as a file", []string{"UNLEASH_URL=http://x"}, []string{"--token-file", "user:secret"}, "token file can't be read"},
		{"an unknown command", nil, []string{"rotat"}, "There is no command rotat (did you mean rotate?): see --help."},
		{"the token as an argument", []string{"UNLEASH_URL=http://x"}, []string{"user:secret"}, "--help"},
	}
	for _, tt := range tests {
		got := runProgram(t, tt.env, "", tt.args...)
		line := strings.TrimSuffix(got.stderr, "\n")
		if got.code != 2 || got.stdout != "" || !strings.Contains(line, tt.want) || strings.Contains(line, "\n") {
			t.Errorf("%s: code %d, stdout %q, stderr %q", tt.name, got.code, got.stdout, got.stderr)
		}
		if strings.Contains(line, "secret") || strings.Contains(line, "sec\nret") {
			t.Errorf("%s: the token is in %q", tt.name, line)
		}
	}
}

func TestHelpAndVersion(t *testing.T) {
	if got := runProgram(t, nil, "", "--help"); got.code != 0 || !strings.Contains(got.stdout, "--token-file") || got.stderr != "" {
		t.Errorf("--help: %+v", got)
	}
	if got := runProgram(t, nil, "", "--version"); got.code != 0 || !strings.HasPrefix(got.stdout, "unleash-invite ") {
		t.Errorf("--version: %+v", got)
	}
	if got := runProgram(t, nil, "", "man"); got.code != 0 || !strings.HasPrefix(got.stdout, ".TH UNLEASH-INVITE 1 ") {
		t.Errorf("man: %+v", got)
	}
}

func TestWithoutATerminalTheStatusIsPrinted(t *testing.T) {
	got := runProgram(t, nil, "", "--demo")
	form := regexp.MustCompile(`^Active: anyone with this link can join as Viewer
https://flags\.demo\.example/new-user\?invite=[0-9a-f]{32}
Stops working: .* 00:00 UTC \(in .*\)
Name: default
Created: .* by admin
Joined: 4 \(.*\)
$`)
	if got.code != 0 || got.stderr != "" || !form.MatchString(got.stdout) {
		t.Errorf("%+v", got)
	}
}

func TestWithoutATerminalAFailureIsOnStandardError(t *testing.T) {
	got := runProgram(t, []string{"UNLEASH_URL=http://127.0.0.1:1", "UNLEASH_TOKEN=user:secret"}, "")
	if got.code != 1 || got.stdout != "" || !strings.Contains(got.stderr, "refuse") || strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("%+v", got)
	}
}

// overHTTP serves a demo instance on a port, for the program to reach with a URL.
// seen returns the credentials it was sent so far, and forgets them.
func overHTTP(t *testing.T, base string) (url string, seen func() []string) {
	t.Helper()
	server := demo.New(demo.Options{BasePath: base, Links: demo.Sample(time.Now())})
	t.Cleanup(server.Close)
	var mu sync.Mutex
	var credentials []string
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		credentials = append(credentials, r.Header.Get("Authorization"))
		mu.Unlock()
		server.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	return web.URL, func() []string {
		mu.Lock()
		defer mu.Unlock()
		sent := credentials
		credentials = nil
		return sent
	}
}

func TestTheTokenComesFromWhereItWasSaid(t *testing.T) {
	url, seen := overHTTP(t, "/eu/acme")
	for _, given := range []string{url + "/eu/acme", url + "/eu/acme/", url + "/eu/acme/api", url + "/eu/acme/api/"} {
		got := runProgram(t, nil, demo.AdminToken+"\n", "--url", given, "--token-file", "-")
		if got.code != 0 || !strings.HasPrefix(got.stdout, "Active") {
			t.Errorf("%s: %+v", given, got)
		}
		if sent := seen(); len(sent) == 0 || sent[0] != demo.AdminToken {
			t.Errorf("%s: sent %q", given, sent)
		}
	}
}

func TestInATerminal(t *testing.T) {
	term := terminal.Start(t, terminal.Options{Width: 80, Height: 24}, program(t), "--demo")
	term.WaitFor("● Active")
	term.Type("d")
	term.WaitFor("Delete this link?")
	term.Type("y")
	term.WaitFor("○ Expired")
	term.Type("n")
	term.WaitFor("New invite link")
	term.Type("enter")
	term.WaitFor("● Active")
	term.Type("q")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	output := term.Output()
	for _, query := range []string{`\x1b\[[?>=<][0-9;]*u`, `\x1b\[\?[0-9;]*\$p`, `\x1b\[>[0-9;]*m`, `\x1b\[[0-9;]*[cn]`, `\x1b\]1[0-9];\?`} {
		if found := regexp.MustCompile(query).Find(output); found != nil {
			t.Errorf("asks the terminal or sets a keyboard mode: %q", found)
		}
	}
	for _, want := range []string{"\x1b[?1049h", "\x1b[?1049l", "\x1b[?25h"} {
		if !bytes.Contains(output, []byte(want)) {
			t.Errorf("no %q in the output", want)
		}
	}
}

func TestADumbTerminalGetsPlainText(t *testing.T) {
	term := terminal.Start(t, terminal.Options{Env: []string{"TERM=dumb"}}, program(t), "--demo")
	if code := term.Wait(); code != 0 || bytes.Contains(term.Output(), []byte("\x1b")) {
		t.Errorf("code %d, output %q", code, term.Output())
	}
	term.WaitFor("Active: anyone")
}

func TestMain(m *testing.M) {
	code := m.Run()
	if err := terminal.RemoveBuilds(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func TestOutputThatIsLostIsAFailure(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no full device")
	}
	defer func() { _ = full.Close() }()
	for _, flag := range []string{"--help", "man", "--version", "version", "profiles --demo", "status --demo", "list --json --demo"} {
		cmd := exec.CommandContext(t.Context(), program(t), strings.Fields(flag)...)
		cmd.Stdout = full
		if _ = cmd.Run(); cmd.ProcessState.ExitCode() != exit.Failure {
			t.Errorf("%s ended with %d", flag, cmd.ProcessState.ExitCode())
		}
	}
}

// Who calls a method by its name, as Go's templates do, makes the linker keep all: 2 MB more of memory.
func TestNoTemplatesAreLinked(t *testing.T) {
	content, err := os.ReadFile(program(t))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(content, []byte("text/template.(*state)")) {
		t.Error("the program carries text/template: see cli/fold.go")
	}
}
