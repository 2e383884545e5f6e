//go:build unix

package clipboard

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// tools is a folder of programs that stands alone on PATH.
type tools struct {
	t      *testing.T
	folder string
}

func newTools(t *testing.T) tools {
	t.Helper()
	s := tools{t, t.TempDir()}
	for _, name := range []string{"sh", "env", "sleep", "cat"} {
		if err := os.Symlink(lookPath(t, name), filepath.Join(s.folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func lookPath(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// add makes a program of a shell script.
func (s tools) add(name, script string) tools {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		s.t.Fatal(err)
	}
	return s
}

// addHanging makes a program that hangs, and a child of it, too.
func (s tools) addHanging(name string) tools {
	return s.add(name, "sleep 300 & echo $$ $! > "+s.file("pids")+"; wait")
}

func (s tools) file(name string) string { return filepath.Join(s.folder, name) }

func (s tools) path() string { return "PATH=" + s.folder }

// pids waits for the hanging program and returns its processes.
func (s tools) pids() []int {
	s.t.Helper()
	for range 500 {
		text, err := os.ReadFile(s.file("pids"))
		if fields := strings.Fields(string(text)); err == nil && len(fields) == 2 {
			own, errOwn := strconv.Atoi(fields[0])
			child, errChild := strconv.Atoi(fields[1])
			if errOwn == nil && errChild == nil {
				return []int{own, child}
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.t.Fatal("the clipboard program was not started")
	return nil
}

// gone fails if one of the processes still runs.
func gone(t *testing.T, pids []int) {
	t.Helper()
	for _, pid := range pids {
		left := true
		for range 500 {
			if left = runs(pid); !left {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if left {
			t.Errorf("process %d is left behind", pid)
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// runs reports whether a process runs; one that has ended may wait for its parent to notice.
func runs(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return syscall.Kill(pid, 0) == nil && !exists("/proc/self")
	}
	text := string(stat)
	return !strings.HasPrefix(text[strings.LastIndex(text, ")")+1:], " Z")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
