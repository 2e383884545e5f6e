package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// onProduction makes the driver's instance that of a production profile.
func onProduction(d *driver) {
	d.m.session.Instance.Profile, d.m.session.Instance.Production = "acme", true
}

func TestProductionIsInTheHeader(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {200, 60}} {
		d := start(t, size[0], size[1], live("default"))
		onProduction(d)
		header, _, _ := strings.Cut(d.screen(), "\n")
		if !strings.Contains(header, " PRODUCTION ") || !strings.Contains(header, "acme") {
			t.Errorf("%d×%d: %q", size[0], size[1], header)
		}
	}
}

func TestProductionWantsItsNameTypedBeforeDeletingAndRotating(t *testing.T) {
	for _, tt := range []struct{ key, asks, declined, done string }{
		{"d", "type acme to delete its link", "Nothing was deleted.", "Deleted:"},
		{"r", "type acme to rotate its link", "Nothing was rotated.", "Rotated:"},
	} {
		d := start(t, 100, 24, live("default"))
		onProduction(d)
		before := d.links()
		d.press(tt.key)
		d.shows("This is production: " + tt.asks)
		d.hides("enter ")
		for _, name := range []string{"y", "enter"} {
			d.press(name)
		}
		d.shows("That is not acme, so nothing was done")
		if after := d.links(); len(after) != len(before) || d.m.session.Writing() {
			t.Fatalf("%s wrote without the name: %v", tt.key, after)
		}
		d.press("esc")
		d.shows(tt.declined, "● Active")

		d.press(tt.key)
		d.write("acm")
		d.hides("enter ")
		d.send(tea.PasteMsg{Content: "e\n"})
		d.shows("enter ")
		d.press("enter")
		d.shows(tt.done)
	}
}

func TestTheLifetimeIsChosenOnProductionToo(t *testing.T) {
	d := start(t, 100, 30, live("default"))
	onProduction(d)
	d.press("r", "tab")
	d.shows("New link 48 hours")
	d.write("acme")
	d.press("enter")
	d.shows("it works until Thu 26 Nov 2026 00:00 UTC")
}

func TestOtherWritesOnProductionAreAsEverywhere(t *testing.T) {
	d := start(t, 100, 24)
	onProduction(d)
	d.press("n", "enter")
	d.shows("Created:")
	d.press("e", "enter")
	d.shows("Changed:")
}

func TestAReadOnlyProfileChangesNothingAndSaysWhy(t *testing.T) {
	d := start(t, 100, 24, live("default"))
	d.m.session.Instance.Profile, d.m.session.Instance.ReadOnly = "acme", true
	d.shows("read-only")
	for _, name := range []string{"n", "r", "e", "d", "u"} {
		d.press(name)
		d.shows(`The profile "acme" is read-only: its links can't be changed here.`)
	}
}
