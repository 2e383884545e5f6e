package tui

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"unleash-invite/tui/session"
)

// limitLooks lets the program look again, as it does while a limit is watched.
func (d *driver) limitLooks() {
	d.fire(func(pause time.Duration) bool { return pause == session.LimitEvery })
}

func TestALimitOfJoinsClosesTheLink(t *testing.T) {
	for then, want := range map[string]string{"": "the link was deleted.", "right": "the link was replaced by a new one."} {
		d := start(t, 80, 24, live("default", "Ann"))
		old := d.only().Secret
		d.press("w")
		d.shows("Close this link automatically", "Joined 1 so far", "how many may join in all")
		d.write("3")
		d.shows("If it is not running, the link works until Tue 1 Dec 2026 00:00 UTC.")
		d.press("tab", "tab")
		if then != "" {
			d.press(then)
		}
		d.press("enter")
		d.shows("after 3 joins (1 so far)", "● Active")
		d.join("Bob")
		d.limitLooks()
		d.shows("after 3 joins (2 so far)", "● Active")
		d.press("l") // wherever the user is
		for _, name := range []string{"Carol", "Dan"} {
			d.joinBy(old, name)
		}
		d.limitLooks()
		d.shows("4 joined, 1 more than the limit of 3: " + want)
		if d.links()[old] {
			t.Error("people can join with it")
		}
		d.press("esc")
		d.shows("Limit 4 joined, 1 more than the limit of 3: "+strings.TrimSuffix(want, "."), map[bool]string{true: "○ Deleted", false: "● Active"}[then == ""])
		if n := len(d.links()); n != 1 && then == "" || n != 2 && then != "" {
			t.Errorf("there are %d links", n)
		}
	}
}

// Should the program be killed, the link's own expiry holds.
func TestALimitOfTimeSetsTheLinksExpiry(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	d.press("w", "tab")
	d.write("18:00")
	d.shows("Closes Mon 23 Nov 18:00", "in 3 hours", "the link works until Tue 24 Nov 2026 00:00 UTC.")
	d.press("enter")
	d.shows("Stops working Tue 24 Nov 2026 00:00 UTC", "Limit deleted at Mon 23 Nov 18:00")
	secret := d.only().Secret
	d.now = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	d.limitLooks()
	d.shows("Limit the time limit is reached: the link was deleted")
	if d.links()[secret] {
		t.Error("people can join with it")
	}
}

func TestALimitIsAskedForInWords(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann", "Bob"))
	d.press("w", "enter")
	d.shows("! Enter how many may join in all, until when, or both")
	d.write("0")
	d.press("enter")
	d.shows("! How many may join has to be a number, 1 or more.")
	d.press("backspace")
	d.write("2")
	d.shows("at once, because the limit of 2 is reached")
	d.press("tab")
	d.write("12:00")
	d.press("enter")
	d.shows("! That time has passed today")
	d.press("esc")
	if _, on := d.m.session.Limit(); on {
		t.Error("there is a limit")
	}
	d.m.ReadOnly = true
	d.m.session = d.m.newSession(d.m.session.Instance)
	d.press("ctrl+r", "w")
	d.shows("This session is read-only")
	d = start(t, 80, 24)
	d.press("w")
	d.shows("No link is live, so there is nothing to limit")
}

func TestALimitCanBeTakenOff(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	d.press("w")
	d.write("3")
	d.press("enter", "w")
	d.shows("Joins 3")
	d.press("backspace")
	d.shows("Enter with both empty removes the limit")
	d.press("enter")
	d.shows("The limit is off: the link works until Tue 1 Dec 2026 00:00 UTC.")
	d.hides("Closes")
}

func TestALimitThatCantBeKeptIsTriedAgain(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	secret := d.only().Secret
	d.press("w")
	d.write("1")
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPut {
			return nil, errRefused
		}
		return nil, nil
	})
	d.press("enter")
	d.shows("The limit of 1 is reached, but closing the link failed and will be tried again", "● Active", "after 1 join (1 so far)")
	d.net.set(nil)
	d.refreshed()
	d.shows("Limit the limit of 1 is reached: the link was deleted")
	if d.links()[secret] {
		t.Error("people can join with it")
	}
}

func TestALinkThatIsGoneBeforeItsLimit(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	d.press("w")
	d.write("9")
	d.press("enter", "d", "y")
	d.limitLooks()
	d.shows("Limit the link was deleted before its limit was seen")
	if _, on := d.m.session.Limit(); on {
		t.Error("it is still watched")
	}
}

func TestLeavingALimitIsAskedAbout(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	d.press("w")
	d.write("9")
	d.press("enter", "q")
	d.shows("Leave anyway?", "Its limit is watched only by this program.")
	d.press("esc")
	d.shows("The limit is still being watched.", "after 9 joins (1 so far)")
	d.press("q", "y")
	if text, failed := d.m.Farewell(false); !d.quit || failed || text != "The limit of the invite link is no longer watched." {
		t.Errorf("%v, %q, %v", d.quit, text, failed)
	}

	d = withProfiles(t, 100, 30)
	d.press("w")
	d.write("9")
	d.press("enter")
	d.write("acme")
	d.press("enter")
	d.shows("after 9 joins (1 so far)")
	d.press("p", "down", "enter")
	d.shows("Leave anyway?")
	d.press("y")
	d.shows("The limit of the link of flags.acme.io is no longer watched.", "eu · eu.acme.io")
}

func TestALimitIsWatchedOften(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	pauses := func() string {
		var all []string
		for _, timer := range d.timers {
			all = append(all, fmt.Sprint(timer.pause))
		}
		return strings.Join(all, " ")
	}
	d.timers = nil
	d.press("w")
	d.write("9")
	d.press("enter")
	if !strings.Contains(pauses(), session.LimitEvery.String()) {
		t.Errorf("it looks again after %s", pauses())
	}
}
