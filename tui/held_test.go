package tui

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

const dead = "! The link in your clipboard no longer works"

func TestADeadLinkInTheClipboardIsTold(t *testing.T) {
	for name, keys := range map[string][]string{
		"c": {"c"}, "the QR code": {"g", "c", "esc"}, "all links": {"l", "c", "esc"}, "curl": {"x", "c", "esc"}, "a rotation": {"r", "y"},
	} {
		t.Run(name, func(t *testing.T) {
			d := start(t, 80, 24, live("default"))
			d.press(keys...)
			d.press("e", "esc") // what is said of the copy goes
			d.hides(dead)
			held, _ := d.m.session.Current()
			if err := d.api.Delete(t.Context(), held.Secret); err != nil {
				t.Fatal(err)
			}
			d.later()
			d.refreshed()
			d.shows(dead + ".")
			if err := d.api.Restore(t.Context(), held.Secret); err != nil {
				t.Fatal(err)
			}
			d.later()
			d.refreshed()
			d.hides(dead)
		})
	}
}

func TestWhatKillsTheLinkInTheClipboardHere(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("c", "d", "y")
	d.shows("Deleted: nobody can join", dead+".")
	d.press("u")
	d.shows("Restored: it works")
	d.hides(dead)
}

func TestTheLinkThatWorksIsOffered(t *testing.T) {
	d := start(t, 40, 12, live("default"))
	d.press("c")
	old := d.only()
	if err := d.api.Delete(t.Context(), old.Secret); err != nil {
		t.Fatal(err)
	}
	made, err := d.api.Create(t.Context(), "default", noon.AddDate(0, 0, 9))
	if err != nil {
		t.Fatal(err)
	}
	d.later()
	d.refreshed()
	d.shows("● Active", dead+": c copies the one that does.")
	d.press("l")
	d.shows(dead + ".")
	d.press("esc", "c")
	d.hides(dead)
	if d.copies[len(d.copies)-1] != made.URL {
		t.Errorf("copied %q", d.copies)
	}
}

// The clipboard is one: what is known of its link is told again where that link is.
func TestTheClipboardOutlivesAnInstance(t *testing.T) {
	d := start(t, 90, 40, live("default"))
	d.press("c")
	first, held := d.m.session.Instance, d.only()
	d.run(d.m.Switch(another(t, d, live("default"))))
	if err := d.api.Delete(t.Context(), held.Secret); err != nil {
		t.Fatal(err)
	}
	d.later()
	d.press("ctrl+r")
	d.hides(dead)
	d.run(d.m.Switch(first))
	d.shows(dead + ".")
}

// verdictsAre answers questions about links with the status, those before a list with it, too.
func (d *driver) verdictsAre(status int) (asked *int) {
	asked = new(int)
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.URL.Path, "/validate") {
			return nil, nil
		}
		*asked++
		return &http.Response{StatusCode: status, Body: http.NoBody, Request: r}, nil
	})
	return asked
}

func TestCopyAsksWhetherTheLinkWorks(t *testing.T) {
	const copied, corrected = "Copied to the clipboard.", "Copied to the clipboard, but nobody can join with this link."
	d := start(t, 80, 24, live("default"))
	asked := d.verdictsAre(400)
	d.press("c")
	if d.shows(copied); *asked != 0 {
		t.Error("it asks although the server has just told")
	}
	d.later()
	d.hold = true
	d.press("c")
	d.answered() // by the clipboard
	d.shows("● Active", copied)
	d.release()
	d.shows("○ Refused", corrected)
	d.hides(dead)
	d.press("ctrl+r")
	d.shows(dead + ".")
	if *asked != 2 || len(d.copies) != 2 {
		t.Errorf("asked %d times, copied %q", *asked, d.copies)
	}
}

// When the notice is gone by the time that the server says no, the line tells.
func TestABadVerdictAfterTheNotice(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.verdictsAre(400)
	d.later()
	d.hold = true
	d.press("c")
	d.answered() // by the clipboard
	d.press("?", "esc")
	d.release()
	d.shows("○ Refused", dead+".")
}

func TestCopyWithoutAVerdictIsStillACopy(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.verdictsAre(500)
	d.later()
	d.press("c")
	d.shows("● Active", "Copied to the clipboard.")
}

// A verdict that was asked for after a look began is newer than what that look brings.
func TestALookDoesNotUndoANewerVerdict(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.hold = true
	d.press("ctrl+r")
	look := d.held
	d.held, d.hold = nil, false
	asked := look[0]() // and is answered that it works
	d.now = d.now.Add(5 * time.Second)
	d.verdictsAre(400)
	d.press("c")
	d.shows("○ Refused")
	d.send(asked)
	d.shows("○ Refused")
}
