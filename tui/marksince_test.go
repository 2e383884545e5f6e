package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// joinedOverTime has Ann, Bob and Cem join at even steps since the link was made, 30 hours ago.
func joinedOverTime(t *testing.T, width, height int) *driver {
	t.Helper()
	d := start(t, width, height, live("default", "Ann", "Bob", "Cem"))
	d.press("j")
	return d
}

func TestAllWhoJoinedSinceATypedTimeAreMarked(t *testing.T) {
	d := joinedOverTime(t, 100, 24)
	d.press("s")
	d.shows("Mark who joined since: 2h, yesterday", "how long ago, a day, a time, or both", "enter mark them", "esc cancel")
	d.write("15h")
	d.shows("1 account since Sun 22 Nov 2026 23:02 UTC · 15 hours ago", "* Cem")
	d.press("backspace", "backspace", "backspace")
	d.write("yesterday 18:00") // its letters are no keys
	d.shows("2 accounts since Sun 22 Nov 2026 18:00 UTC · 20 hours 2 minutes ago", "* Cem", "* Bob")
	d.press("enter")
	d.shows("Joined 3 accounts, 2 marked", "Marked 2 accounts: d removes.", "* Bob")
	d.hides("*    Ann")
	d.press("d", "y")
	d.shows("Removed 2 of 2 accounts")
	d.has("Ann")
}

func TestATimeThatIsNoneMarksNobodyAndSaysWhatToWrite(t *testing.T) {
	d := joinedOverTime(t, 100, 24)
	for typed, says := range map[string]string{"": "! Not a time: use 2h, 30m, 3d", "2027-01-01": "! That time is still ahead"} {
		d.press("s")
		d.write(typed)
		d.hides("!")
		d.press("enter")
		d.shows(says, "Mark who joined since:")
		d.press("esc")
		d.shows("Joined 3 accounts")
		d.hides("marked", "*")
	}
}

func TestEscLeavesTheMarksAsTheyWere(t *testing.T) {
	d := joinedOverTime(t, 100, 24)
	d.press("space", "s")
	d.write("2d")
	d.shows("3 accounts since", "* Ann")
	d.press("esc")
	d.shows("1 marked", "* Cem")
	d.hides("*    Ann")
	d.press("s")
	d.shows("how long ago") // it is empty again
}

func TestATypedTimeIsTheUsersAndCanBePasted(t *testing.T) {
	d := joinedOverTime(t, 120, 40)
	d.m.Location = time.FixedZone("IST", 5*3600+1800)
	d.press("s")
	d.send(tea.PasteMsg{Content: "23 Nov 00:30\n"})
	d.shows("2 accounts since Sun 22 Nov 2026 19:00 UTC · Mon 23 Nov 2026 00:30 IST")
}

func TestATypedTimeMarksWhatTheFilterLetsThrough(t *testing.T) {
	d := joinedOverTime(t, 100, 24)
	d.press("/")
	d.write("ann")
	d.press("enter", "s")
	d.write("3d")
	d.shows("1 account since")
	d.press("enter", "esc")
	d.shows("Joined 3 accounts, 1 marked", "* Ann")
}

func TestTheOwnAccountIsLeftOutSinceATypedTime(t *testing.T) {
	d := joinedOverTime(t, 100, 24)
	d.m.session.User.ID = d.m.session.People().Joined[0].ID
	d.press("s")
	d.write("15h")
	d.press("enter")
	d.shows("No account was marked. Cem was left out: it is your own account.")
}
