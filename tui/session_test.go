package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/client"
	"unleash-invite/demo"
	"unleash-invite/tui/session"
)

// another is an instance on a server of its own.
func another(t *testing.T, d *driver, links ...demo.Link) session.Instance {
	t.Helper()
	server := demo.New(demo.Options{Now: d.m.Now, Links: links})
	t.Cleanup(server.Close)
	api, err := client.New(server.URL(), demo.AdminToken, client.WithTransport(server.Transport()), client.WithClock(d.m.Now))
	if err != nil {
		t.Fatal(err)
	}
	return session.Instance{API: api, Host: "other.acme.io", Address: server.URL(), Profile: "other"}
}

func TestWhatTheOldInstanceStillAnswersIsDropped(t *testing.T) {
	d := start(t, 90, 40, live("default", "Old Ann"))
	for range 5 {
		d.refreshed()
	}
	d.hold = true
	d.press("ctrl+r")
	d.hold = false
	late, timers, old := d.held, d.timers, d.m.session
	d.held, d.timers = nil, nil

	d.run(d.m.Switch(another(t, d, live("default", "Ann"))))
	d.m.session.User.Name = "me here"
	looked := d.m.session.Links.FetchedAt
	d.now = d.now.Add(time.Second)
	for _, cmd := range late {
		d.run(cmd)
	}
	for _, timer := range timers {
		d.send(timer.msg)
	}
	d.shows("other.acme.io", "me here", "● Active", "Joined 1 Ann")
	if !d.m.session.Links.FetchedAt.Equal(looked) || d.m.session.Err != nil || old.Looking() {
		t.Error("the old instance's timer or answer came through")
	}
}

func TestNothingOfTheOldInstanceStays(t *testing.T) {
	d := start(t, 90, 40, live("default", "Ann"))
	d.press("d", "y", "l")
	d.run(d.m.Switch(another(t, d, live("default", "Bob"))))
	d.shows("● Active", "Joined 1 Bob")
	d.hides("Ann", "Deleted", "(new)")
	d.press("u")
	d.shows("There is nothing to undo")
}

func TestACopyThatEndsElsewhereSaysWhoseLinkItIs(t *testing.T) {
	d := start(t, 90, 40, live("default", "Ann"))
	d.hold = true
	d.press("c")
	d.hold = false
	copying := d.held
	d.held = nil
	d.run(d.m.Switch(another(t, d, live("default", "Bob"))))
	for _, cmd := range copying {
		d.run(cmd)
	}
	d.shows("The link of flags.acme.io: Copied to the clipboard")
}

// A timer that runs out for nothing wakes the machine, and has the screen drawn.
func TestATimerEndsWithWhatItIsFor(t *testing.T) {
	var r session.Request
	stamp := r.Stamp()
	if msg, ok := after(0, stamp(nil))().(session.Answer); !ok {
		t.Errorf("%v came instead of the answer", msg)
	}
	ended := make(chan tea.Msg)
	go func() { ended <- after(time.Hour, stamp(nil))() }()
	r.Drop()
	select {
	case msg := <-ended:
		if msg != nil {
			t.Errorf("%v came although nobody waits for it", msg)
		}
	case <-time.After(20 * time.Second):
		t.Error("the timer goes on")
	}
}
