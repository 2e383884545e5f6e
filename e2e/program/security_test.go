package program

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
)

// strangers is a proxy that counts who comes. The instance of a test is on this machine, which is reached without one.
func strangers(t *testing.T) (env []string, came *atomic.Int32) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	came = new(atomic.Int32)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			came.Add(1)
			_ = conn.Close()
		}
	}()
	at := "http://" + listener.Addr().String()
	return []string{"HTTP_PROXY=" + at, "HTTPS_PROXY=" + at, "ALL_PROXY=" + at}, came
}

// TestWithoutAProfileNothingIsWrittenAndNobodyElseIsAsked uses the program on a terminal and in scripts.
func TestWithoutAProfileNothingIsWrittenAndNobodyElseIsAsked(t *testing.T) {
	url, seen := overHTTP(t, "")
	proxies, came := strangers(t)
	home := t.TempDir()
	env := slices.Concat(proxies, []string{
		"HOME=" + home, "TMPDIR=" + home, "UNLEASH_URL=" + url, "UNLEASH_TOKEN=" + demo.AdminToken, "SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22",
	})
	for _, args := range [][]string{{"status"}, {"rotate", "--yes"}, {"joined"}, {"list", "--json"}, {"delete", "--yes"}, {"restore"}, {"profiles"}} {
		if got := runProgram(t, env, "", args...); got.code != 0 {
			t.Errorf("%q: %+v", args, got)
		}
	}
	term := terminal.Start(t, terminal.Options{Env: env, Width: 100, Height: 30, Dir: home}, program(t))
	term.WaitFor("● Active")
	term.Type("r")
	term.WaitFor("Rotate the invite link?")
	term.Type("y")
	term.WaitFor("clipboard")
	term.Type("x")
	term.WaitFor("As curl")
	term.Type("esc", "p")
	term.WaitFor("Profiles")
	term.Type("q")
	term.Wait()
	err := filepath.WalkDir(home, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			t.Errorf("%s was written", path)
		}
		return err
	})
	if err != nil || len(seen()) == 0 || came.Load() != 0 {
		t.Errorf("%v, asked elsewhere %d times", err, came.Load())
	}
}

// TestChildrenOfTheProgramGetNothingOfOurs has a token's command look around.
func TestChildrenOfTheProgramGetNothingOfOurs(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is for a Unix shell")
	}
	url, _ := overHTTP(t, "")
	told := filepath.Join(t.TempDir(), "told")
	home := withProfiles(t, fmt.Sprintf("default = \"acme\"\n[[profile]]\nname = \"acme\"\nurl = %q\ntoken_command = \"(env; echo core $(ulimit -c)) >%s; echo %s\"\n"+
		"headers = {X-One = {env = \"GATEWAY\"}}\n[[profile]]\nname = \"other\"\nurl = \"https://other.example\"\ntoken_env = \"OTHER\"\n",
		url, told, demo.AdminToken), 0o600)
	got := runProgram(t, []string{home, "UNLEASH_TOKEN=user:own", "OTHER=user:other", "GATEWAY=sesame", "STAYS=yes"}, "", "status", "--profile", "acme")
	text, err := os.ReadFile(told)
	if err != nil || got.code != 0 || !strings.Contains(string(text), "STAYS=yes") || !strings.Contains(string(text), "core 0\n") {
		t.Errorf("%+v, %v\n%s", got, err, text)
	}
	for _, secret := range []string{"user:own", "user:other", "sesame"} {
		if strings.Contains(string(text), secret) {
			t.Errorf("%s is in the command's environment", secret)
		}
	}
}

// TestClipboardProgramsGetNothingOfOurs has programs of those names look around, from the very start of the program on.
func TestClipboardProgramsGetNothingOfOurs(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("it has one clipboard, and its program's path is fixed")
	}
	url, _ := overHTTP(t, "")
	folder := t.TempDir()
	told := filepath.Join(folder, "told")
	for _, name := range []string{"tmux", "xclip", "wl-copy"} {
		script := "#!/bin/sh\n(echo asked " + name + "; env) >>" + told + "\ncat >/dev/null\n"
		if err := os.WriteFile(filepath.Join(folder, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	home := withProfiles(t, "[[profile]]\nname = \"other\"\nurl = \"https://other.example\"\ntoken_env = \"OTHER\"\n", 0o600)
	for name, where := range map[string]string{"tmux": "TMUX=/nowhere,1,0", "xclip": "DISPLAY=:99", "wl-copy": "WAYLAND_DISPLAY=none"} {
		_ = os.Remove(told)
		env := []string{home, where, "PATH=" + folder + ":/usr/bin:/bin", "UNLEASH_URL=" + url, "UNLEASH_TOKEN=" + demo.AdminToken, "OTHER=user:other"}
		term := terminal.Start(t, terminal.Options{Width: 100, Height: 30, Env: env}, program(t))
		term.WaitFor("● Active")
		term.Type("c")
		term.WaitFor("Copied to")
		term.Type("q")
		term.Wait()
		text, err := os.ReadFile(told)
		if err != nil || strings.Count(string(text), "asked "+name+"\n") != 1 || !strings.Contains(string(text), where+"\n") {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
		for _, secret := range []string{demo.AdminToken, "user:other"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s is in the environment of %s", secret, name)
			}
		}
	}
}

func TestNoFlagTakesAToken(t *testing.T) {
	page := runProgram(t, nil, "", "man").stdout
	if got := runProgram(t, nil, "", "--token", "user:secret"); got.code != 2 || strings.Contains(got.stderr, "secret") {
		t.Errorf("%+v", got)
	}
	if strings.Contains(strings.ReplaceAll(page, `\-`, "-"), "--token ") {
		t.Error("the man page tells of --token")
	}
}
