package scale

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// While nothing happens the program sleeps. A renderer that looks 60 times a second for something to paint wakes it
// more than 300 times in these five seconds.
func TestAnIdleProgramSleeps(t *testing.T) {
	term := open(t, startInstance(t, &instance{}))
	term.WaitFor("● Active")
	time.Sleep(time.Second)
	bytes, wakes := len(term.Output()), wakeUps(t, term.Process().Pid)
	time.Sleep(5 * time.Second)
	bytes, wakes = len(term.Output())-bytes, wakeUps(t, term.Process().Pid)-wakes
	t.Logf("in 5 s it woke up %d times and wrote %d bytes; %d MiB of memory", wakes, bytes, peak(t, term))
	if wakes > 200 {
		t.Errorf("it woke up %d times", wakes)
	}
	if bytes > 15 {
		t.Errorf("it wrote %d bytes", bytes)
	}
}

// wakeUps is how often the threads of a process went to sleep so far.
func wakeUps(t *testing.T, pid int) int {
	t.Helper()
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	sum := 0
	for _, file := range files {
		sum += figure(t, file, "voluntary_ctxt_switches:")
	}
	return sum
}
