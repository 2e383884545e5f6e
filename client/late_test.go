package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"unleash-invite/model"
)

// wires lead to a fake without a network, in the time of a synctest bubble.
type wires struct {
	*fake
	trip  time.Duration // that each request takes
	late  time.Duration // that reads are behind; of all links only unless all is set
	all   bool
	lose  bool          // that writes get no answer
	hold  time.Duration // after which they reach the server
	twice bool          // that a POST reaches it twice
	drag  time.Duration // that answers take longer

	mu      sync.Mutex
	history []state
}

// state is a fake's tokens from some time on.
type state struct {
	from   time.Time
	tokens []fakeToken
}

func startWires(tokens ...fakeToken) (*wires, *Client) {
	w := &wires{fake: &fake{tokens: append([]fakeToken{}, tokens...)}, trip: 100 * time.Millisecond}
	for i := range w.tokens {
		w.tokens[i].URL = "https://flags.acme.io/new-user?invite=" + w.tokens[i].Secret
	}
	w.keep()
	w.history[0].from = time.Time{}
	c, err := New("https://flags.acme.io", testToken, WithTransport(w))
	if err != nil {
		panic(err)
	}
	return w, c
}

func (w *wires) keep() {
	w.fake.mu.Lock()
	defer w.fake.mu.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.history = append(w.history, state{time.Now(), slices.Clone(w.tokens)})
}

// past is a server as it was then.
func (w *wires) past(then time.Time) http.Handler {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := len(w.history) - 1
	for at > 0 && w.history[at].from.After(then) {
		at--
	}
	return &fake{tokens: slices.Clone(w.history[at].tokens)}
}

// RoundTrip implements http.RoundTripper.
func (w *wires) RoundTrip(r *http.Request) (*http.Response, error) {
	raw, _ := io.ReadAll(r.Body)
	answer := httptest.NewRecorder()
	served := func(h http.Handler, to http.ResponseWriter) {
		copied := r.Clone(context.Background())
		copied.Body = io.NopCloser(strings.NewReader(string(raw)))
		h.ServeHTTP(to, copied)
	}
	drag := w.drag
	time.Sleep(w.trip / 2)
	switch {
	case r.Method == http.MethodGet && w.late > 0 && (w.all || strings.HasSuffix(r.URL.Path, "/tokens")):
		served(w.past(time.Now().Add(-w.late)), answer)
	case r.Method == http.MethodGet:
		served(w.fake, answer)
	case w.hold > 0:
		time.AfterFunc(w.hold, func() {
			served(w.fake, discard{})
			w.keep()
		})
	default:
		served(w.fake, answer)
		if w.twice && r.Method == http.MethodPost {
			served(w.fake, discard{})
		}
		w.keep()
	}
	time.Sleep(w.trip/2 + drag)
	if w.lose && r.Method != http.MethodGet {
		return nil, errors.New("connection reset by peer")
	}
	result := answer.Result()
	result.Request = r
	return result, nil
}

// liveNow are the secrets of the links that let people in.
func (w *wires) liveNow() (secrets []string) {
	w.fake.mu.Lock()
	defer w.fake.mu.Unlock()
	for _, t := range w.tokens {
		if t.Enabled && t.ExpiresAt > time.Now().UTC().Format(timeFormat) {
			secrets = append(secrets, t.Secret)
		}
	}
	return secrets
}

// agree fails the test unless the links are what the server holds, whatever its lists show.
func (w *wires) agree(t *testing.T, when string, links model.Links, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", when, err)
	}
	for _, got := range links.Tokens {
		if want := w.token(got.Secret); want.Enabled != got.Enabled || !want.ExpiresAt.Equal(got.ExpiresAt) {
			t.Errorf("%s: %+v, want %+v", when, got, want)
		}
	}
	w.fake.mu.Lock()
	defer w.fake.mu.Unlock()
	if len(links.Tokens) != len(w.tokens) {
		t.Errorf("%s: %d links, want %d", when, len(links.Tokens), len(w.tokens))
	}
}

// However late the lists are, each write is told as it is, an undo right after it as well, and there
// never is a second live link.
func TestLateLists(t *testing.T) {
	for _, late := range []time.Duration{0, 400 * time.Millisecond, 1200 * time.Millisecond, 3 * time.Second, 8 * time.Second} {
		for _, all := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				w, c := startWires(fakeLink("old", "default", 7, true))
				w.late, w.all = late, all
				ctx := t.Context()
				links, err := c.Look(ctx)
				w.agree(t, "at first", links, err)
				old, _ := links.Find("old")

				links, err = c.ChangeExpiry(ctx, old, stamp(9))
				w.agree(t, "changed", links, err)
				old, _ = links.Find("old")
				links, err = c.DeleteLink(ctx, old)
				w.agree(t, "deleted", links, err)
				old, _ = links.Find("old")
				links, err = c.RestoreLink(ctx, old, nil)
				w.agree(t, "restored", links, err)
				for range 20 { // looks until every list has come
					links, err = c.Look(ctx)
					w.agree(t, "restored for a while", links, err)
					time.Sleep(500 * time.Millisecond)
				}
				old, _ = links.Find("old")
				links, made, err := c.Rotate(ctx, model.Rotation{Old: []model.Token{old}, Name: "default", ExpiresAt: stamp(8)}, func(model.StepReport) {})
				w.agree(t, "rotated", links, err)
				if live := w.liveNow(); len(live) != 1 || live[0] != made.Secret {
					t.Errorf("late %v: live %q, made %q", late, live, made.Secret)
				}
				if _, _, err = c.CreateLink(ctx, "default", stamp(8)); asError(t, err).Kind != KindInTheWay {
					t.Errorf("late %v: %v", late, err)
				}
				links, err = c.Look(ctx)
				w.agree(t, "after all", links, err)
			})
		}
	}
}

// A list that was under way when the write began does not undo it.
func TestAListUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := startWires(fakeLink("old", "default", 7, true))
		first, err := c.Look(t.Context())
		w.agree(t, "at first", first, err)
		old, _ := first.Find("old")
		w.drag = time.Second
		var slow model.Links
		var slowErr error
		var asked sync.WaitGroup
		asked.Go(func() { slow, slowErr = c.List(t.Context()) })
		synctest.Wait()
		w.drag = 0
		time.Sleep(w.trip) // by now the server has answered as things were
		links, err := c.DeleteLink(c.Checked(t.Context(), first), old)
		w.agree(t, "deleted", links, err)
		asked.Wait()
		w.agree(t, "under way", slow, slowErr)
	})
}

// A list that does not show the write for 10 s: it is done, and that is said.
func TestAListThatNeverShowsIt(t *testing.T) {
	for opName, op := range operations() {
		synctest.Test(t, func(t *testing.T) {
			w, c := startWires(op.old)
			w.late, w.all = time.Minute, true
			began := time.Now()
			links, err := op.do(t.Context(), c, w.token("old"))
			if e := asError(t, err); e.Kind != KindUnconfirmed || !e.Done() {
				t.Errorf("%s: kind %d, %v", opName, e.Kind, e)
			}
			w.agree(t, opName, links, nil)
			if took := time.Since(began); took < 10*time.Second || took > 12*time.Second {
				t.Errorf("%s took %v", opName, took)
			}
		})
	}
}

// Where the link by itself shows a change, no list is waited for. Of a new link only the list tells whether it is alone.
func TestTheLinkByItselfIsEnough(t *testing.T) {
	for opName, op := range operations() {
		synctest.Test(t, func(t *testing.T) {
			w, c := startWires(op.old)
			w.late = time.Minute
			began := time.Now()
			links, err := op.do(t.Context(), c, w.token("old"))
			if took := time.Since(began); opName != "create" && (err != nil || took > time.Second) || opName == "create" && asError(t, err).Kind != KindUnconfirmed {
				t.Errorf("%s took %v: %v", opName, took, err)
			}
			w.agree(t, opName, links, nil)
		})
	}
}

// What the server said it did is a fact, until it shows something else for longer than it is ever late.
func TestYesWithoutEffect(t *testing.T) {
	for opName, op := range operations() {
		synctest.Test(t, func(t *testing.T) {
			w, c := startWires(op.old)
			w.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
				if isWrite(r) {
					fmt.Fprint(w, `{"secret":"nowhere","url":"https://x.io/","enabled":true}`)
					return
				}
				serve(w)
			}
			old := w.token("old")
			links, err := op.do(t.Context(), c, old)
			if e := asError(t, err); e.Kind != KindUnconfirmed || !e.Done() || !strings.Contains(e.Error(), "but the server's list does not show it yet") {
				t.Errorf("%s: kind %d, %v", opName, e.Kind, e)
			}
			now, found := links.Find(map[bool]string{true: "nowhere", false: "old"}[opName == "create"])
			if same := now.Enabled == old.Enabled && now.ExpiresAt.Equal(old.ExpiresAt); !found || same {
				t.Errorf("%s: %+v", opName, links)
			}
			time.Sleep(6 * time.Second) // from then on the server is believed
			links, err = c.List(t.Context())
			w.agree(t, opName+" later", links, err)
		})
	}
}

// A lost write is carried out seconds later: it is not said to have failed, and its arrival is seen.
func TestWritesThatArriveLate(t *testing.T) {
	for opName, op := range operations() {
		for _, hold := range []time.Duration{3 * time.Second, 6 * time.Second, 50 * time.Second, 2 * time.Minute} {
			synctest.Test(t, func(t *testing.T) {
				w, c := startWires(op.old)
				w.lose, w.hold = true, hold
				links, err := op.do(t.Context(), c, w.token("old"))
				e := asError(t, err)
				w.agree(t, opName, links, nil)
				if e.Kind != KindUnknown || e.Done() || len(e.Pending()) != 1 {
					t.Fatalf("%s: kind %d, %v, pending %+v", opName, e.Kind, e, e.Pending())
				}
				began := time.Now()
				links, made, appeared, err := c.Watch(t.Context(), e.Pending()[0])
				w.agree(t, opName+" watched", links, err)
				if want := hold < model.WatchFor; appeared != want || appeared && (made.Secret == "" || !op.done(w.fake)) {
					t.Errorf("%s: appeared %v, %+v, want %v", opName, appeared, made, want)
				}
				if took := time.Since(began); took > model.WatchFor {
					t.Errorf("%s: watched for %v", opName, took)
				}
				time.Sleep(hold)
			})
		}
	}
}

// A proxy sends a POST twice, and the list is late: one link is left once it has caught up.
func TestDoubledPOSTs(t *testing.T) {
	for _, late := range []time.Duration{0, 1200 * time.Millisecond, 3 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			w, c := startWires(fakeLink("old", "default", 7, true))
			w.twice, w.late = true, late
			links, made, _, err := rotate(t.Context(), c, w.fake, "default", "old")
			w.agree(t, "rotated", links, nil)
			live := w.liveNow()
			if e := asError(t, err); e.Kind != KindPrevailed && e.Kind != KindYielded || len(live) != 1 || made.Secret != live[0] {
				t.Errorf("late %v: %v, live %q, made %q", late, err, live, made.Secret)
			}
		})
	}
}

// Somebody else's change is seen at once when the list is not late, and soon when it is.
func TestOthersChangesAreSeen(t *testing.T) {
	for _, late := range []time.Duration{0, 2 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			w, c := startWires(fakeLink("old", "default", 7, true))
			w.late = late
			if _, err := c.DeleteLink(t.Context(), w.token("old")); err != nil {
				t.Fatal(err)
			}
			other, _ := New("https://flags.acme.io", testToken, WithTransport(w))
			if err := other.Restore(t.Context(), "old"); err != nil {
				t.Fatal(err)
			}
			if late > 0 { // for so long it may be the list that is late
				time.Sleep(16 * time.Second)
			}
			links, err := c.Look(t.Context())
			w.agree(t, "restored by somebody else", links, err)
		})
	}
}
