package client

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"unleash-invite/model"
)

func TestValidate(t *testing.T) {
	tests := map[string]struct {
		status      int
		contentType string
		body        string
		want        model.Verdict
		kind        Kind
	}{
		"accepted":               {200, "", "", model.Accepted, 0},
		"rejected":               {400, "", "", model.Rejected, 0},
		"rejected with words":    {400, "application/json", `{"name":"BadDataError"}`, model.Unverified, KindBadResponse},
		"accepted with a space":  {200, "", " ", model.Unverified, KindBadResponse},
		"rejected with a space":  {400, "", "\n", model.Unverified, KindBadResponse},
		"304":                    {304, "", "", model.Unverified, KindBadResponse},
		"202":                    {202, "", "", model.Unverified, KindBadResponse},
		"204":                    {204, "", "", model.Unverified, KindBadResponse},
		"JSON":                   {200, "application/json", "{}", model.Unverified, KindBadResponse},
		"the user interface":     {200, "text/html", "<!DOCTYPE html>", model.Unverified, KindBadResponse},
		"a gateway's OK":         {200, "text/plain", "OK", model.Unverified, KindBadResponse},
		"a gateway's refusal":    {400, "text/html", "<html>400 Bad Request", model.Unverified, KindBadResponse},
		"a gateway's plain word": {400, "text/plain", "Bad Request", model.Unverified, KindBadResponse},
		"401":                    {401, "", "", model.Unverified, KindAnswer},
		"404":                    {404, "application/json", "{}", model.Unverified, KindAnswer},
		"a redirect":             {302, "", "", model.Unverified, KindAnswer},
		"500":                    {500, "", "", model.Unverified, KindAnswer},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var path string
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				path = r.URL.EscapedPath()
				w.Header().Set("Content-Type", test.contentType)
				w.WriteHeader(test.status)
				fmt.Fprint(w, test.body)
			})
			got, err := c.Validate(context.Background(), "a b")
			if got != test.want || path != "/invite/a%20b/validate" {
				t.Errorf("%v of %s, want %v", got, path, test.want)
			}
			if test.kind == 0 && err != nil || test.kind != 0 && asError(t, err).Kind != test.kind {
				t.Errorf("%v, want kind %d", err, test.kind)
			}
		})
	}
}

// A verdict that a cache kept is none, and no query is used twice.
func TestACacheIsNotTheServer(t *testing.T) {
	seen := map[string]bool{}
	age, status := "0", 200
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if seen[r.RequestURI] || r.URL.RawQuery == "" || r.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s %v", r.RequestURI, r.Header)
		}
		seen[r.RequestURI] = true
		w.Header().Set("Age", age)
		w.WriteHeader(status)
	})
	for _, status = range []int{200, 400} {
		for _, age = range []string{"0", "2"} {
			if got, err := c.Validate(t.Context(), "a"); err != nil || got == model.Unverified {
				t.Errorf("%d, Age %s: %v, %v", status, age, got, err)
			}
		}
		age = "40"
		got, err := c.Validate(t.Context(), "a")
		if got != model.Unverified || asError(t, err).Kind != KindBadResponse {
			t.Errorf("%d from a cache: %v, %v", status, got, err)
		}
	}
}

func someLinks(n int) model.Links {
	links := model.Links{FetchedAt: time.Now()}
	for i := range n {
		links.Tokens = append(links.Tokens, model.Token{Secret: fmt.Sprint(i), Enabled: i%4 != 3, Verdict: model.Accepted})
	}
	return links
}

func TestVerify(t *testing.T) {
	var now, most, asked atomic.Int32
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n := now.Add(1)
		for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
		}
		defer now.Add(-1)
		asked.Add(1)
		time.Sleep(5 * time.Millisecond)
		if strings.HasSuffix(r.URL.Path, "1/validate") {
			w.WriteHeader(400)
		}
	})
	given := someLinks(100)
	kept := slices.Clone(given.Tokens)
	got, err := c.Verify(context.Background(), given)
	if err != nil || got.FetchedAt != given.FetchedAt || len(got.Tokens) != 100 {
		t.Fatal(err, len(got.Tokens))
	}
	for i, token := range got.Tokens {
		want := model.Accepted
		switch {
		case !token.Enabled:
			want = model.Unverified
		case strings.HasSuffix(token.Secret, "1"):
			want = model.Rejected
		}
		if token.Verdict != want {
			t.Errorf("%s: %v, want %v", token.Secret, token.Verdict, want)
		}
		if given.Tokens[i].Verdict != kept[i].Verdict {
			t.Error("the links given were changed")
		}
	}
	if asked.Load() != 75 || most.Load() > validators || most.Load() < 2 {
		t.Errorf("asked %d times, %d at once", asked.Load(), most.Load())
	}
}

func TestVerifyFails(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/invite/2/validate" {
			w.WriteHeader(404)
		}
	})
	got, err := c.Verify(context.Background(), someLinks(20))
	if e := asError(t, err); e.Status != 404 || !strings.HasPrefix(e.Error(), "the server did not say whether every link works: 404") {
		t.Error(err)
	}
	for _, token := range got.Tokens {
		if want := token.Enabled && token.Secret != "2"; (token.Verdict == model.Accepted) != want {
			t.Errorf("%s: %v", token.Secret, token.Verdict)
		}
	}
}

// A server that says no to everything is not asked ten thousand times.
func TestVerifyGivesUp(t *testing.T) {
	var asked atomic.Int32
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(404)
	})
	if _, err := c.Verify(context.Background(), someLinks(1000)); err == nil || asked.Load() > failuresLimit+validators {
		t.Errorf("asked %d times, %v", asked.Load(), err)
	}
}

func TestLook(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/tokens"):
			fmt.Fprint(w, `{"tokens":[{"secret":"a","url":"https://x.io/","enabled":true}]}`)
		case strings.HasSuffix(r.URL.Path, "/validate"):
			w.WriteHeader(404)
		}
	})
	before := time.Now()
	listed, err := c.List(context.Background())
	if err != nil || len(listed.Tokens) != 1 || listed.Tokens[0].Verdict != model.Unverified || listed.FetchedAt.Before(before) {
		t.Errorf("List: %+v, %v", listed, err)
	}
	looked, err := c.Look(context.Background())
	if err == nil || len(looked.Tokens) != 1 || looked.FetchedAt.IsZero() {
		t.Errorf("Look: %+v, %v, want the links and an error", looked, err)
	}
}

// The server is not asked about links that expired days ago, unless one of the clocks may be wrong.
func TestLongExpiredLinksAreNotAskedAbout(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	ago := func(hours int) time.Time { return now.Add(-time.Duration(hours) * time.Hour) }
	tests := map[string]struct {
		ours, theirs time.Time
		want         string // of the links that expired 2 hours, 70, 74 and 5,000 hours ago
	}{
		"both clocks right":                {now, now, "asked asked rejected rejected"},
		"ours far ahead":                   {now.AddDate(1, 0, 0), now, "asked asked rejected rejected"},
		"ours behind":                      {now.AddDate(0, 0, -30), now, "asked asked asked rejected"},
		"theirs far ahead":                 {now, now.AddDate(1, 0, 0), "asked asked rejected rejected"},
		"the server does not tell its own": {now, time.Time{}, "asked asked asked asked"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header()["Date"] = nil
				if !test.theirs.IsZero() {
					w.Header().Set("Date", test.theirs.Format(http.TimeFormat))
				}
				if strings.HasSuffix(r.URL.Path, "/tokens") {
					fmt.Fprint(w, `{"tokens":[]}`)
				}
			}, WithClock(func() time.Time { return test.ours }))
			links, err := c.List(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, hours := range []int{2, 70, 74, 5000} {
				links.Tokens = append(links.Tokens, model.Token{Secret: fmt.Sprint(hours), Enabled: true, ExpiresAt: ago(hours)})
			}
			links, err = c.Verify(t.Context(), links)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, token := range links.Tokens {
				got = append(got, map[model.Verdict]string{model.Accepted: "asked", model.Rejected: "rejected"}[token.Verdict])
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// Go's clock for differences stands still while a Linux machine sleeps, so an old list would look fresh.
func TestTheTimeOfAListIsTheTimeOfDay(t *testing.T) {
	_, c := startFake(t, fakeLink("a", "default", 7, true))
	links, err := c.List(context.Background())
	if err != nil || strings.Contains(links.FetchedAt.String(), "m=") {
		t.Errorf("%s, %v", links.FetchedAt, err)
	}
}

// The current link's verdict is there before the others are asked about, which then is not asked about again.
func TestTheCurrentLinkIsAskedAboutFirst(t *testing.T) {
	f, c := startFake(t, fakeLink("a", "a", 30, true), fakeLink("b", "default", 7, true), fakeLink("c", "c", 30, true))
	var asked []string
	var mu sync.Mutex
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		if secret, ok := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/invite/"), "/validate"); ok {
			mu.Lock()
			asked = append(asked, secret)
			mu.Unlock()
		}
		serve(w)
	}
	listed, err := c.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first, more, err := c.VerifyCurrent(t.Context(), listed)
	if current, _ := first.Find("b"); err != nil || !more || current.Verdict != model.Accepted || !slices.Equal(asked, []string{"b"}) {
		t.Fatalf("asked about %q, more %v, the current link is %v (%v)", asked, more, current.Verdict, err)
	}
	all, err := c.VerifyRest(t.Context(), first)
	slices.Sort(asked)
	if err != nil || !slices.Equal(asked, []string{"a", "b", "c"}) {
		t.Errorf("asked about %q (%v)", asked, err)
	}
	for _, token := range all.Tokens {
		if token.Verdict != model.Accepted {
			t.Errorf("%s: %v", token.Secret, token.Verdict)
		}
	}
	if _, more, err := c.VerifyCurrent(t.Context(), model.Links{Tokens: listed.Tokens[1:2]}); more || err != nil {
		t.Errorf("more than one link to ask about: %v (%v)", more, err)
	}
}
