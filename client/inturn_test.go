package client

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"unleash-invite/model"
)

// asker is a client of a server with many live links, and what it asked about.
type asker struct {
	*fake
	c     *Client
	links model.Links
	mu    sync.Mutex
	asked map[string]int
	// refuse holds the status with which questions about a link are answered; 0 is its verdict.
	refuse func(secret string) int
}

func startAsker(t *testing.T, links int) *asker {
	t.Helper()
	tokens := []fakeToken{fakeLink("current", "default", 7, true)}
	for i := range links - 1 {
		tokens = append(tokens, fakeLink(fmt.Sprintf("other%d", i), "team", 1+i%7, true))
	}
	w, c := startWires(tokens...)
	a := &asker{fake: w.fake, c: c, asked: map[string]int{}, refuse: func(string) int { return 0 }}
	w.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		secret, asks := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/invite/"), "/validate")
		if asks {
			a.mu.Lock()
			a.asked[secret]++
			status := a.refuse(secret)
			a.mu.Unlock()
			if status != 0 {
				w.WriteHeader(status)
				return
			}
		}
		serve(w)
	}
	var err error
	if a.links, err = c.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.asked = map[string]int{}
	return a
}

// look looks after a while, and counts the questions.
func (a *asker) look(t *testing.T, others int) (questions int, err error) {
	t.Helper()
	time.Sleep(10 * time.Second)
	before := a.sum()
	links, err := a.c.LookInTurn(t.Context(), a.links, others)
	a.links = links
	return a.sum() - before, err
}

func (a *asker) sum() (n int) {
	for _, times := range a.asked {
		n += times
	}
	return n
}

func TestEveryLinkHasItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := startAsker(t, 41)
		first := a.links.FetchedAt
		a.refuse = func(secret string) int { // these are answered never again, and must not keep the others from it
			if strings.HasSuffix(secret, "7") {
				return 404
			}
			return 0
		}
		for range 16 {
			if n, _ := a.look(t, 5); n != 6 {
				t.Errorf("%d questions", n)
			}
		}
		for _, token := range a.links.Tokens {
			times, ago := a.asked[token.Secret], time.Since(token.AskedAt)
			switch {
			case token.Secret == "current":
				if times != 16 || ago > time.Second {
					t.Errorf("the current link was asked about %d times, %s ago", times, ago)
				}
			case times != 2 || token.Verdict != model.Accepted:
				t.Errorf("%s was asked about %d times: %v", token.Secret, times, token.Verdict)
			case strings.HasSuffix(token.Secret, "7") != (token.AskedAt.Sub(first) < time.Second):
				t.Errorf("the verdict on %s is said to be %s old", token.Secret, ago)
			}
		}
	})
}

func TestWhatChangesIsAskedAboutAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := startAsker(t, 100)
		a.tokens[97].ExpiresAt = stamp(-1).Format(timeFormat)
		a.tokens[98].Enabled = false
		a.tokens = append(a.tokens, fakeLink("new", "default", 9, true))
		if _, err := a.look(t, 1); err != nil {
			t.Fatal(err)
		}
		for secret, want := range map[string]model.Verdict{
			"other96": model.Rejected, "other97": model.Unverified, "new": model.Accepted, "other5": model.Accepted,
		} {
			if got, _ := a.links.Find(secret); got.Verdict != want {
				t.Errorf("%s: %v, want %v", secret, got.Verdict, want)
			}
		}
		if a.asked["other96"] != 1 || a.asked["new"] != 1 || a.asked["other97"] != 0 {
			t.Errorf("asked %v", a.asked)
		}
	})
}

// The current link is asked about in the look in which it becomes that.
func TestAnotherCurrentLinkIsAskedAboutAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := startAsker(t, 100)
		a.tokens[0].Enabled = false
		if _, err := a.look(t, 0); err != nil {
			t.Fatal(err)
		}
		current, _ := a.links.Current(time.Now())
		if ago := time.Since(current.AskedAt); current.Secret == "current" || ago > time.Second || a.sum() != 2 {
			t.Errorf("%s was asked about %s ago, of %v", current.Secret, ago, a.asked)
		}
	})
}

// At the end of a link its last verdict no longer stands.
func TestAVerdictEndsWithItsLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := startAsker(t, 100)
		time.Sleep(time.Until(stamp(1)))
		for range 8 { // 15 of them end at that midnight
			before := a.links
			if _, err := a.look(t, 2); err != nil {
				t.Fatal(err)
			}
			for _, token := range a.links.Tokens {
				if token.Live(time.Now()) && token.StopsAt().Before(time.Now()) {
					t.Errorf("%s ended at %s and is taken for live", token.Secret, token.StopsAt())
				}
			}
			if len(before.Tokens) != len(a.links.Tokens) {
				t.Error("links were lost")
			}
		}
		for _, token := range a.links.Tokens {
			if ended := token.StopsAt().Before(time.Now()); ended && token.Verdict != model.Rejected {
				t.Errorf("%s was not asked about after its end", token.Secret)
			}
		}
	})
}

// A server that was asked too much is not asked again at once; what it said last stands.
func TestAskedTooMuch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := startAsker(t, 2000)
		a.refuse = func(string) int { return http.StatusTooManyRequests }
		n, err := a.look(t, 15)
		if e := asError(t, err); e.Status != 429 || n > attempts+validators {
			t.Errorf("%d questions, and %v", n, err)
		}
		for _, token := range a.links.Tokens {
			if current := token.Secret == "current"; (token.Verdict == model.Unverified) != current {
				t.Errorf("%s: %v", token.Secret, token.Verdict)
			}
		}
		a.refuse = func(string) int { return 0 }
		if n, err := a.look(t, 15); n != 16 || err != nil {
			t.Errorf("%d questions, and %v", n, err)
		}
	})
}
