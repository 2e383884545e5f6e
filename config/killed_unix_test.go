//go:build unix

package config

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestKilledWhileACommandHangsItsChildrenEnd runs itself again as the program that is killed.
func TestKilledWhileACommandHangsItsChildrenEnd(t *testing.T) {
	const place, asking = "UNLEASH_INVITE_TEST_PIDS", "UNLEASH_INVITE_TEST_ASK"
	if folder := os.Getenv(place); folder != "" {
		hang := `sh -c 'echo $$ >` + folder + `/a; sleep 300; :' | sh -c 'echo $$ >` + folder + `/b; cat; :'`
		_, err := Profiles{}.Token(t.Context(), commandProfile(hang), os.Getenv(asking) != "")
		t.Fatal("the command ended", err)
	}
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		for _, ask := range []string{"", "1", "within a script"} {
			folder := t.TempDir()
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$")
			cmd.Env = append(os.Environ(), place+"="+folder, asking+"="+ask)
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: ask != "within a script"} // as shells start programs
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			children := []int{pid(t, filepath.Join(folder, "a")), pid(t, filepath.Join(folder, "b"))}
			_ = cmd.Process.Signal(signal)
			_ = cmd.Wait()
			for _, child := range children {
				within(t, "a child ends after "+signal.String(), func() bool {
					return errors.Is(syscall.Kill(child, 0), syscall.ESRCH) || zombie(child)
				})
			}
		}
	}
}

// zombie reports whether a process has ended and nobody took note: a container may have nobody for it.
func zombie(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}

// pid waits for the number in the file.
func pid(t *testing.T, path string) (pid int) {
	t.Helper()
	within(t, "a child writes "+path, func() bool {
		text, err := os.ReadFile(path)
		if err != nil || !strings.HasSuffix(string(text), "\n") {
			return false
		}
		pid, err = strconv.Atoi(strings.TrimSpace(string(text)))
		return err == nil
	})
	return pid
}

// within waits long enough for any machine.
func within(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 3000 {
		if holds() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("never: " + what)
}
