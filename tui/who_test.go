package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/tui/session"
)

func TestTheProofTellsItsAge(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.shows("the server accepted it just now")
	for _, want := range []string{"15 seconds ago"} {
		d.now = d.now.Add(session.AgeStep)
		drawn := 0
		d.fire(func(pause time.Duration) bool {
			if pause == session.AgeStep {
				drawn++
				return true
			}
			return false
		})
		d.shows("the server accepted it " + want)
		if drawn == 0 {
			t.Error("nothing draws it anew")
		}
	}
	d.press("d") // which asks the server anew
	d.shows("the server accepted it just now")
	d.press("y")
	d.shows("○ Deleted no link works: this one was deleted, and nothing replaced it checked just now")
	d.hides("accepted")
}

func TestWhatTheServerRefusesSaysSo(t *testing.T) {
	expired := live("default")
	expired.ExpiresAt = noon.Add(3 * time.Hour)
	start(t, 80, 24, expired).shows("the server refused it just now")
}

func TestEveryScreenWithAVerdictTellsItsAge(t *testing.T) {
	for keys, says := range map[string]string{
		"": "the server accepted it just now", "l": "1, 1 live, checked just now", "j": "1 account, checked just now",
		"g": "in 7 days 9 hours, checked just now", "d": "the server accepted it just now",
	} {
		d := start(t, 100, 40, live("default", "Ann"))
		if keys != "" {
			d.press(keys)
		}
		d.shows(says)
		d.now = d.now.Add(time.Minute)
		d.hides("just now", "checked")
	}
}

// Somebody who joined while one looked is new for a while, and not for as long as the program runs.
func TestNewWearsOff(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann", "Bob", "Cy"))
	current, _ := d.m.session.Current()
	d.joinBy(current.Secret, "Dan")
	d.refreshed()
	d.shows("new Dan")
	for range 3 {
		d.now = d.now.Add(session.NewFor)
		d.refreshed()
	}
	d.shows("Dan")
	d.hides("  new ")
	d.joinBy(current.Secret, "Eve")
	d.refreshed()
	d.shows("new Eve")
	if strings.Contains(d.screen(), "new  Dan") {
		t.Error("Dan is new again")
	}
}

func TestPeopleAreListedAsFarAsThereIsRoom(t *testing.T) {
	var names []string
	for i := range 30 {
		names = append(names, fmt.Sprintf("Person %02d", i))
	}
	for _, c := range []struct{ width, height, people int }{{40, 12, 0}, {80, 24, 5}, {120, 40, 12}} {
		d := start(t, c.width, c.height, live("default", names...), live("other"))
		listed := 0
		for row := range strings.SplitSeq(d.screen(), "\n") {
			if strings.HasPrefix(row, "      Person") {
				listed++
			}
		}
		if listed != c.people {
			t.Errorf("%d are listed, not %d:\n%s", listed, c.people, d.screen())
		}
		if listed > 0 {
			d.shows(fmt.Sprintf("…and %d more: j", 30-listed), "Also live 1 other until 1 Dec 2026 · l")
		}
	}
}

func TestTheOtherLiveLinksAreNamedAsFarAsTheyFit(t *testing.T) {
	var links []demo.Link
	for i := range 30 {
		links = append(links, live(fmt.Sprintf("team-%02d", i)))
	}
	d := start(t, 80, 24, links...)
	d.shows("Also live 29 team-19 until 1 Dec 2026 · +28 more · l")
	start(t, 40, 12, links...).shows("29 other live links let people in, too: l shows all")
}
