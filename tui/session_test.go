package tui

import (
	"testing"

	"unleash-invite/client"
	"unleash-invite/demo"
)

// another is an instance on a server of its own.
func another(t *testing.T, d *driver, links ...demo.Link) Instance {
	t.Helper()
	server := demo.New(demo.Options{Now: d.m.now, Links: links})
	t.Cleanup(server.Close)
	api, err := client.New(server.URL(), demo.AdminToken, client.WithTransport(server.Transport()), client.WithClock(d.m.now))
	if err != nil {
		t.Fatal(err)
	}
	return Instance{API: api, Host: "other.acme.io", Address: server.URL(), Profile: "other"}
}

func TestWhatTheOldInstanceStillAnswersIsDropped(t *testing.T) {
	d := start(t, 120, 40, live("default", "Old Ann"))
	for range 5 {
		d.refreshed()
	}
	d.hold = true
	d.send(refreshMsg{d.m.fetch.number})
	d.m.user.Name = ""
	d.run(d.m.identify())
	d.run(d.m.met(metMsg{d.m.era, []int64{1 << 40}}))
	d.hold = false
	late, old := d.held, d.m.fetch.number

	d.run(d.m.switchTo(another(t, d, live("default", "Ann"))))
	d.m.user.Name, d.m.people.times = "me here", nil
	for _, cmd := range late {
		d.run(cmd)
	}
	looks := d.m.fetch.number
	for n := range old + 1 {
		d.send(refreshMsg{n}) // its timers
	}
	d.shows("other.acme.io", "me here", "● Active", "Joined 1 Ann")
	if d.m.people.times != nil {
		t.Error("the old instance's times are taken for this one's")
	}
	if d.m.fetch.number != looks || d.m.fetch.err != nil {
		t.Errorf("the old instance's timer or answer came through: %+v", d.m.fetch)
	}
}

func TestNothingOfTheOldInstanceStays(t *testing.T) {
	d := start(t, 120, 40, live("default", "Ann"))
	d.press("d", "y", "l")
	d.run(d.m.switchTo(another(t, d, live("default", "Bob"))))
	d.shows("● Active", "Joined 1 Bob")
	d.hides("Ann", "Deleted", "(new)")
	d.press("u")
	d.shows("There is nothing to undo")
}

func TestACopyThatEndsElsewhereSaysWhoseLinkItIs(t *testing.T) {
	d := start(t, 120, 40, live("default", "Ann"))
	d.hold = true
	d.press("c")
	d.hold = false
	copying := d.held
	d.held = nil
	d.run(d.m.switchTo(another(t, d, live("default", "Bob"))))
	for _, cmd := range copying {
		d.run(cmd)
	}
	d.shows("The link of flags.acme.io: Copied to the clipboard")
}
