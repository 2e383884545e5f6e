package client

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"unleash-invite/model"
)

// rival is a link that somebody else makes just after ours, which is "made0", or
// made a little earlier by its creation time.
func rival(name string, earlier bool) fakeToken {
	t := fakeLink("rival", name, 5, true)
	t.CreatedAt = time.Now().Add(time.Hour).UTC().Format(timeFormat)
	if earlier {
		t.CreatedAt = time.Now().Add(-time.Hour).UTC().Format(timeFormat)
	}
	t.URL = "https://flags.acme.io/new-user?invite=rival"
	return t
}

// meanwhile lets something happen on the server right after our link was made.
func (f *fake) meanwhile(do func()) {
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		serve(w)
		if r.Method == http.MethodPost {
			f.mu.Lock()
			defer f.mu.Unlock()
			do()
		}
	}
}

// Of two links made at the same time the first one stays, whoever made it.
func TestRace(t *testing.T) {
	tests := map[string]struct {
		happens func(*fake)
		kind    Kind
		live    string // of the links, the current one first
		made    string
		says    string
	}{
		"ours was first":   {func(f *fake) { f.tokens = append(f.tokens, rival("default", false)) }, KindPrevailed, "made0", "made0", "theirs came later and was deleted, yours stays"},
		"theirs was first": {func(f *fake) { f.tokens = append(f.tokens, rival("default", true)) }, KindYielded, "rival", "rival", "theirs came first and stays, yours was deleted"},
		"they deleted ours": {func(f *fake) {
			f.tokens = append(f.tokens, rival("default", true))
			f.tokens[0].Enabled = false
		}, KindYielded, "rival", "rival", "theirs came first and stays, yours was deleted"},
		"ours was sent twice": {func(f *fake) {
			f.tokens[0].CreatedBy = "admin"
			twin := rival("default", true)
			twin.CreatedBy, twin.ExpiresAt = "admin", f.tokens[0].ExpiresAt
			f.tokens = append(f.tokens, twin)
		}, KindPrevailed, "rival", "rival", "two links were created at the same time: the first one stays, the other was deleted"},
		"theirs is of another name": {func(f *fake) { f.tokens = append(f.tokens, rival("Team", false)) }, 0, "made0 rival", "made0", ""},
		"ours was deleted": {func(f *fake) { f.tokens[0].Enabled = false }, KindNotDone, "", "made0",
			"was created, but somebody deleted it at the same time"},
	}
	for name, test := range tests {
		for _, op := range []string{"create", "rotate"} {
			f, c := startFake(t)
			f.meanwhile(func() { test.happens(f) })
			var made model.Token
			var links model.Links
			var err error
			if op == "create" {
				links, made, err = c.CreateLink(context.Background(), "default", stamp(2))
			} else {
				links, made, _, err = rotate(context.Background(), c, f, "default")
			}
			f.agrees(t, links)
			var live []string
			for _, each := range links.Live(time.Now()) {
				live = append(live, each.Secret)
			}
			if strings.Join(live, " ") != test.live || made.Secret != test.made {
				t.Errorf("%s, %s: live %q, made %q", op, name, live, made.Secret)
			}
			if test.kind == 0 {
				if err != nil {
					t.Errorf("%s, %s: %v", op, name, err)
				}
				continue
			}
			if e := asError(t, err); e.Kind != test.kind || !strings.Contains(e.Error(), test.says) || e.Done() != (test.kind == KindPrevailed) {
				t.Errorf("%s, %s: kind %d, %v, want %q", op, name, e.Kind, e, test.says)
			}
		}
	}
}

// Ours is deleted by the other one between our list and the verdict on it.
func TestRaceDuringTheLook(t *testing.T) {
	f, c := startFake(t)
	posted := false
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		serve(w)
		f.mu.Lock()
		defer f.mu.Unlock()
		switch {
		case r.Method == http.MethodPost:
			posted = true
			f.tokens = append(f.tokens, rival("default", true))
		case posted && strings.HasSuffix(r.URL.Path, "/tokens"):
			f.tokens[0].Enabled = false
		}
	}
	links, made, _, err := rotate(context.Background(), c, f, "default")
	f.agrees(t, links)
	if e := asError(t, err); e.Kind != KindYielded || made.Secret != "rival" {
		t.Errorf("kind %d, %v, made %q", e.Kind, e, made.Secret)
	}
}

// The later one can't be deleted: both are told of.
func TestRaceThatFails(t *testing.T) {
	f, c := startFake(t)
	f.meanwhile(func() { f.tokens = append(f.tokens, rival("default", false)) })
	after := f.fault
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		if r.Method == http.MethodPut {
			w.WriteHeader(403)
			return
		}
		after(w, r, serve)
	}
	links, made, _, err := rotate(context.Background(), c, f, "default")
	f.agrees(t, links)
	if e := asError(t, err); !strings.HasPrefix(e.Error(), "another link was created at the same time, and both may be live: the link was not deleted: 403") || made.Secret != "made0" {
		t.Errorf("%v, made %q", e, made.Secret)
	}
	if live := links.Live(time.Now()); len(live) != 2 {
		t.Errorf("live %+v", live)
	}
}

// Both links are gone when the race is over: there is no link, and that is said.
func TestRaceWithoutWinner(t *testing.T) {
	f, c := startFake(t)
	f.meanwhile(func() { f.tokens = append(f.tokens, rival("default", true)) })
	after := f.fault
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		after(w, r, serve)
		if r.Method == http.MethodPut {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.tokens[1].Enabled = false
		}
	}
	links, _, _, err := rotate(context.Background(), c, f, "default")
	f.agrees(t, links)
	if e := asError(t, err); e.Kind != KindNotDone || !strings.Contains(e.Error(), "were both deleted") {
		t.Errorf("kind %d, %v", e.Kind, e)
	}
}
