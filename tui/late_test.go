package tui

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"unleash-invite/demo"
)

// loses lets the answer to the first creation get lost, which has not arrived yet.
func (d *driver) loses() {
	lost := false
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method != http.MethodPost || lost {
			return nil, nil
		}
		lost = true
		return nil, io.ErrUnexpectedEOF
	})
}

// While a creation may still arrive, nothing that makes a second live link is sent without a question.
func TestWhileALinkMayStillArrive(t *testing.T) {
	gone := live("old", "Ann")
	gone.Deleted = true
	for name, keys := range map[string][]string{
		"the form again":   {"enter"},
		"another form":     {"esc", "n"},
		"undo":             {"esc", "u"},
		"a link of before": {"esc", "l", "u"},
	} {
		d := start(t, 80, 24, gone)
		d.loses()
		d.press("n", "enter")
		d.shows("It is not known whether the link was created")
		d.later()
		d.press(keys...)
		d.shows("Continue anyway?")
		d.wantLive(0)
		d.press("x")
		d.shows("Nothing was done.")
		d.press(slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return key == "esc" || key == "l" })...)
		d.shows("Continue anyway?")
		d.press("y")
		if name == "another form" { // which was agreed to
			d.press("enter")
		}
		d.hides("Continue anyway?")
		if d.wantLive(1); t.Failed() {
			t.Fatal(name)
		}
	}
}

// Nor does a question about a removal lead to a rotation without one.
func TestRotatingBeforeARemovalWhileALinkMayStillArrive(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"), live("other", "Bob"))
	d.loses()
	d.press("r", "tab", "enter")
	d.shows("it is not known whether the new link was created")
	d.later()
	d.press("esc", "j", "d", "tab")
	d.shows("Continue anyway?")
	d.press("y")
	d.shows("Rotate the invite link?") // the other one
}

// Where the answer to a rotation of a profile was lost, another attempt waits for what may still arrive.
func TestARotationOfProfilesWaitsForALinkThatIsLate(t *testing.T) {
	d := fleet(t, 100, 30)
	d.press("p", "r")
	var late *http.Request
	looks := 10
	d.fails(func(r *http.Request) (*http.Response, error) {
		switch {
		case r.URL.Host != "lab.acme.io":
		case r.Method == http.MethodPost:
			body, _ := io.ReadAll(r.Body)
			late = r.Clone(context.Background())
			late.Body = io.NopCloser(bytes.NewReader(body))
			late.URL.Host, late.Host = strings.TrimPrefix(demo.Origin, "https://"), ""
			late.Header.Set("Authorization", demo.AdminToken)
			return nil, io.ErrUnexpectedEOF
		case late != nil && strings.HasSuffix(r.URL.Path, "/tokens"):
			if looks++; looks == 2 {
				resp, err := d.instances.servers[r.URL.Host].RoundTrip(late)
				if err != nil {
					t.Error(err)
				}
				_ = resp.Body.Close()
			}
		}
		return nil, nil
	})
	d.press("y")
	d.shows("Rotated 0 of 1 profile", "? not known")
	d.later()
	looks = 0
	d.press("r")
	d.shows("Rotated 1 of 1 profile", "● rotated")
	if now := d.liveOn("lab"); len(now) != 1 {
		t.Errorf("%d links are live", len(now))
	}
}
