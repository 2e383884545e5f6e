package tui

import "testing"

func TestTheReceiptOfARotationSaysWhomTheOldLinksLetIn(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann", "Bob"), live("soon", "Zoe"))
	d.press("r")
	d.hides("can read the new secret", "accounts first") // not on Unleash 8
	d.press("2", "enter")
	d.shows("Rotated: it works until", "Copied to the clipboard.", "The old links let in 3 accounts: j lists them.")
	d.press("j")
	d.shows("Joined 3 accounts, 3 by the old links", "Ann", "Bob", "Zoe", "a mark by old links")
}

func TestAfterARotationNewcomersComeFirst(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann"))
	d.press("r", "y")
	d.shows("The old link let in 1 account: j lists them.")
	current, _ := d.m.session.Current()
	d.joinBy(current.Secret, "Carol")
	d.refreshed()
	d.press("j")
	d.shows("Joined 2 accounts, 1 since the current link was created, 1 by the old link", "›new Carol")
}

// After a rotation one key marks all whom the old links let in, and no one who joined by the new one.
func TestAfterARotationThoseWhomTheOldLinkLetInAreMarkedAndRemoved(t *testing.T) {
	before := live("before", "Early")
	before.CreatedAt, before.Deleted = noon.AddDate(0, 0, -6), true
	d := start(t, 100, 24, before, live("default", "Ann", "Bob"))
	d.press("r", "y")
	current, _ := d.m.session.Current()
	d.joinBy(current.Secret, "Carol")
	d.refreshed()
	d.press("j", "a")
	d.shows("Marked 2 accounts", "* Bob", "* Ann")
	d.hides("*new", "*    Early")
	d.press("d", "y")
	d.shows("Removed 2 of 2 accounts")
	d.press("esc", "a")
	d.shows("Marked 1 account", "*new Carol") // the old link let in nobody who is left
	d.press("esc", "u", "y")
	d.press("j")
	d.hides("by the old link") // it is live again
}

func TestRotatingALinkThatNobodyJoinedByTellsOfNoAccounts(t *testing.T) {
	d := start(t, 100, 24, live("default"))
	d.press("r", "y")
	d.shows("Copied to the clipboard.")
	d.hides("let in")
}

func TestWhereAViewerCanReadTheNewSecretTheAccountsMayGoFirst(t *testing.T) {
	for version, says := range map[string]string{
		"6.10.1": "On Unleash 6.10.1 a Viewer can read the new secret", "": "A Viewer may be able to read the new secret",
	} {
		for _, production := range []bool{false, true} {
			d := start(t, 100, 24, live("default", "Ann"))
			d.m.session.Server.Version = version
			if production {
				onProduction(d)
			}
			d.press("r")
			d.shows(says, "shift+tab accounts first")
			d.press("shift+tab")
			d.shows("Joined 1 account", "› Ann")
			d.wantLive(1)
			d.press("d")
			d.shows("They can join again while a link is live: rotate it right afterwards.")
			d.hides("tab rotates", "rotate first") // Ann could read the new one
			if production {
				continue
			}
			d.press("y")
			d.shows("Removed 1 of 1 account", "They can join again while a link is live: r rotates it.", "r rotate")
			d.press("r", "y")
			d.shows("Rotated: it works until")
			d.hides("let in")
			d.press("esc")
			d.shows("Removed 1 of 1 account")
		}
	}
	d := start(t, 100, 24, live("default"))
	d.m.session.Server.Version = "6.10.1"
	d.press("r")
	d.hides("can read", "accounts first") // nobody joined
}
