package tui

import (
	"context"
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
		d.shows("maintenance mode is on")
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
