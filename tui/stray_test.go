package tui

import "testing"

func TestAKeyThatMeansNothingSaysWhatWould(t *testing.T) {
	for pressed, said := range map[string]string{
		"R": "Caps Lock may be on", "D": "Caps Lock may be on", "Q": "Caps Lock may be on",
		"к": "This keyboard types к", "ρ": "This keyboard types ρ", "ü": "This keyboard types ü",
		"z": "z does nothing here: ? lists the keys.",
	} {
		d := start(t, 100, 24, live("default", "Ann"))
		d.press(pressed)
		d.shows(said, "? help")
		if d.m.session.Writing() || d.quit || len(d.m.screens) != 1 {
			t.Errorf("%s acted", pressed)
		}
	}
	d := start(t, 100, 24, live("default", "Ann"))
	d.press("l", "/", "R", "к")
	d.hides("means nothing")
	d.press("esc", "D")
	d.shows("Caps Lock may be on")
	d.press("esc", "d", "Y")
	d.shows("Nothing was deleted.")
	d.press("?", "X")
	d.hides("means nothing", "Caps Lock")
}
