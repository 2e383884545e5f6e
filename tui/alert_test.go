package tui

import (
	"strings"
	"testing"
	"time"

	"unleash-invite/demo"
)

// notifying starts the program with alerts, in a terminal that shows notifications.
func notifying(t *testing.T, links ...demo.Link) *driver {
	t.Helper()
	d := start(t, 80, 24, links...)
	d.m.Notify, d.m.Environ = true, []string{"TERM=foot"}
	return d
}

// alerts are those that were sent since, without what is around them.
func (d *driver) alerts() string {
	all := strings.Join(d.raw, "")
	d.raw = nil
	return strings.NewReplacer("\a\x1b]777;notify;unleash-invite;", "[", "\a", "]").Replace(all)
}

func TestWhoJoinsIsAlertedOfOnce(t *testing.T) {
	d := notifying(t, live("default", "Ann"))
	d.refreshed()
	if got := d.alerts(); got != "" {
		t.Errorf("of who was there before it said %q", got)
	}
	d.join("Bob")
	d.refreshed()
	d.refreshed()
	if got := d.alerts(); got != "[Bob joined flags.acme.io]" {
		t.Errorf("it said %q", got)
	}
	d.join("Carol")
	d.join("Dan\u202e")
	d.press("l")
	d.refreshed()
	if got := d.alerts(); got != "[2 users joined flags.acme.io: Dan, Carol]" {
		t.Errorf("it said %q", got)
	}
	d.m.Notify = false
	d.join("Eve")
	d.refreshed()
	if got := d.alerts(); got != "" {
		t.Errorf("unwanted, it said %q", got)
	}
}

func TestTheNearEndOfTheLinkIsAlertedOf(t *testing.T) {
	d := notifying(t, live("default"))
	end := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	for _, at := range []struct {
		left time.Duration
		said string
	}{
		{30 * time.Hour, ""}, {23 * time.Hour, "[The invite link of flags.acme.io stops working in 23 hours]"}, {22 * time.Hour, ""},
		{30 * time.Minute, "[The invite link of flags.acme.io stops working in 30 minutes]"}, {20 * time.Minute, ""}, {-time.Minute, ""},
	} {
		d.now = end.Add(-at.left)
		d.refreshed()
		if got := d.alerts(); got != at.said {
			t.Errorf("%v before the end it said %q", at.left, got)
		}
	}
	d = notifying(t, live("default"))
	d.press("e")
	d.write("36h")
	d.press("enter")
	d.refreshed()
	if got := d.alerts(); got != "" {
		t.Errorf("of an end that the user chose it said %q", got)
	}
}
