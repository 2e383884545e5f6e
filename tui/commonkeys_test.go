package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/demo"
	"unleash-invite/tui/session"
)

// onScreens are the screens that take no text and ask nothing, each with the keys that lead to it.
func onScreens() map[string][]string {
	return map[string][]string{
		"status": nil, "links": {"l"}, "joined": {"j"}, "joined by a link of the list": {"l", "enter"},
		"qr": {"g"}, "curl": {"x"}, "profiles": {"p"}, "a filtered list": {"l", "/", "d", "enter"},
		"filtered accounts": {"j", "/", "a", "enter"},
	}
}

func TestHelpOpensAndClosesEverywhere(t *testing.T) {
	for name, keys := range onScreens() {
		d := start(t, 80, 24, live("default", "Ann"))
		d.press(keys...)
		before := d.screen()
		d.press("?")
		if !strings.Contains(d.screen(), "In a form") {
			t.Errorf("%s: ? shows no help:\n%s", name, d.screen())
		}
		d.press("?")
		if d.screen() != before {
			t.Errorf("%s: ? does not lead back:\n%s", name, d.screen())
		}
	}
}

func TestMaskActsEverywhere(t *testing.T) {
	for name, keys := range onScreens() {
		d := start(t, 80, 24, live("default", "Ann"))
		d.press(keys...)
		d.press("m")
		d.shows("masked")
		d.press("m")
		if !strings.Contains(d.screen(), "Secrets are shown again") {
			t.Errorf("%s: m does not act:\n%s", name, d.screen())
		}
	}
}

func TestRefreshAndQuitActEverywhere(t *testing.T) {
	for name, keys := range onScreens() {
		d := start(t, 80, 24, live("default", "Ann"))
		d.press(keys...)
		d.hold = true
		d.press("ctrl+r")
		if len(d.held) == 0 {
			t.Errorf("%s: ctrl+r asks nothing", name)
		}
		d.held, d.hold = nil, false
		d.press("q")
		if !d.quit {
			t.Errorf("%s: q does not quit", name)
		}
	}
}

func TestCommonKeysAreTextInAField(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	d.press("l", "/")
	d.write("?mq")
	d.shows("Filter: ?mq")
	if d.quit {
		t.Error("q quits out of a field")
	}
}

func TestCommonKeysCancelAQuestion(t *testing.T) {
	for _, k := range []string{"?", "m", "q", "ctrl+r"} {
		d := start(t, 80, 24, live("default", "Ann"))
		d.press("d", k)
		d.hides("Delete this link?", "In a form", "masked")
		if d.quit {
			t.Errorf("%s quits", k)
		}
	}
}

func TestOtherLiveLinksAreAnnouncedOnEveryScreen(t *testing.T) {
	for _, keys := range [][]string{{}, {"l"}, {"j"}, {"x"}, {"e"}, {"d"}, {"r"}, {"?"}, {"l", "/"}, {"p"}, {"p", "n"}} {
		d := start(t, 80, 24, live("default", "Ann"), live("team-26"), live("team-27"))
		d.press(keys...)
		if !strings.Contains(d.screen(), "● Active +2") {
			t.Errorf("after %q nothing says that there are two more:\n%s", keys, d.screen())
		}
	}
	d := start(t, 80, 24, []demo.Link{live("default")}...)
	d.press("e")
	d.hides("+")
	d.begin(80, 24, session.Instance{}) // nothing is known of any instance
	d.shows("Connect to your Unleash")
	d.hides("Unknown")
	d.instances.serve(t, "flags.acme.io", live("default"), live("team-26"))
	d.paste("flags.acme.io")
	d.press("enter")
	d.paste(demo.AdminToken)
	d.press("enter")
	d.shows("● Active +1", "You are admin", "remember")
}

// Opening and closing happen at once, so that of two keys typed ahead the second reaches the screen that the first opened.
func TestKeysTypedAheadReachTheRightScreen(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	d.hold = true
	d.press("r", "y") // no command ran in between
	if d.m.session.Doing() != "Rotating the link" {
		t.Errorf("y did not reach the question:\n%s", d.screen())
	}
	d = start(t, 80, 24, live("default", "Ann"))
	d.hold = true
	d.press("l", "enter", "esc", "esc", "d")
	d.shows("Delete this link?")
}

// A confirmation counts when its question has been in sight for a while: until then nobody can have read it.
func TestAConfirmationIsNotTakenAtOnce(t *testing.T) {
	for _, opens := range []string{"d", "r"} {
		d := start(t, 80, 24, live("default", "Ann"))
		d.press(opens)
		before := d.screen()
		d.send(keyPress("y"))
		if d.screen() != before || d.m.session.Writing() {
			t.Errorf("%s: y acted at once:\n%s", opens, d.screen())
		}
		d.press("y")
		d.hides("esc cancel")
	}
}

func TestPastedTextActsOnNothing(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	d.paste("try again, everybody")
	d.press("d")
	d.paste("yes")
	d.shows("Delete this link?")
	d.press("esc", "l")
	d.paste("du")
	d.shows("All links")
}

// The first screen has the most keys: a window that is high enough shows all of them, in two rows.
func TestTheKeysOfTheFirstScreenTakeASecondRow(t *testing.T) {
	const all = "c copy r rotate e expiry d delete l all links j joined g QR code p profiles m mask x curl w limit ? help q quit"
	d := start(t, 80, 24, live("default", "Ann"))
	d.shows(all)
	d.press("l")
	d.hides("w limit")
	d.press("esc")
	d.send(tea.WindowSizeMsg{Width: 80, Height: 23})
	d.shows("? help q quit")
	d.hides("w limit")
}
