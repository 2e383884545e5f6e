package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// descendants maps the number of each process below the given one to its command line.
func descendants(t *testing.T, ancestor int) map[int]string {
	t.Helper()
	children := map[int][]int{}
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if pid, parent, ok := processAndParent(file); ok {
			children[parent] = append(children[parent], pid)
		}
	}
	found := map[int]string{}
	for waiting := children[ancestor]; len(waiting) > 0; {
		pid := waiting[0]
		waiting = append(waiting[1:], children[pid]...)
		found[pid] = commandLine(pid)
	}
	return found
}

// processAndParent reads two numbers of a stat file: "pid (name) state parent …", where the name may hold anything.
func processAndParent(file string) (pid, parent int, ok bool) {
	content, err := os.ReadFile(file)
	if err != nil {
		return 0, 0, false // it has ended meanwhile
	}
	text := string(content)
	fields := strings.Fields(text[strings.LastIndex(text, ")")+1:])
	pid, errPID := strconv.Atoi(filepath.Base(filepath.Dir(file)))
	parent, errParent := strconv.Atoi(fields[1])
	return pid, parent, errPID == nil && errParent == nil
}

func commandLine(pid int) string {
	// Empty for one that has ended.
	content, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	return string(bytes.ReplaceAll(bytes.TrimRight(content, "\x00"), []byte{0}, []byte{' '}))
}

// alive returns those of the processes that still run.
func alive(processes map[int]string) map[int]string {
	left := map[int]string{}
	for pid, command := range processes {
		if now := commandLine(pid); now != "" && now == command {
			left[pid] = command
		}
	}
	return left
}
