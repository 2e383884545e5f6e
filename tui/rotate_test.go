package tui

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/demo"
)

func TestRotateInTwoKeys(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann", "Bob"))
	old := d.only()
	d.press("r")
	d.shows("Rotate the invite link?", "Deletes default", "2 joined", "New link same lifetime",
		"Existing accounts stay.", "y rotate and copy")
	d.press("y")
	made, _ := d.m.session.Current()
	if live := d.links(); len(live) != 2 || live[old.Secret] || !live[made.Secret] {
		t.Errorf("live: %v, made %s of %s", live, made.Secret, old.Secret)
	}
	if len(d.copies) != 1 || d.copies[0] != made.URL || made.Name != "default" {
		t.Errorf("copied %q, made %+v", d.copies, made)
	}
	d.shows("● Active", made.URL, "Rotated: it works until", "Copied to the clipboard.")
}

func TestRotateKeepsTheLifetimeOrTakesAnother(t *testing.T) {
	week := live("default")
	week.CreatedAt, week.ExpiresAt = noon.AddDate(0, 0, -2), time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		keys []string
		want string
	}{
		{[]string{"r", "y"}, "2026-12-01"},
		{[]string{"r", "tab", "y"}, "2026-11-26"},
		{[]string{"r", "tab", "tab", "y"}, "2026-12-01"},
		{[]string{"r", "tab", "tab", "tab", "y"}, "2026-12-23"},
	}
	for _, tt := range tests {
		d := start(t, 80, 24, week)
		d.press(tt.keys...)
		made, _ := d.m.session.Current()
		if got := made.ExpiresAt.UTC().Format(time.DateOnly); got != tt.want {
			t.Errorf("%q: until %s, want %s", tt.keys, got, tt.want)
		}
	}
}

func TestRotateListsEveryLinkThatDies(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"), live("party", "Bob", "Cy"))
	d.press("r")
	d.shows("Deletes default", "1 joined", "party", "2 joined", "Type 2 to rotate all of them")
	d.press("y", "enter") // not by habit
	d.shows("That is not 2, so nothing was done")
	d.press("backspace", "2", "enter")
	alive := 0
	for _, ok := range d.links() {
		if ok {
			alive++
		}
	}
	if alive != 1 {
		t.Errorf("%d links are live", alive)
	}
}

func TestAnyOtherKeyDoesNotRotate(t *testing.T) {
	for _, name := range []string{"n", "esc", "enter", "r", "q", "space"} {
		d := start(t, 80, 24, live("default"))
		d.press("r", name)
		d.shows("Nothing was rotated.", "● Active")
		if d.quit || !d.only().Enabled {
			t.Errorf("%q acted", name)
		}
	}
}

func TestUndoAfterRotatingAsks(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	old := d.only()
	d.press("r", "y", "u")
	d.shows("Restore this link?", old.URL, "both would let people in")
}

// refuseWrites answers a kind of write with 500.
func (d *driver) refuseWrites(method string) {
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == method {
			return answer(403, "text/plain", "no")(r)
		}
		return nil, nil
	})
}

func TestARotationThatFailsTellsWhatIsTrue(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.refuseWrites(http.MethodPut)
	d.press("r", "y")
	d.shows("● Active", "403")
	d.refuseWrites(http.MethodPost)
	d.press("r", "y")
	d.shows("○ Deleted", "no longer works", "403", "u undo")
	d.net.set(nil)
	d.press("r")
	d.shows("Deletes none: no link works now")
	d.press("y")
	d.shows("● Active", "Rotated")
}

func TestRotatingAnExpiredLinkMakesANewOne(t *testing.T) {
	old := live("default")
	old.ExpiresAt = noon.AddDate(0, 0, -3)
	d := start(t, 80, 24, old)
	d.shows("r rotate n new link")
	d.press("r", "y")
	d.shows("● Active", "Rotated")
}

func TestARotationDoesNotTouchWhatChangedElsewhere(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("r")
	if _, err := d.api.Create(t.Context(), "another", noon.AddDate(0, 0, 9)); err != nil {
		t.Fatal(err)
	}
	d.later()
	d.press("y")
	d.shows("● Active", "othing was", "another", "Also live 1")
}

func TestLeavingDuringAWriteWaitsForItAndTells(t *testing.T) {
	for _, leave := range []string{"q", "ctrl+c"} {
		d := start(t, 80, 24, live("default"))
		d.hold = true
		d.press("d", "y", leave)
		d.shows("Quitting as soon as this is done: Deleting the link.")
		d.release()
		if text, failed := d.m.Farewell(false); !d.quit || failed || !strings.HasPrefix(text, "Deleted:") {
			t.Errorf("%s: quit %v, said %q, failed %v", leave, d.quit, text, failed)
		}
	}
}

func TestLeavingTwiceDoesNotWait(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.hold = true
	d.press("d", "y", "q")
	d.held = nil
	d.hold = false
	d.press("q")
	if text, failed := d.m.Farewell(false); !d.quit || !failed || !strings.HasPrefix(text, "Deleting the link was still under way") {
		t.Errorf("quit %v, said %q, failed %v", d.quit, text, failed)
	}
}

func TestLeavingTellsThatAWriteFailed(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.refuseWrites(http.MethodPut)
	d.press("d")
	d.hold = true
	d.press("y", "q")
	d.release()
	if text, failed := d.m.Farewell(false); !d.quit || !failed || !strings.Contains(text, "403") {
		t.Errorf("quit %v, said %q, failed %v", d.quit, text, failed)
	}
}

func TestReadOnly(t *testing.T) {
	d := start(t, 100, 24, append(several(), demo.Link{})...)
	d.m.ReadOnly = true
	d.run(d.m.Switch(d.m.session.Instance))
	before := d.links()
	d.shows("admin · read-only", "c copy", "l all links")
	d.hides("d delete", "r rotate", "e expiry")
	for _, name := range []string{"n", "r", "e", "d", "u"} {
		d.press(name)
		d.shows("This session is read-only: start without --read-only to change links.")
	}
	d.press("l", "down")
	for _, name := range []string{"e", "d", "u"} {
		d.press(name)
		d.shows("This session is read-only")
	}
	if after := d.links(); len(after) != len(before) {
		t.Errorf("%d links became %d", len(before), len(after))
	}
	d.press("c")
	d.shows("Copied")
}

// rivalAt lets somebody else make a link of the same name once, when a request of
// the method comes by after the POST of ours, or at that.
func (d *driver) rivalAt(method string) {
	raw, err := client.New(d.server.URL(), demo.AdminToken, client.WithTransport(d.net.next), client.WithClock(d.m.Now))
	if err != nil {
		d.t.Fatal(err)
	}
	posted, came := false, false
	d.net.set(func(r *http.Request) (*http.Response, error) {
		posted = posted || r.Method == http.MethodPost
		if posted && !came && r.Method == method {
			came = true
			d.pass(time.Second)
			if _, err := raw.Create(d.t.Context(), "default", noon.AddDate(0, 0, 9)); err != nil {
				d.t.Error(err)
			}
			d.pass(time.Second)
		}
		return nil, nil
	})
}

// pass lets time pass while requests are under way.
func (d *driver) pass(span time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(span)
}

func TestTwoAdminsRotateAtTheSameTime(t *testing.T) {
	for method, want := range map[string]string{
		http.MethodPost: "theirs came first and stays, yours was deleted",
		http.MethodGet:  "theirs came later and was deleted, yours stays",
	} {
		d := start(t, 100, 24, live("default"))
		d.rivalAt(method)
		d.press("r", "y")
		d.shows("● Active", want)
		d.hides("Also live")
		alive := 0
		for _, ok := range d.links() {
			if ok {
				alive++
			}
		}
		if alive != 1 {
			t.Errorf("%s: %d links are live", method, alive)
		}
		if copied := len(d.copies) == 1; copied != (method == http.MethodGet) {
			t.Errorf("%s: copied %q", method, d.copies)
		}
	}
}

// manyLive are live links, more than any question can list; some have the same name.
func manyLive(n int) []demo.Link {
	all := make([]demo.Link, n)
	for i := range all {
		all[i] = live([]string{"default", "workshop", strings.Repeat("long name ", 9)}[i%3], "Ann")
	}
	return all
}

func TestTheRotationOfManyLinksSaysHowManyWhereverItIsAsked(t *testing.T) {
	for _, production := range []bool{false, true} {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
			d := start(t, size[0], size[1], manyLive(60)...)
			d.m.session.Instance.Production, d.m.session.Instance.Profile = production, "acme"
			d.press("r")
			d.shows("Rotate all 60 live links (60 joined)?", "more: l lists all", "UTC", "All of them stop working at once.")
			if production {
				d.shows("type acme to rotate its link", "Name")
			}
			if !strings.Contains(d.screen(), "…and ") {
				t.Errorf("at %v: %s", size, d.screen())
			}
		}
	}
}

func TestLinksOfOneNameAreToldApart(t *testing.T) {
	d := start(t, 80, 24, live("default"), live("default"), live("party"))
	links := d.m.session.Links.Live(d.now)
	d.press("r")
	for _, l := range links {
		if end := "…" + l.Secret[len(l.Secret)-4:]; strings.Contains(d.screen(), end) != (l.Name == "default") {
			t.Errorf("%s %s:\n%s", l.Name, end, d.screen())
		}
	}
}

func TestARotationIsNarrowedToTheLinkThatIsShown(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"), live("party", "Bob"), live("team"))
	d.press("r")
	d.shows("Rotate all 3 live links (2 joined)?", "tab only this link")
	d.press("tab")
	d.shows("Rotate only this link?", "Enter rotates only this link; the others stay live.", "The old link stops working at once.", "tab all of them")
	d.hides("party")
	d.press("right")
	d.shows("48 hours")
	d.press("enter")
	d.shows("Rotated: it works until")
	for name, want := range map[string]bool{"party": true, "team": true} {
		if got := d.named(name); got.Enabled != want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if n := len(d.m.session.Links.Live(d.now)); n != 3 {
		t.Errorf("%d links are live", n)
	}
}
