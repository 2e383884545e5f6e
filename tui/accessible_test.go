package tui

import (
	"strings"
	"testing"
)

// For a screen reader nothing is drawn or moves: neither spinner, nor bar, nor QR code.
func TestAccessibleScreensAreWords(t *testing.T) {
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			d := start(t, 120, 40, s.links...)
			d.environ = []string{"ACCESSIBLE=1"}
			d.m.accessible = true
			s.reach(d)
			d.slow()
			for _, r := range d.screen() {
				if '⠀' <= r && r <= '⣿' || strings.ContainsRune("━─▀▄█", r) {
					t.Fatalf("%c is drawn:\n%s", r, d.screen())
				}
			}
		})
	}
}

func TestAccessibleWordsSayWhatIsDrawnElsewhere(t *testing.T) {
	d := newDriver(t)
	d.environ = []string{"ACCESSIBLE=1"}
	d.beginFleet(120, 40)
	d.shows("85% of its time is left")
	d.press("g")
	d.shows("The code is not drawn, because ACCESSIBLE is set: c copies the link.")
	d.hold = true
	d.press("esc", "ctrl+r")
	d.slow()
	d.shows("(waiting)")
	if d.m.spinning() {
		t.Error("something moves")
	}
}
