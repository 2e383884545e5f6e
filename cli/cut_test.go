package cli

import (
	"context"
	"strings"
	"testing"

	"unleash-invite/config"
	"unleash-invite/demo"
	"unleash-invite/exit"
	"unleash-invite/model"
)

// cutShort reads no list to its end.
type cutShort struct{ API }

func (c cutShort) Look(ctx context.Context) (model.Links, error) {
	links, err := c.API.Look(ctx)
	links.Partial = true
	return links, err
}

// Where a list was not read whole and nothing in it is live, it is not said that nobody can join, nor that there is nothing to do.
func TestAListThatWasCutMayHideALiveLink(t *testing.T) {
	w := newWorld()
	w.cutLists = true
	w.add(t, config.Profile{Name: "a"}, demo.AdminToken, demo.Link{Name: "default", ExpiresAt: midnight(5), Deleted: true})
	for _, command := range []string{"status", "link", "delete --yes"} {
		got := w.run(t, strings.Fields(command)...)
		if got.code != exit.Failure || !strings.Contains(got.stderr, "there may be one") || w.writes() > 0 {
			t.Errorf("%s: %+v", command, got)
		}
	}
	said := valid(t, w.run(t, "status", "--json").stdout)
	if said["status"] != "unknown" || said["joinable"] != nil {
		t.Errorf("%v", said)
	}
	if got := w.run(t, "list"); got.code != exit.OK || !strings.Contains(got.stderr, "there may be more links") {
		t.Errorf("list: %+v", got)
	}

	w = newWorld()
	w.cutLists = true
	w.add(t, config.Profile{Name: "a"}, demo.AdminToken, live("default", 5))
	for _, command := range []string{"status", "link", "delete --yes"} {
		if got := w.run(t, strings.Fields(command)...); got.code != exit.OK {
			t.Errorf("%s of a live link: %+v", command, got)
		}
	}
}
