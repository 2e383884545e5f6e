package demo_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"unleash-invite/demo"
)

func TestTheFirstGuestComesSoon(t *testing.T) {
	now := noon
	s := demo.New(demo.Options{
		Now: func() time.Time { return now }, Links: demo.Sample(noon), Guests: demo.SampleGuests(),
	})
	for _, tt := range []struct {
		after time.Duration
		want  int
	}{{7 * time.Second, 0}, {8 * time.Second, 1}, {32 * time.Second, 1}, {33 * time.Second, 2}} {
		now = noon.Add(tt.after)
		links := linksOf(t, s, "")
		if got := len(links[len(links)-1].Users) - 4; got != tt.want {
			t.Errorf("after %s %d joined, want %d", tt.after, got, tt.want)
		}
	}
}

func TestGuestsSignUpByTheLinkThatWorks(t *testing.T) {
	now := noon
	s := demo.New(demo.Options{
		Now:   func() time.Time { return now },
		Links: []demo.Link{{Name: "default", ExpiresAt: noon.AddDate(0, 0, 5)}},
		Guests: demo.Guests{
			Names: []string{"Ann", "Bob", "Carol", "Dan"}, Every: 10 * time.Second,
		},
	})
	joined := func(after time.Duration) (all []string) {
		now = noon.Add(after)
		for _, each := range linksOf(t, s, "") {
			for _, user := range each.Users {
				all = append(all, user.Name)
			}
		}
		return all
	}
	for _, tt := range []struct {
		after time.Duration
		want  []string
	}{{9 * time.Second, nil}, {10 * time.Second, []string{"Ann"}}, {31 * time.Second, []string{"Ann", "Bob", "Carol"}}} {
		if got := joined(tt.after); !slices.Equal(got, tt.want) {
			t.Errorf("after %s joined %q, want %q", tt.after, got, tt.want)
		}
	}
	secret := linksOf(t, s, "")[0].Secret
	if w := call(s, http.MethodPut, linksPath+"/"+secret, `{"enabled":false}`); w.Code != http.StatusOK {
		t.Fatal(w.Code)
	}
	if got := joined(time.Hour); len(got) != 3 {
		t.Errorf("with a deleted link joined %q", got)
	}
	if w := call(s, http.MethodPut, linksPath+"/"+secret, `{"enabled":true}`); w.Code != http.StatusOK {
		t.Fatal(w.Code)
	}
	if got := joined(time.Hour + 11*time.Second); !slices.Equal(got, []string{"Ann", "Bob", "Carol", "Dan"}) {
		t.Errorf("with the link restored joined %q", got)
	}
}
