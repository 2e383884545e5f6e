package tui

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"unleash-invite/tui/draw"
)

func TestMaintenanceModeIsSwitchedOffToDeleteALink(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann"))
	if _, err := d.api.SetMaintenance(context.Background(), true); err != nil {
		t.Fatal(err)
	}
	d.press("o")
	d.hides("Switch maintenance", "o maintenance")
	d.press("d", "y") // the answer tells that the mode is on
	d.shows("maintenance mode", "! maintenance mode is on: a live link can't be deleted, but people can still join with it; o switches it off",
		"o maintenance off")
	d.press("o")
	d.shows("Switch maintenance mode off?")
	d.press("n")
	d.shows("Maintenance mode stays on.")
	d.press("o", "y")
	d.shows("Maintenance mode is off: links can be deleted. o switches it on again.", "o maintenance on again")
	d.hides("! maintenance")
	d.press("d", "y")
	d.shows("○ Deleted")
	d.press("o")
	d.shows("Maintenance mode is on again.")
	if server, err := d.api.Server(context.Background()); err != nil || !server.Maintenance {
		t.Errorf("it is not on: %+v, %v", server, err)
	}
}

func TestMaintenanceModeIsLearnedFromARemovalThatItRefuses(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann"))
	if _, err := d.api.SetMaintenance(context.Background(), true); err != nil {
		t.Fatal(err)
	}
	d.press("j", "d", "y")
	d.shows("○ not removed Ann", "Switch maintenance mode off first")
	d.has("Ann")
	d.press("esc", "esc")
	d.shows("! maintenance mode is on: a live link can't be deleted", "o maintenance off")
	d.press("o", "y", "j", "d", "y")
	d.shows("Removed 1 of 1 account")
	d.has()
}

func TestThatMaintenanceModeIsOffIsToldEvenIfTheLookAfterItFails(t *testing.T) {
	d := start(t, 100, 24, live("default"))
	d.m.session.Server.Maintenance = true
	d.press("o")
	sent := false
	d.net.set(func(r *http.Request) (*http.Response, error) {
		sent = sent || r.Method == http.MethodPost
		if sent && strings.HasSuffix(r.URL.Path, "/tokens") {
			return nil, errCut
		}
		return nil, nil
	})
	d.press("y")
	d.shows("Maintenance mode is off: links can be deleted. o switches it on again.", "! The connection")
}

func TestMaintenanceIsRedWhereALinkIsLive(t *testing.T) {
	red := draw.NewStyles().Failure.Render("! maintenance")
	for _, deleted := range []bool{false, true} {
		link := live("default")
		link.Deleted = deleted
		d := start(t, 200, 24, link)
		d.m.session.Server.Maintenance = true
		if got := strings.Contains(d.m.View().Content, red); got == deleted {
			t.Errorf("deleted: %t, red: %t\n%q", deleted, got, d.m.View().Content)
		}
		d.shows("maintenance mode is on", "o switches it off")
	}
}

func TestTheRoleThatPeopleGetIsTheTokens(t *testing.T) {
	d := start(t, 100, 24, live("default"))
	d.shows("anyone with this link can join as Viewer")
	d.m.session.Links.Tokens[0].Role.Name = "Editor"
	d.shows("can join as Editor")
	d.m.session.Links.Tokens[0].Role.Name = ""
	d.shows("anyone with this link can join")
	d.hides("join as")
}
