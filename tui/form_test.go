package tui

import (
	"context"
	"net/http"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/demo"
	"unleash-invite/model"
)

// only is the server's one token.
func (d *driver) only() model.Token {
	d.t.Helper()
	tokens, err := d.api.Tokens(context.Background())
	if err != nil || len(tokens) != 1 {
		d.t.Fatalf("%d tokens, %v", len(tokens), err)
	}
	return tokens[0]
}

func (d *driver) expires(want string) {
	d.t.Helper()
	if got := d.only().ExpiresAt.UTC().Format(time.RFC3339); got != want {
		d.t.Errorf("expires at %s, want %s", got, want)
	}
}

func TestCreateTakesTheDefaultsWithEnter(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n")
	d.shows("New invite link", "Name default", "[1 week]", "Stops working Tue 1 Dec 2026 00:00 UTC", "rounded up to midnight UTC")
	d.press("enter")
	d.expires("2026-12-01T00:00:00Z")
	if got := d.only(); got.Name != "default" || !got.Enabled {
		t.Errorf("made %+v", got)
	}
	d.shows("● Active", "Created: it works until Tue 1 Dec 2026 00:00 UTC")
}

func TestCreateWithANameAndACustomDate(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n", "shift+tab")
	for range "default" {
		d.press("backspace")
	}
	d.write("party")
	d.shows("the Admin UI shows only a link named")
	d.press("tab", "right", "right", "tab")
	d.write("2026-11-29")
	d.shows("Stops working Mon 30 Nov 2026 00:00 UTC", "last full day: Sun 29 Nov")
	d.press("enter")
	d.expires("2026-11-30T00:00:00Z")
	if got := d.only().Name; got != "party" {
		t.Errorf("named %q", got)
	}
}

func TestWritingOnTheChoicesMeansACustomTime(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n")
	d.write("3d")
	d.shows("[custom]", "Until 3d", "Stops working Fri 27 Nov 2026 00:00 UTC")
	d.press("enter")
	d.expires("2026-11-27T00:00:00Z")
}

func TestCustomTimePreviewsWhatTheServerDoes(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n")
	d.write("2026-12-01 18:00")
	d.shows("Stops working Tue 1 Dec 2026 00:00 UTC", "Unleash refuses a link from the start of the day it expires")
	d.press("enter")
	d.expires("2026-12-01T18:00:00Z")
	d.shows("set to 18:00 UTC, but refused from 00:00 UTC")
}

func TestAFormThatCantBeSentKeepsWhatWasTyped(t *testing.T) {
	tests := []struct{ typed, want string }{
		{"someday", "Not a time"},
		{"12/24/2026", "That could be day/month or month/day"},
		{"90m", "Links stop at midnight UTC, not by the minute"},
		{"0d", "A link has to work for at least an hour"},
		{"2026-11-23 20:00", "A link is refused from the start of the day it expires: the earliest is 2026-11-24 00:00 UTC"},
		{"2026-11-01", "That day has passed: the earliest is today, Mon 23 Nov"},
		{"2027-02-01", "A link lasts one month at most: its last full day can be Tue 22 Dec"},
	}
	for _, tt := range tests {
		d := start(t, 80, 24)
		d.press("n")
		d.write(tt.typed)
		d.press("enter")
		d.shows("! "+tt.want, "Until "+tt.typed)
		if n := len(d.links()); n != 0 {
			t.Errorf("%q made %d tokens", tt.typed, n)
		}
	}
}

func TestANameIsNeeded(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n", "shift+tab")
	for range "default" {
		d.press("backspace")
	}
	d.press("space", "enter")
	d.shows("! The link needs a name")
	d.press("x", "enter")
	if got := d.only().Name; got != "x" {
		t.Errorf("named %q", got)
	}
}

func TestCustomWithoutATimeAsksForOne(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n", "right", "right", "right", "enter")
	d.shows("! The expiry is missing")
	d.write("2w")
	d.hides("! The expiry is missing")
	d.press("enter")
	d.expires("2026-12-08T00:00:00Z")
}

func TestEscLeavesAFormAndSendsNothing(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n")
	d.write("3d")
	d.press("esc")
	d.shows("○ None")
	if n := len(d.links()); n != 0 {
		t.Errorf("%d tokens", n)
	}
}

func TestPastedTextLosesWhatCantBeSeen(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n", "shift+tab")
	d.send(tea.PasteMsg{Content: "a\nb\x1b[31m\u202ec\r\n"})
	d.press("enter")
	if got := d.only().Name; got != "defaulta b[31mc" {
		t.Errorf("named %q", got)
	}
}

func TestPastedDateOnTheChoices(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n")
	d.send(tea.PasteMsg{Content: "Sun 29 Nov\n"})
	d.press("enter")
	d.expires("2026-11-30T00:00:00Z")
}

func TestCreateRetiresAnExpiredLinkThatWouldHideTheNewOne(t *testing.T) {
	old := live("default")
	old.ExpiresAt = noon.AddDate(0, 0, -3)
	d := start(t, 80, 24, old)
	d.press("n")
	d.shows("The link named default that no longer works will be deleted in the same step")
	d.press("shift+tab", "x")
	d.hides("will be deleted in the same step") // another name hides nothing
	d.press("backspace", "enter")
	tokens, err := d.api.Tokens(context.Background())
	if err != nil || len(tokens) != 2 {
		t.Fatalf("%d tokens, %v", len(tokens), err)
	}
	for _, token := range tokens {
		if token.Enabled != token.ExpiresAt.After(noon) {
			t.Errorf("enabled %v, expires at %s", token.Enabled, token.ExpiresAt)
		}
	}
}

func TestEditTakes48HoursWithEnter(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("e")
	d.shows("Now Tue 1 Dec 2026 00:00 UTC", "[48 hours]", "Stops working Thu 26 Nov 2026 00:00 UTC", "that is 5 days sooner")
	d.write("5 Dec")
	d.shows("Stops working Sun 6 Dec 2026 00:00 UTC", "that is 5 days later", "last full day: Sat 5 Dec")
	d.press("shift+tab", "left", "left", "left", "enter")
	d.expires("2026-11-26T00:00:00Z")
	d.shows("● Active", "Changed: it works until Thu 26 Nov 2026 00:00 UTC.", "Stops working Thu 26 Nov 2026")
}

func TestEditStartsFromTheExpiryThatTheLinkHas(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("e", "right", "right", "right", "tab")
	d.shows("Until 2026-11-30", "Stops working Tue 1 Dec 2026 00:00 UTC", "the same as now")
	d.press("enter")
	d.shows("● Active", "Nothing was changed: that is already its expiry.")
	d.expires("2026-12-01T00:00:00Z")

	d.press("e", "right", "right", "right", "tab", "backspace", "backspace")
	d.write("28")
	d.shows("Until 2026-11-28", "that is 2 days sooner")
	d.press("enter")
	d.expires("2026-11-29T00:00:00Z")

	expired := live("default")
	expired.ExpiresAt = noon.AddDate(0, 0, -3)
	d = start(t, 80, 24, expired)
	d.press("e", "right", "right", "right")
	d.shows("Now Fri 20 Nov 2026", "a date, fri, tomorrow")
	d.hides("2026-11-19")
}

func TestEditKeepsTheMonthsLimitAndSaysSo(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("e")
	d.write("2027-03-01")
	d.shows("one month at most", "the server would take more here")
	d.press("enter")
	d.expires("2026-12-01T00:00:00Z")
}

func TestAFailedWriteKeepsTheForm(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("e")
	d.write("3d")
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPut {
			return &http.Response{StatusCode: 403, Body: http.NoBody, Request: r}, nil
		}
		return nil, nil
	})
	d.press("enter")
	d.shows("Change when the link stops working", "Until 3d", "403")
	d.net.set(nil)
	d.press("enter")
	d.expires("2026-11-27T00:00:00Z")
}

func TestAChangeElsewhereKeepsTheWriteBack(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("e")
	token := d.only()
	later := token.ExpiresAt.AddDate(0, 0, 3)
	if err := d.api.SetExpiry(context.Background(), token.Secret, later); err != nil {
		t.Fatal(err)
	}
	d.later()
	d.press("enter")
	d.expires("2026-12-04T00:00:00Z")
	d.press("esc")
	d.shows("Fri 4 Dec 2026")
}

func TestOnlyOneActionAtATime(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n")
	d.hold = true
	d.press("enter")
	d.hides("Creating")
	d.press("enter", "enter") // they have to wait, and say for what
	d.shows("Creating the link…", "esc stop waiting")
	d.release()
	d.only()
	d.shows("● Active")
	d.hides("Creating")
}

func TestDeleteAsksFirst(t *testing.T) {
	for _, keyName := range []string{"n", "esc", "enter", "d", "q", "space"} {
		d := start(t, 80, 24, live("default", "Ann", "Bob"))
		d.press("d")
		d.shows("Delete this link?", "The 2 users who joined keep their accounts.", "y delete it", "esc cancel")
		d.press(keyName)
		if !d.only().Enabled || d.quit {
			t.Errorf("%q acted", keyName)
		}
		d.shows("● Active", "Nothing was deleted.")
	}
	d := start(t, 80, 24, live("default"))
	d.press("d", "y")
	if d.only().Enabled {
		t.Error("y did not delete")
	}
	d.shows("○ Deleted", "Deleted: nobody can join with that link any more.")
}

func TestDeleteThatFailsSaysSoAndShowsWhatIsTrue(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("d")
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPut {
			return nil, errRefused
		}
		return nil, nil
	})
	d.press("y")
	d.shows("● Active", "connection refused")
}

func TestUsesTheServersLinkOfTheDemo(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	if got := d.only().URL; got != demo.Origin+"/new-user?invite="+d.only().Secret {
		t.Errorf("link %q", got)
	}
}

func TestALinkMadeElsewhereLeavesTheFormOfANewOne(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n")
	if _, err := d.api.Create(context.Background(), "theirs", noon.AddDate(0, 0, 9)); err != nil {
		t.Fatal(err)
	}
	d.later()
	d.press("enter")
	d.shows("● Active", `The link was not created: "theirs" is live`)
	d.hides("New invite link")
	d.only()
}
