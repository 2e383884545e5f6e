package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"unleash-invite/e2e/scan"
)

func TestFromAHundredColumnsTheCodeStandsBesideTheFacts(t *testing.T) {
	d := start(t, 120, 40, live("default", "Ann"))
	link, _ := d.m.session.Current()
	text, err := reads(emulate(t, d, colorprofile.ANSI256), scan.Themes()[0], scan.Photos()[0])
	if err != nil || text != link.URL {
		t.Errorf("read %q (%v) of\n%s", text, err, d.screen())
	}
	d.shows("Stops working Tue 1 Dec 2026 00:00 UTC")
	d.press("m")
	d.hides("▀")
	d.press("m")
	d.shows("▀")
	d.m.session.Links.Tokens[0].Name = strings.Repeat("long name ", 20) // leaves the code whole
	if text, err = reads(emulate(t, d, colorprofile.ANSI256), scan.Themes()[0], scan.Photos()[0]); err != nil || text != link.URL {
		t.Errorf("read %q (%v) of\n%s", text, err, d.screen())
	}
	d.press("d", "y") // nobody can join with it any more
	d.shows("○ Deleted")
	d.hides("▀")
	for _, size := range [][2]int{{99, 40}, {100, 24}} {
		d := start(t, size[0], size[1], live("default"))
		d.hides("▀")
		d.send(tea.WindowSizeMsg{Width: 200, Height: 60})
		d.shows("██")
	}
}
