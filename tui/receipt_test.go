package tui

import (
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// rotatingUntil presses the keys, and lets the program work as it does on a terminal, with commands side by side, until
// the screen says something; requests of the method are not answered before the test ends.
func (d *driver) rotatingUntil(says, method string, keys ...string) {
	ended := make(chan struct{})
	d.t.Cleanup(func() { close(ended) })
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == method {
			<-ended
		}
		return nil, nil
	})
	d.hold = true
	d.press(keys...)
	msgs := make(chan tea.Msg, 100)
	for !strings.Contains(d.screen(), says) {
		for _, cmd := range d.held {
			go func() { msgs <- cmd() }()
		}
		d.held = nil
		d.send(<-msgs)
	}
}

func TestTheStepsOfARotationAppearOneByOne(t *testing.T) {
	for method, want := range map[string][3]string{
		http.MethodPut:  {"deleting the old link", "⠋ deleting the old link PUT", "refuses"},
		http.MethodPost: {"creating the new link", "✓ deleted the old link PUT 200 <0.1 ms ✓ the server refuses the old link GET validate 400 <0.1 ms ⠋ creating the new link POST", "accepts"},
	} {
		d := start(t, 80, 24, live("default"))
		d.press("r")
		d.rotatingUntil(want[0], method, "y")
		d.shows("Rotating the invite link", want[1], "esc stop")
		d.hides(want[2])
	}
}

// While the old link goes and the new one is not there, neither header nor title says that a link is active.
func TestTheHeaderOfARotation(t *testing.T) {
	for _, width := range []int{40, 80} {
		for method, says := range map[string]string{http.MethodPut: "deleting", http.MethodPost: "creating"} {
			d := start(t, width, 24, live("default"), live("b"))
			d.press("r", "2")
			d.rotatingUntil(says, method, "enter")
			d.shows("? Rotating")
			d.hides("Active", "●")
			if title := d.m.View().WindowTitle; title != "unleash-invite: ? Rotating — flags.acme.io" {
				t.Errorf("the title is %q", title)
			}
		}
	}
	d := start(t, 80, 24, live("default"))
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			return answer(403, "application/json", `{}`)(r)
		}
		return nil, nil
	})
	d.press("r", "y")
	d.shows("The rotation was not finished", "○ Deleted")
}

func TestTheReceiptTellsEachStepOfARotation(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann", "Bob"))
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method != http.MethodGet {
			d.pass(3 * time.Millisecond)
		}
		return nil, nil
	})
	d.press("r", "y")
	made, _ := d.m.session.Current()
	d.shows("Rotated: it works until Wed 2 Dec 2026 00:00 UTC.",
		"✓ deleted the old link PUT 200 3 ms", "✓ the server refuses the old link GET validate 400 <0.1 ms",
		"✓ created the new link POST 201 3 ms", "✓ the server accepts the new link GET validate 200 <0.1 ms",
		"✓ Copied to the clipboard.", made.URL, "The old link let in 2 accounts: j lists them.", "● Active")
	d.later()
	d.fire(func(time.Duration) bool { return true })
	d.shows("✓ deleted the old link") // it stays
}

func TestTheReceiptOfSeveralLinksNamesTheirNumber(t *testing.T) {
	d := start(t, 80, 24, live("default"), live("b"), live("c"))
	d.press("r", "3", "enter")
	d.shows("✓ deleted the 3 old links PUT 200", "✓ the server refuses the 3 old links GET validate 400")
	d = start(t, 40, 12, live("default"), live("b"), live("c"))
	d.press("r", "3", "enter")
	d.shows("✓ deleted the 3 old links 200", "✓ refused: 3 old links 400", "✓ accepted: new link 200")
}

func TestTheReceiptOfARotationWithoutALiveLinkHasNoOldOne(t *testing.T) {
	gone := live("default")
	gone.Deleted = true
	d := start(t, 80, 24, gone)
	d.press("r", "y")
	d.shows("✓ created the new link POST 201", "✓ the server accepts the new link")
	d.hides("old link")
}

func TestTheReceiptOfAFailedRotationHasTheSentence(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	d.refuseWrites(http.MethodPost)
	d.press("r", "y")
	d.shows("The rotation was not finished", "✓ the server refuses the old link GET validate 400", "✗ creating the new link POST 403",
		"The old link no longer works, and the new link was not created: 403", "r continues from here, u brings the old link back.",
		"The old link let in 1 account: j lists them.", "○ Deleted", "u undo")
	d.hides("accepts the new link", "Copied")
	d.net.set(nil)
	d.press("u")
	d.shows("Restored: it works until")
}

func TestTheReceiptOfARotationThatDeletedNothingTellsOfNoAccounts(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	d.refuseWrites(http.MethodPut)
	d.press("r", "y")
	d.shows("✗ deleting the old link PUT 403", "Nothing was rotated", "● Active")
	d.hides("let in")
}

func TestAStepWithoutAnAnswerIsUnsure(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			return nil, &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
		}
		return nil, nil
	})
	d.press("r", "y")
	d.shows("? creating the new link POST none", "it is not known whether the new link was created")
}

func TestTheNextKeyClosesTheReceiptAndIsHeard(t *testing.T) {
	for key, want := range map[string]string{
		"j": "Joined 1 account", "c": "Copied to the clipboard.", "u": "Restore this link?", "d": "Delete this link?", "l": "All links",
		"?": "In a form", "esc": "the server accepted it", "enter": "the server accepted it", "z": "z does nothing here",
	} {
		d := start(t, 80, 40, live("default", "Ann"))
		d.press("r", "y")
		d.shows("c copy", "l all links")
		d.press(key)
		d.shows(want)
		d.press("esc")
		d.hides("✓")
	}
}

func TestTheReceiptIsMasked(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	old := d.only()
	d.press("m", "r", "y")
	made, _ := d.m.session.Current()
	d.shows("✓ Copied to the clipboard. The copy is not masked.")
	d.hides(old.Secret, made.Secret)
}

func TestTheReceiptFitsTheSmallestWindow(t *testing.T) {
	d := start(t, 40, 12, live("default", "Ann"))
	d.press("r", "y")
	d.shows("Rotated: it works until", "✓ deleted the old link 200", "✓ refused: old link 400", "✓ created the new link 201",
		"✓ accepted: new link 200", "✓ Copied to the clipboard.", "The old link let in 1 account: j lists them.")
	if strings.Count(d.screen(), "\n") != 11 {
		t.Errorf("%s", d.screen())
	}
}
