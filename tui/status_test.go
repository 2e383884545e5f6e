package tui

import (
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/demo"
	"unleash-invite/model"
	"unleash-invite/tui/screen"
)

func TestStatusShowsTheLink(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann Smith", "Bob"))
	d.shows("● Active", "anyone with this link can join", demo.Origin+"/new-user?invite=",
		"Stops working Tue 1 Dec 2026 00:00 UTC in 7 days 9 hours", "by admin", "Joined 2 Bob 15 hours ago Ann Smith 22 hours 30 minutes ago",
		"flags.acme.io · Unleash 8.2.0 · admin", "c copy", "q quit")
	d.hides("new link")
}

func TestStatusWords(t *testing.T) {
	expiring := func(at time.Time) demo.Link {
		l := live("default")
		l.ExpiresAt = at
		return l
	}
	deleted := live("default")
	deleted.Deleted = true
	tests := []struct {
		name  string
		links []demo.Link
		want  []string
	}{
		{"none", nil, []string{"○ None", "n creates one", "n new link"}},
		{"ending soon", []demo.Link{expiring(noon.AddDate(0, 0, 1))}, []string{"● Ending soon", "e expiry c copy"}},
		{"refused on its last day", []demo.Link{expiring(noon.Add(3 * time.Hour))},
			[]string{"○ Refused", "its expiry day has begun", "set to 17:02 UTC, but refused from 00:00 UTC", "n new link"}},
		{"expired", []demo.Link{expiring(noon.AddDate(0, 0, -3))}, []string{"○ Expired", "nobody can join", "Stopped", "3 days", "n new link"}},
		{"deleted", []demo.Link{deleted}, []string{"○ Deleted", "n new link"}},
		{"another live link", []demo.Link{live("default"), live("partners")}, []string{"● Active +1", "Also live 1 partners until 1 Dec 2026 · l"}},
		{"two others", []demo.Link{live("default"), live("a"), live("b")}, []string{"Also live 2 b until 1 Dec 2026 · a until 1 Dec 2026 · l"}},
		{"not named default", []demo.Link{live("partners")}, []string{"Name partners", "the Admin UI shows only one named default"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { start(t, 80, 24, tt.links...).shows(tt.want...) })
	}
}

func TestStatusIsMarkedUntilTheServerHasTold(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.m.session.Links = model.Links{}
	d.hold = true
	d.press("ctrl+r")
	list := d.held
	d.held, d.hold = nil, false
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/validate") {
			d.shows("? Unknown", "Active by its date; asking the server…", "/new-user?invite=")
			d.hides("●")
		}
		return nil, nil
	})
	for _, cmd := range list {
		d.run(cmd)
	}
	d.shows("● Active")
}

func TestWithoutAVerdictTheStatusIsUnknown(t *testing.T) {
	d := start(t, 80, 24, live("default"), live("other"))
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/validate") {
			return answer(500, "text/plain", "")(r)
		}
		return nil, nil
	})
	d.press("ctrl+r")
	d.shows("? Unknown", "the server did not say whether it works", "! The server did not say whether every link works", "by its date")
	d.hides("it was Active", "Showing what it said at")
	d.net.set(nil)
	d.refreshed()
	d.shows("● Active", "Also live 1")
}

func TestAnOldAnswerIsNotTakenForWhatIsTrueNow(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.now = d.now.Add(time.Minute) // as after a sleep of the computer
	d.shows("? Unknown", "it was Active 1 minute ago", "The server has not answered for a while. Showing what it said at 14:02:52.")
}

func TestVerdictOverridesTheDate(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/validate") {
			return &http.Response{StatusCode: 400, Body: http.NoBody, Request: r}, nil
		}
		return nil, nil
	})
	d.refreshed()
	d.shows("○ Refused", "the server refuses it, although its expiry is still ahead", "Expiry Tue 1 Dec 2026")
	d.hides("its expiry day has begun", "Stops working")
	d.press("e", "enter")
	d.shows("Changed: but the server refuses it.")
}

func TestALinkThatTheServerAcceptsPastItsDay(t *testing.T) {
	late := live("default")
	late.ExpiresAt = noon.Add(3 * time.Hour)
	d := start(t, 80, 24, late)
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/validate") {
			return &http.Response{StatusCode: 200, Body: http.NoBody, Request: r}, nil
		}
		return nil, nil
	})
	d.refreshed()
	d.shows("● Ending soon", "the server still accepts it")
	d.hides("Stops working", "refuses")
}

func TestServerAwayAndBack(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	d.net.set(refuse)
	d.now = d.now.Add(40 * time.Second)
	d.refreshed()
	d.shows("? Unknown", "it was Active 40 seconds ago", "Joined 1 Ann", "ctrl+r try again", "Showing what it said at 14:02:52")
	d.net.set(nil)
	d.press("ctrl+r")
	d.shows("● Active")
	d.hides("Unknown", "try again")
}

func TestServerAwayAtTheStart(t *testing.T) {
	d := start(t, 80, 24)
	d.m.session.Links.FetchedAt = time.Time{}
	d.net.set(refuse)
	d.press("ctrl+r")
	d.shows("? Unknown", "connection refused", "ctrl+r try again", "q quit")
	for _, keyName := range []string{"c", "n", "e", "d"} {
		d.press(keyName)
		d.shows("Nothing is known about the links yet")
	}
	d.net.set(nil)
	d.refreshed()
	d.shows("○ None")
}

func TestAnOvertakenAnswerIsDropped(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.hold = true
	d.press("ctrl+r")
	old := d.held
	d.held, d.hold = nil, false
	d.press("d", "y")
	d.shows("○ Deleted")
	for _, cmd := range old {
		d.run(cmd)
	}
	d.shows("○ Deleted")
}

func TestKeysThatCantActSayWhy(t *testing.T) {
	none := start(t, 80, 24)
	for keyName, want := range map[string]string{
		"c": "There is no link: n creates one", "j": "There is no link", "u": "There is nothing to undo", "e": "There is no link to change", "d": "There is no link to delete",
	} {
		none.press(keyName)
		none.shows(want)
	}
	one := start(t, 80, 24, live("default"))
	one.press("n")
	one.shows(`The link "default" is live, and Unleash allows one at a time: r replaces it, d deletes it.`)
	gone := live("default")
	gone.Deleted = true
	deleted := start(t, 80, 24, gone)
	deleted.press("e")
	deleted.shows("The link was deleted")
	deleted.press("d")
	deleted.shows("already deleted")
}

func TestANoticeEndsByItselfOrWithAKey(t *testing.T) {
	d := start(t, 80, 24)
	d.press("c")
	first := d.timers[len(d.timers)-1]
	d.press("e")
	d.send(first.msg) // belongs to a notice that is gone
	d.shows("There is no link to change")
	d.send(d.timers[len(d.timers)-1].msg)
	d.hides("There is no link")
}

func TestLeaving(t *testing.T) {
	for _, keys := range [][]string{{"q"}, {"ctrl+c"}, {"n", "ctrl+c"}, {"?", "q"}, {"?", "ctrl+c"}} {
		d := start(t, 80, 24)
		d.press(keys...)
		if !d.quit {
			t.Errorf("%q does not quit", keys)
		}
	}
}

func TestSlowThingsShowASpinner(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	before := d.screen()
	d.hold = true
	d.press("ctrl+r")
	if d.screen() != before {
		t.Errorf("a refresh shows before it is slow:\n%s", d.screen())
	}
	d.slow()
	if d.screen() == before {
		t.Error("a slow refresh does not show")
	}
	d.release()
	d.hides("⠋")
}

func TestTooSmallAWindowSaysSoAndActsOnNothing(t *testing.T) {
	d := start(t, 39, 12, live("default"))
	d.shows("The window is too small: 39×12, and 40×12 is needed.")
	d.press("d", "y")
	d.send(tea.WindowSizeMsg{Width: 40, Height: 12})
	d.shows("● Active")
}

func TestHelpListsEveryKey(t *testing.T) {
	d := start(t, 80, 60, live("default"))
	d.press("?")
	d.shows("c copy the link", "n new link", "e change", "d delete", "ctrl+r", "enter", "tab", "shift+tab", "←/→",
		"esc", "q ctrl+c quit", "ctrl+z suspend", "ctrl+l repaint")
	d.press("esc")
	d.shows("● Active")
}

func TestHelpScrollsInALowWindow(t *testing.T) {
	d := start(t, 40, 12, live("default"))
	d.press("?")
	d.hides("repaint")
	for range 15 {
		d.press("down")
	}
	d.shows("In a form")
	d.hides("repaint")
	d.press("end")
	d.shows("ctrl+l repaint")
	d.press("up")
	d.hides("repaint")
}

func TestLocalTimeIsShownBesideUTC(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.m.Location = time.FixedZone("CET", 3600)
	d.shows("Tue 1 Dec 2026 00:00 UTC", "Tue 1 Dec 2026 01:00 CET")
}

// Where the list was not read whole and nothing in it is live, another link may be.
func TestAListThatWasCutMayHideALiveLink(t *testing.T) {
	gone := live("default")
	gone.Deleted = true
	for _, links := range [][]demo.Link{{gone}, {live("default")}} {
		d := start(t, 80, 24, links...)
		d.m.session.Links.Partial = true
		text := screen.Plain(d.m.session.Links, model.Server{}, "", noon)
		if !links[0].Deleted {
			d.shows("● Active")
			if !strings.HasPrefix(text, "Active: ") {
				t.Error(text)
			}
			continue
		}
		d.shows("? Unknown no live link was found, but the list was not read whole")
		d.hides("no link works", "nothing replaced it")
		if !strings.HasPrefix(text, "Unknown: no live link was found, but the list was not read whole\n") {
			t.Error(text)
		}
		d.press("l")
		d.shows("? Unknown")
		d.press("esc", "r")
		d.m.session.Links.Partial = true
		d.shows("Deletes none: no live link was found, but the list was not read whole")
	}
}
