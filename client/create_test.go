package client

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/model"
)

func TestCreateLink(t *testing.T) {
	tests := map[string]struct {
		tokens []fakeToken
		name   string
		writes []string
		kind   Kind
		says   string
	}{
		"the first":          {nil, "default", []string{"POST tokens"}, 0, ""},
		"beside dead ones":   {[]fakeToken{fakeLink("a", "x", 7, false), fakeLink("b", "x", -7, true)}, "default", []string{"POST tokens"}, 0, ""},
		"over a leftover":    {[]fakeToken{fakeLink("a", "default", -7, true)}, "default", []string{"PUT a", "POST tokens"}, 0, ""},
		"over two leftovers": {[]fakeToken{fakeLink("a", "default", -7, true), fakeLink("b", "default", 0, true)}, "default", []string{"PUT a", "PUT b", "POST tokens"}, 0, ""},
		"of another name":    {[]fakeToken{fakeLink("a", "default", -7, true)}, "other", []string{"POST tokens"}, 0, ""},
		"one is live":        {[]fakeToken{fakeLink("a", "Team", 7, true)}, "default", nil, KindInTheWay, `"Team" is live until ` + stamp(7).Format("2006-01-02") + " 00:00 UTC"},
		"three are live": {[]fakeToken{fakeLink("a", "x", 7, true), fakeLink("b", "default", 7, true), fakeLink("c", "y", 7, true)}, "default", nil, KindInTheWay,
			`"default" is live until ` + stamp(7).Format("2006-01-02") + " 00:00 UTC, and 2 more"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, c := startFake(t, test.tokens...)
			links, made, err := c.CreateLink(context.Background(), test.name, stamp(2))
			f.agrees(t, links)
			if !slices.Equal(sideBySide(f.writes), test.writes) {
				t.Errorf("sent %q, want %q", f.writes, test.writes)
			}
			if test.kind != 0 {
				if e := asError(t, err); e.Kind != test.kind || !strings.Contains(e.Error(), test.says) || made.Secret != "" {
					t.Errorf("kind %d, %v, made %+v, want %q", e.Kind, e, made, test.says)
				}
				return
			}
			if err != nil || made.Name != test.name || made.Verdict != model.Accepted || !made.ExpiresAt.Equal(stamp(2)) {
				t.Errorf("made %+v, %v", made, err)
			}
			if left := links.Leftovers(time.Now()); test.name == "default" && len(left) > 0 || len(links.Live(time.Now())) != 1 {
				t.Errorf("left over: %+v", left)
			}
		})
	}
}

func TestClock(t *testing.T) {
	day := stamp(400)
	_, c := startFake(t)
	c = newTestClient(t, c.BaseURL(), WithClock(func() time.Time { return day }))
	links, err := c.List(context.Background())
	if err != nil || !links.FetchedAt.Equal(day) {
		t.Errorf("fetched at %v, %v, want %v", links.FetchedAt, err, day)
	}
}

// What came of the leftover and what of the new link are both told.
func TestLeftoversThatFail(t *testing.T) {
	refuse := func(what string) func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		return func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
			if r.Method == what {
				w.WriteHeader(403)
				return
			}
			serve(w)
		}
	}
	tests := map[string]struct {
		fault  func(http.ResponseWriter, *http.Request, func(http.ResponseWriter))
		writes []string
		says   string
	}{
		"its deletion is refused": {refuse("PUT"), []string{"PUT a"}, "no link was created, because an expired one of that name could not be deleted: the link was not deleted: 403"},
		"the creation is refused": {refuse("POST"), []string{"PUT a", "POST tokens"}, "the expired link of that name was deleted, but the link was not created: 403"},
		"its answer is lost": {func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
			if r.Method == "PUT" {
				serve(discard{})
				panic(http.ErrAbortHandler)
			}
			serve(w)
		}, []string{"PUT a", "POST tokens"}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, c := startFake(t, fakeLink("a", "default", -7, true))
			f.fault = test.fault
			links, _, err := c.CreateLink(context.Background(), "default", stamp(2))
			f.agrees(t, links)
			if !slices.Equal(sideBySide(f.writes), test.writes) {
				t.Errorf("sent %q, want %q", f.writes, test.writes)
			}
			if test.says == "" && err != nil || test.says != "" && !strings.HasPrefix(asError(t, err).Error(), test.says) {
				t.Errorf("%v, want %q", err, test.says)
			}
		})
	}
}

// Links whose verdict is not known might be live: none is created beside them.
func TestCreateNeedsTheVerdicts(t *testing.T) {
	f, c := startFake(t, fakeLink("a", "default", -1, true))
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		if strings.HasSuffix(r.URL.Path, "/validate") {
			w.WriteHeader(401)
			return
		}
		serve(w)
	}
	links, _, err := c.CreateLink(context.Background(), "default", stamp(2))
	f.agrees(t, links)
	if e := asError(t, err); e.Kind != KindNotDone || len(f.writes) != 0 {
		t.Errorf("kind %d, %v, sent %q", e.Kind, e, f.writes)
	}
}
