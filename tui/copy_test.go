package tui

import (
	"strings"
	"testing"
)

func TestCopyKey(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("c")
	d.shows("Copied to the clipboard.")
	if len(d.copies) != 1 || d.copies[0] != d.only().URL {
		t.Errorf("copied %q", d.copies)
	}
	d.m.copier.clipboard.Environ = []string{"SSH_TTY=/dev/pts/1"}
	d.press("c")
	d.shows("Sent to your terminal's clipboard.")
	if len(d.raw) != 1 || !strings.HasPrefix(d.raw[0], "\x1b]52;c;") {
		t.Errorf("sent %q", d.raw)
	}
	d.press("d", "y", "c")
	d.shows("but nobody can join with this link.")
}

func TestQuittingWaitsForTheCopy(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.hold = true
	d.press("c", "q")
	if d.quit {
		t.Fatal("it did not wait for the copy")
	}
	d.shows("Leaving as soon as this is done: Copying the link.")
	d.release()
	if said, failed := d.m.Farewell(); !d.quit || failed || said != "Copied to the clipboard." || len(d.copies) != 1 {
		t.Errorf("quit %t, said %q, failed %t, copied %q", d.quit, said, failed, d.copies)
	}
}

func TestQuittingTwiceDoesNotWaitForTheCopy(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.hold = true
	d.press("c", "q")
	d.hold = false
	d.press("q")
	if !d.quit {
		t.Error("it waits on")
	}
}

func TestLeavingDuringARotationCopiesTheNewLink(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	old := d.only()
	d.press("r")
	d.hold = true
	d.press("y", "q")
	d.release()
	if said, _ := d.m.Farewell(); !d.quit || len(d.copies) != 1 || d.copies[0] == old.URL || !strings.Contains(said, "Copied to the clipboard.") {
		t.Errorf("quit %t, said %q, copied %q", d.quit, said, d.copies)
	}
}

func TestTheLinkOfARotationIsCopiedLast(t *testing.T) {
	for _, leaving := range []bool{false, true} {
		d := start(t, 100, 24, live("default"))
		d.hold = true
		d.press("c") // and the clipboard program hangs
		hanging := d.held
		d.held, d.hold = nil, false
		d.press("r", "y")
		if leaving {
			d.press("q")
		}
		for _, cmd := range hanging {
			d.run(cmd)
		}
		now, _ := d.m.session.Current()
		if len(d.copies) != 2 || d.copies[1] != now.URL {
			t.Errorf("copied %q, and the link is %s now", d.copies, now.URL)
		}
		farewell, _ := d.m.Farewell()
		if said := d.screen() + farewell; !strings.Contains(said, "Rotated: ") || d.quit != leaving {
			t.Errorf("said %q, and quit %v:\n%s", farewell, d.quit, d.screen())
		}
	}
}
