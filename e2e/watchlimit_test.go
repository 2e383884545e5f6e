//go:build unix

package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
)

// watcher starts watch, which looks each second, and waits until it does.
func watcher(t *testing.T, i *instance.Instance, args ...string) (command *exec.Cmd, stdout *bytes.Buffer) {
	t.Helper()
	command = exec.CommandContext(t.Context(), terminal.Build(t, "unleash-invite"), append([]string{"watch", "--every", "1s", "--json", "--yes"}, args...)...)
	command.Env = []string{"UNLEASH_URL=" + i.URL, "UNLEASH_TOKEN=" + i.AdminToken, "HOME=" + t.TempDir(), "TZ=UTC"}
	stdout = new(bytes.Buffer)
	command.Stdout = stdout
	notes, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	if said, err := bufio.NewReader(notes).ReadString('\n'); err != nil || !strings.Contains(said, "Watching") {
		t.Fatalf("%q, %v", said, err)
	}
	return command, stdout
}

func TestWatchEndsTheLinkAtItsLimit(t *testing.T) {
	i := unleash(t)
	for then, event := range map[string]string{"delete": "deleted", "rotate": "rotated"} {
		t.Run(then, func(t *testing.T) {
			disableAll(t, i)
			made := makeLink(t, i, time.Now().AddDate(0, 0, 5))
			command, stdout := watcher(t, i, "--max-joins", "2", "--then", then)
			signal := func(s syscall.Signal) {
				t.Helper()
				if err := command.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
			}
			signal(syscall.SIGSTOP) // all of them join between two looks
			var want []string
			for _, name := range []string{"xena", "yuri", "zoe"} {
				email := fmt.Sprintf("%s.%s@example.com", name, then)
				if status, err := i.SignUp(t.Context(), made.Secret, name, email); err != nil || status != http.StatusCreated {
					t.Fatalf("%s: %d, %v", name, status, err)
				}
				want = append(want, email)
			}
			signal(syscall.SIGCONT)
			if err := command.Wait(); err != nil {
				t.Fatalf("%v, after %s", err, stdout)
			}
			ofTheSchema(t, stdout.String())
			lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
			if len(lines) != 4 || !strings.Contains(lines[3], `"event":"`+event+`"`) || !strings.Contains(lines[3], "3 joined, 1 more than the limit of 2") {
				t.Fatalf("%q", lines)
			}
			for n, email := range want {
				if !strings.Contains(lines[n], email) {
					t.Errorf("line %d lacks %s: %s", n, email, lines[n])
				}
			}
			live := liveOn(t, i)
			if validate(t, i, made.Secret) != http.StatusBadRequest || (len(live) == 1) != (then == "rotate") {
				t.Errorf("live are %+v", live)
			}
		})
	}
}

func TestALinkExpiresByItselfWhenWatchIsKilled(t *testing.T) {
	awayFromMidnight()
	i := unleash(t)
	disableAll(t, i)
	made := makeLink(t, i, time.Now().AddDate(0, 0, 20))
	end := time.Now().Add(49 * time.Hour)
	command, _ := watcher(t, i, "--until", "49h")
	if err := command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // it was killed
	for _, each := range tokens(t, i) {
		if each.Secret == made.Secret && !each.ExpiresAt.Equal(midnightAfter(end)) {
			t.Errorf("it expires %s, want %s", each.ExpiresAt, midnightAfter(end))
		}
	}
}
