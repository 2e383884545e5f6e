package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// shell runs a script in a terminal.
func shell(t *testing.T, answers bool, script string) *session {
	t.Helper()
	s, err := begin(answers, plainEnv(t.TempDir()), "sh", "-c", script)
	if errors.Is(err, pty.ErrUnsupported) {
		t.Skip("this system has no pseudo-terminals")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.end)
	return s
}

// The time is that of the bytes, however late one looks.
func TestShownTellsWhenItCame(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits, to see the time")
	}
	s := shell(t, false, `printf wait; sleep 0.6; printf '\rdone'; sleep 0.6; printf '\rover'; read line`)
	time.Sleep(2 * time.Second)
	wait, err := s.shown("wait")
	if err != nil {
		t.Fatal(err)
	}
	done, err := s.shown("done")
	if err != nil {
		t.Fatal(err)
	}
	over, err := s.shown("over")
	if err != nil || done-wait < 200*time.Millisecond || over-done < 200*time.Millisecond || over >= time.Since(s.began) {
		t.Errorf("%v, %v, %v (%v)", wait, done, over, err)
	}
	if s.size() != 14 {
		t.Errorf("%d bytes, want 14: %q", s.size(), s.output())
	}
}

func TestWhatNeverComesIsAnError(t *testing.T) {
	if _, err := shell(t, false, "echo one; echo two").shown("three"); err == nil || !strings.Contains(err.Error(), "two") {
		t.Errorf("%v, want the screen", err)
	}
	if _, err := shell(t, false, "echo one; echo two").written("three"); err == nil || !strings.Contains(err.Error(), "two") {
		t.Errorf("%v, want the output", err)
	}
}

func TestPress(t *testing.T) {
	s := shell(t, false, `stty -echo; printf ready; read line; printf '\033[m'; sleep 0.2; printf '\rchange'; read line; exit`)
	if _, err := s.shown("ready"); err != nil {
		t.Fatal(err)
	}
	took, size, err := s.press(press{key: "\n"})
	if err != nil || took < 200*time.Millisecond || size != 10 {
		t.Errorf("%v and %d bytes, want 200 ms and 10 (%v)", took, size, err)
	}
	if _, _, err := s.press(press{key: "\n"}); err == nil {
		t.Error("a key that changes nothing is no error")
	}
}

func TestTerminalAnswersOrIsMute(t *testing.T) {
	for _, test := range []struct {
		answers bool
		tenths  int // of a second, for which it waits
		want    string
	}{{true, 100, "1"}, {false, 3, "0"}} {
		script := fmt.Sprintf(`stty raw -echo min 0 time %d; printf 'ask\033[c'; head -c 1 | wc -c`, test.tenths)
		if _, err := shell(t, test.answers, script).written("ask\x1b[c" + test.want); err != nil {
			t.Errorf("answers %v: %v", test.answers, err)
		}
	}
}
