//go:build linux

package terminal

import (
	"testing"
	"time"
)

func TestUnreadTellsWhatTheProgramHasNotRead(t *testing.T) {
	term := Start(t, Options{}, "sh", "-c", "stty raw -echo; echo ready; sleep 60")
	term.WaitFor("ready")
	if n := unread(term.tty); n != 0 {
		t.Errorf("%d bytes before anything was typed", n)
	}
	term.write("a")
	for deadline := time.Now().Add(10 * time.Second); unread(term.tty) != 1; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d bytes, not 1", unread(term.tty))
		}
	}
}
