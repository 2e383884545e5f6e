//go:build unix

package program

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/exit"
)

// TestASignalInTheMiddleOfARotation comes once the old link is deleted, while the server is asked about it.
func TestASignalInTheMiddleOfARotation(t *testing.T) {
	for _, sent := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		server := demo.New(demo.Options{Links: demo.Sample(time.Now())})
		t.Cleanup(server.Close)
		var deleted sync.Once
		reached, goOn := make(chan bool), make(chan bool)
		var written atomic.Bool
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPut {
				written.Store(true)
			} else if written.Load() {
				deleted.Do(func() { close(reached); <-goOn })
			}
			server.ServeHTTP(w, r)
		}))
		t.Cleanup(web.Close)
		command := exec.CommandContext(t.Context(), program(t), "rotate", "--yes", "--json")
		command.Env = []string{"UNLEASH_URL=" + web.URL, "UNLEASH_TOKEN=" + demo.AdminToken, "HOME=" + t.TempDir()}
		var stdout, stderr bytes.Buffer
		command.Stdout, command.Stderr = &stdout, &stderr
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		<-reached
		if err := command.Process.Signal(sent); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(100*time.Millisecond, func() { close(goOn) })
		_ = command.Wait() // the exit code says it
		var told struct {
			Exit int
			Live []struct{ URL string }
		}
		if err := json.Unmarshal(stdout.Bytes(), &told); err != nil {
			t.Fatalf("%v: %q, %q", err, stdout.String(), stderr.String())
		}
		after := runProgram(t, command.Env, "", "link")
		code := command.ProcessState.ExitCode()
		whole := code == exit.OK && len(told.Live) == 1 && after.stdout == told.Live[0].URL+"\n"
		halfway := code == exit.Partly && len(told.Live) == 0 && after.code == exit.NotJoinable && strings.Contains(stderr.String(), "No link is live now")
		if told.Exit != code || !whole && !halfway {
			t.Errorf("%s: code %d, %q, %q, then %+v", sent, code, stdout.String(), stderr.String(), after)
		}
	}
}

// TestASignalBeforeAnAnswer has a server that never answers: the JSON tells the exit code that the command ends with.
func TestASignalBeforeAnAnswer(t *testing.T) {
	for _, args := range []string{"status --json", "rotate --yes --json"} {
		reached := make(chan bool, 10)
		web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			reached <- true
			<-r.Context().Done()
		}))
		t.Cleanup(web.Close)
		command := exec.CommandContext(t.Context(), program(t), strings.Fields(args)...)
		command.Env = []string{"UNLEASH_URL=" + web.URL, "UNLEASH_TOKEN=" + demo.AdminToken, "HOME=" + t.TempDir()}
		var stdout bytes.Buffer
		command.Stdout = &stdout
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		<-reached
		if err := command.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		_ = command.Wait() // the exit code says it
		code := command.ProcessState.ExitCode()
		if told := fmt.Sprintf(`"exit":%d,`, code); code != exit.Signal+15 || !strings.Contains(stdout.String(), told) {
			t.Errorf("%s: code %d, %q", args, code, stdout.String())
		}
	}
}

// TestASignalWhileTheTokenIsWaitedFor has a token's command, and a token file, that never end.
func TestASignalWhileTheTokenIsWaitedFor(t *testing.T) {
	folder := t.TempDir()
	begun, silent := filepath.Join(folder, "begun"), filepath.Join(folder, "silent")
	for _, pipe := range []string{begun, silent} {
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	home := withProfiles(t, "[[profile]]\nname = \"acme\"\nurl = \"http://127.0.0.1:1\"\ntoken_command = \"cat "+begun+"\"\n", 0o600)
	for _, test := range []struct {
		args       []string
		pipe, want string
	}{
		{[]string{"status"}, begun, "unleash-invite: The token_command of the profile acme was stopped.\n"},
		{[]string{"status", "--url", "http://127.0.0.1:1", "--token-file", silent}, silent, ""},
	} {
		command := exec.CommandContext(ctx, program(t), test.args...)
		command.Env = []string{"PATH=/usr/bin:/bin", "HOME=" + t.TempDir(), home}
		var stderr bytes.Buffer
		command.Stderr = &stderr
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		pipe, err := os.OpenFile(test.pipe, os.O_WRONLY, 0) // waits for the reader
		if err != nil {
			t.Fatal(err)
		}
		if err := command.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		_ = command.Wait() // the exit code says it
		_ = pipe.Close()
		status, _ := command.ProcessState.Sys().(syscall.WaitStatus)
		ended := status.ExitStatus() == exit.Signal+int(syscall.SIGTERM) || status.Signaled() && status.Signal() == syscall.SIGTERM // the same for a shell
		if !ended || stderr.String() != test.want {
			t.Errorf("%q: %s, %s", test.args, command.ProcessState, &stderr)
		}
	}
}

func TestASignalEndsWatchWithItsNumber(t *testing.T) {
	url, seen := overHTTP(t, "")
	command := exec.CommandContext(t.Context(), program(t), "watch")
	command.Env = []string{"UNLEASH_URL=" + url, "UNLEASH_TOKEN=" + demo.AdminToken, "HOME=" + t.TempDir()}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	for len(seen()) == 0 {
		time.Sleep(5 * time.Millisecond)
	}
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // the exit code says it
	if code := command.ProcessState.ExitCode(); code != exit.Signal+int(syscall.SIGTERM) {
		t.Errorf("code %d", code)
	}
}
