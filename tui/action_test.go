package tui

import (
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/terminal"
)

// cutOff answers nothing to writes, nor to anything after them.
func (d *driver) cutOff() {
	gone := false
	d.net.set(func(r *http.Request) (*http.Response, error) {
		gone = gone || r.Method != http.MethodGet
		if gone {
			return nil, errRefused
		}
		return nil, nil
	})
}

func TestAWriteOfUnknownOutcomeLeavesNoActiveOnTheScreen(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.cutOff()
	d.press("d", "y")
	d.shows("? Unknown", "it was Active", "It is not known whether the link was deleted")
	d.hides("●")
	d.net.set(nil)
	d.press("ctrl+r")
	d.shows("● Active")
}

func TestAFailureStaysUntilAKeyIsPressed(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPut {
			return answer(403, "text/plain", "no")(r)
		}
		return nil, nil
	})
	d.timers = nil
	d.press("d", "y")
	d.fire(func(pause time.Duration) bool { return pause == noticeLasts }) // it does not go away by itself
	d.shows("403")
	d.press("x")
	d.hides("403")
}

func TestPastingDuringAWriteDoesNothing(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("e")
	d.hold = true
	d.press("enter")
	d.send(tea.PasteMsg{Content: "3d"})
	d.hides("Until")
	d.release()
	d.shows("Changed: it works until Thu 26 Nov 2026")
}

func TestComingBackDuringAWriteDoesNotBringBackAnOldState(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("d")
	d.hold = true
	d.press("y")
	write := d.held
	d.held = nil
	d.now = d.now.Add(time.Minute)
	d.send(terminal.ResumedMsg{Stopped: true})
	looks := d.held
	d.held, d.hold = nil, false
	for _, cmd := range append(write, looks...) {
		d.run(cmd)
	}
	d.shows("○ Deleted")
	if len(looks) != 0 {
		t.Errorf("%d commands were started beside the write", len(looks))
	}
}

func TestEscStopsWaitingAndThenGivesUp(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("d")
	d.hold = true
	d.press("y")
	write := d.held
	d.press("esc")
	d.shows("Checking what happened: Deleting the link…")
	d.held = nil
	d.press("esc")
	d.shows("? Unknown", "It is not known whether this worked: Deleting the link")
	look := d.held
	d.held, d.hold = nil, false
	for _, cmd := range look {
		d.run(cmd)
	}
	d.shows("● Active")
	before := d.screen()
	for _, cmd := range write { // its outcome comes too late to say anything
		d.run(cmd)
	}
	if d.screen() != before {
		t.Errorf("a write that was given up changed the screen:\n%s", d.screen())
	}
}

func TestAWriteThatWasDoneButNotSeenLeavesItsForm(t *testing.T) {
	d := start(t, 80, 24)
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/validate") {
			return answer(500, "text/plain", "")(r)
		}
		return nil, nil
	})
	d.press("n", "enter")
	d.shows("? Unknown", "The link was created, but checking it afterwards failed")
	d.hides("New invite link")
	d.only()
}

func TestSuspendWithoutAShellSaysSo(t *testing.T) {
	d := start(t, 80, 24)
	d.send(terminal.ResumedMsg{Stopped: false})
	d.shows("There is no shell to go back to")
	d.press("x")
	d.send(terminal.ResumedMsg{Stopped: true})
	d.hides("There is no shell")
}

func TestGivingUpAWriteGivesUpLeaving(t *testing.T) {
	d := start(t, 100, 24, live("default"))
	d.hold = true
	d.press("d", "y", "q", "esc", "esc")
	d.held, d.hold = nil, false
	d.press("ctrl+r", "c")
	if d.quit || len(d.copies) != 1 {
		t.Errorf("it ended (%v), and copied %q", d.quit, d.copies)
	}
}
