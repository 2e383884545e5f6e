package tui

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"unleash-invite/client"
	"unleash-invite/demo"
	"unleash-invite/model"
	"unleash-invite/tui/screen"
)

// another is another admin's client, whose requests meet no faults.
func (d *driver) another() *client.Client {
	d.t.Helper()
	c, err := client.New(d.server.URL(), demo.AdminToken, client.WithTransport(d.net.next), client.WithClock(d.m.Now))
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func (d *driver) wantLive(want int) {
	d.t.Helper()
	n := 0
	for _, live := range d.links() {
		if live {
			n++
		}
	}
	if n != want {
		d.t.Errorf("%d links are live, not %d:\n%s", n, want, d.screen())
	}
}

// On a deleted link u restores the link that is shown, whoever deleted it.
func TestWhatSomebodyElseDeletedIsRestored(t *testing.T) {
	d := start(t, 100, 24, live("default"))
	current, _ := d.m.session.Current()
	if err := d.another().Delete(context.Background(), current.Secret); err != nil {
		t.Fatal(err)
	}
	d.later()
	d.press("r", "y")
	d.shows("Nothing was changed", "somebody has deleted it in the meantime")
	d.press("esc")
	d.shows("○ Deleted no link works: this one was deleted, and nothing replaced it", "u restore n new link")
	d.wantLive(0)
	d.press("u")
	d.shows("Restored: it works until", "● Active")
	d.wantLive(1)
}

// A rotation that was cut after its deletion, with nobody left to undo it, is told on the next start, with the way out.
func TestALinkThatNothingReplacedIsToldAtTheStart(t *testing.T) {
	gone := live("default", "Ann")
	gone.Deleted = true
	d := start(t, 80, 24, gone)
	d.shows("○ Deleted no link works: this one was deleted, and nothing replaced it", "u restore n new link")
	if text := screen.Plain(d.m.session.Links, model.Server{}, "", noon); !strings.HasPrefix(text, "Deleted: no link works: this one was deleted, and nothing replaced it\n") {
		t.Error(text)
	}
	d.press("u")
	d.shows("● Active", "Restored: it works until Tue 1 Dec 2026 00:00 UTC.")
	d.hides("nothing replaced it")
}

func TestRotatingWithoutALiveLinkLeavesNothingToUndo(t *testing.T) {
	gone := live("default")
	gone.Deleted = true
	d := start(t, 100, 24, gone)
	d.press("r")
	d.shows("none: no link works now", "Existing accounts stay.")
	d.hides("stops working at once")
	d.press("y", "u")
	d.shows("There is nothing to undo")
	d.wantLive(1)
}

func TestARotationThatFailedLeavesTheUndoOfBefore(t *testing.T) {
	d := start(t, 100, 24, live("default"), live("b"))
	d.press("d", "y")
	d.net.set(refuse)
	d.later()
	d.press("r", "y")
	d.net.set(nil)
	d.press("ctrl+r", "u")
	d.shows("Restore this link?", `The link "b" is live, too`)
	d.press("y")
	d.wantLive(2)
}

func TestADeletionThatWasNotSeenIsUndone(t *testing.T) {
	d := start(t, 100, 24, live("default"))
	written := false
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if !written {
			written = r.Method == http.MethodPut
			return nil, nil
		}
		return nil, errRefused
	})
	d.press("d", "y")
	d.shows("The link was deleted, but checking it afterwards failed")
	d.net.set(nil)
	d.press("ctrl+r", "u")
	d.shows("Restored")
	d.wantLive(1)
}

func TestAllThatWasRotatedAwayIsUndone(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann"), live("b"))
	d.press("r", "2", "enter")
	d.wantLive(1)
	d.press("u")
	d.shows("Restore the 2 links that were deleted together?", "beside the live link")
	d.press("y")
	d.wantLive(3)
	d.press("u")
	d.shows("There is nothing to undo")
}

func TestRestoringAsksAboutALinkThatTheScreenDidNotKnow(t *testing.T) {
	d := start(t, 100, 24, live("default"))
	d.press("d", "y")
	if _, err := d.another().Create(context.Background(), "theirs", noon.AddDate(0, 0, 9)); err != nil {
		t.Fatal(err)
	}
	d.later()
	d.press("u")
	d.shows(`The link was not restored: another link, "theirs", is live now. Check what is there now, then decide again.`)
	d.wantLive(1)
	d.press("u")
	d.shows("Restore this link?", `The link "theirs" is live, too`)
	d.press("y")
	d.wantLive(2)
}

func TestRevivingAnExpiredLinkBesideALiveOneIsSaid(t *testing.T) {
	expired := live("party")
	expired.CreatedAt, expired.ExpiresAt = noon.AddDate(0, 0, -20), noon.AddDate(0, 0, -2)
	d := start(t, 100, 24, live("default"), expired)
	d.press("e")
	d.hides("both would let people in")
	d.press("esc", "l", "down", "e")
	d.shows(`The link "default" is live, too: both would let people in.`)
}
