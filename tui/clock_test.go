package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/model"
	"unleash-invite/tui/screen"
)

// wrongClocks are how far a computer's clock is ahead of the server's, and what is said of it.
func wrongClocks() map[time.Duration]string {
	const day = 24 * time.Hour
	return map[time.Duration]string{
		-30 * day: "30 days behind", -48 * time.Hour: "2 days behind", -3 * time.Hour: "3 hours behind", -3 * time.Minute: "3 minutes behind",
		-time.Minute: "", 0: "", time.Minute: "",
		3 * time.Minute: "3 minutes ahead", 3 * time.Hour: "3 hours ahead", 48 * time.Hour: "2 days ahead", 30 * day: "30 days ahead",
		-30*day + time.Hour: "29 days 23 hours behind",
	}
}

// A wrong clock is told in one line, and nothing is reckoned by it.
func TestAWrongClock(t *testing.T) {
	for off, said := range wrongClocks() {
		t.Run(fmt.Sprint(off), func(t *testing.T) {
			expired := demo.Link{Name: "old", CreatedAt: noon.AddDate(0, 0, -9), ExpiresAt: noon.AddDate(0, 0, -3)}
			d := startOff(t, 80, 24, off, expired, live("default"))
			warning := "this computer's clock is " + said + "; times are the server's"
			text := screen.Plain(d.m.session.Links, model.Server{}, "", d.local())
			for what, lines := range map[string][]string{"screen": strings.Split(d.screen(), "\n"), "plain text": strings.Split(text, "\n")} {
				told := slices.ContainsFunc(lines, func(row string) bool { return strings.Contains(row, warning) })
				found := slices.ContainsFunc(lines, func(row string) bool { return strings.Contains(row, "clock") })
				if told != (said != "") || found != told {
					t.Errorf("the %s tells of the clock: %v\n%s", what, found, strings.Join(lines, "\n"))
				}
			}
			if !strings.Contains(text, "(in 7 days 9 hours)") {
				t.Errorf("no span in\n%s", text)
			}
			d.shows("● Active", "the server accepted it just now", "Tue 1 Dec 2026 00:00 UTC in 7 days 9 hours")
			d.reckonsByTheServer()
		})
	}
}

// reckonsByTheServer goes through all that reckons with time.
func (d *driver) reckonsByTheServer() {
	d.t.Helper()
	d.press("e")
	d.shows("in 2 days 9 hours", "Thu 26 Nov 2026 00:00 UTC") // 48 hours
	for typed, want := range map[string]string{
		"3d": "Fri 27 Nov 2026 00:00 UTC in 3 days 9 hours", "36h": "Thu 26 Nov 2026 00:00 UTC in 2 days 9 hours", "tomorrow": "Wed 25 Nov 2026 00:00 UTC",
		"2026-11-22": "passed", "2027-01-01": "month",
	} {
		d.press("esc", "e", "end")
		d.write(typed)
		d.shows(want)
	}
	d.press("esc", "r")
	d.shows("in 8 days 9 hours") // as long as the old one
	d.press("esc", "l", "down")
	d.shows("○ Expired old 20 Nov 2026")
	d.press("esc", "d", "y", "n")
	d.shows("Tue 1 Dec 2026 00:00 UTC in 7 days 9 hours") // a week
	d.press("enter")
	d.shows("Created: it works until Tue 1 Dec 2026 00:00 UTC.")
	if t, _ := d.m.session.Current(); !t.ExpiresAt.Equal(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)) {
		d.t.Errorf("it expires at %s", t.ExpiresAt)
	}
}
