package client

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"unleash-invite/model"
)

// operation is a safe operation on a server that has the token "old", and whether
// the server shows that it happened.
type operation struct {
	old  fakeToken
	do   func(context.Context, *Client, model.Token) (model.Links, error)
	done func(*fake) bool
}

func operations() map[string]operation {
	return map[string]operation{
		"delete": {fakeLink("old", "default", 7, true),
			func(ctx context.Context, c *Client, old model.Token) (model.Links, error) {
				return c.DeleteLink(ctx, old)
			},
			func(f *fake) bool { return !f.token("old").Enabled }},
		"restore": {fakeLink("old", "default", 7, false),
			func(ctx context.Context, c *Client, old model.Token) (model.Links, error) {
				return c.RestoreLink(ctx, old, nil)
			},
			func(f *fake) bool { return f.token("old").Enabled }},
		"expiry": {fakeLink("old", "default", 7, true),
			func(ctx context.Context, c *Client, old model.Token) (model.Links, error) {
				return c.ChangeExpiry(ctx, old, stamp(9).Add(123456*time.Microsecond))
			},
			func(f *fake) bool {
				return f.token("old").ExpiresAt.Equal(stamp(9).Add(123 * time.Millisecond))
			}},
		"create": {fakeLink("old", "default", 7, false),
			func(ctx context.Context, c *Client, _ model.Token) (model.Links, error) {
				links, made, err := c.CreateLink(ctx, "de\tfault", stamp(2)) // cleaned on its way back
				if shown, found := links.Find(made.Secret); err == nil && (!found || shown.Verdict != model.Accepted || made.Verdict != model.Accepted) {
					return links, fmt.Errorf("made %+v, which is not there", made)
				}
				return links, err
			},
			func(f *fake) bool { return f.token("made1").Enabled }},
	}
}

func isWrite(r *http.Request) bool { return r.Method != http.MethodGet }

// discard is a ResponseWriter whose answer nobody gets.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) WriteHeader(int)             {}

// Whatever happens to a write, the operation says what is true: it happened, and
// there is no error, or it did not, and there is one. It is sent once.
func TestWritesThatFail(t *testing.T) {
	type faulty func(w http.ResponseWriter, serve func(http.ResponseWriter))
	gone := func() { panic(http.ErrAbortHandler) }
	status := func(w http.ResponseWriter, status int, body string) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
	faults := map[string]struct {
		fault faulty
		done  bool // that the server carries it out anyway
	}{
		"none":           {func(w http.ResponseWriter, serve func(http.ResponseWriter)) { serve(w) }, true},
		"reset before":   {func(http.ResponseWriter, func(http.ResponseWriter)) { gone() }, false},
		"reset after":    {func(_ http.ResponseWriter, serve func(http.ResponseWriter)) { serve(discard{}); gone() }, true},
		"403":            {func(w http.ResponseWriter, _ func(http.ResponseWriter)) { status(w, 403, "{}") }, false},
		"404":            {func(w http.ResponseWriter, _ func(http.ResponseWriter)) { status(w, 404, "{}") }, false},
		"429":            {func(w http.ResponseWriter, _ func(http.ResponseWriter)) { status(w, 429, "") }, false},
		"500 before":     {func(w http.ResponseWriter, _ func(http.ResponseWriter)) { status(w, 500, "{}") }, false},
		"500 of Unleash": {func(w http.ResponseWriter, _ func(http.ResponseWriter)) { status(w, 500, `{"message":"no"}`) }, false},
		"403 after":      {func(w http.ResponseWriter, serve func(http.ResponseWriter)) { serve(discard{}); status(w, 403, "{}") }, true},
		"500 after":      {func(w http.ResponseWriter, serve func(http.ResponseWriter)) { serve(discard{}); status(w, 500, "{}") }, true},
		"502 in HTML after": {func(w http.ResponseWriter, serve func(http.ResponseWriter)) {
			serve(discard{})
			status(w, 502, "<html>")
		}, true},
		"a web page instead": {func(w http.ResponseWriter, _ func(http.ResponseWriter)) { status(w, 200, "<html>") }, false},
		"a web page after": {func(w http.ResponseWriter, serve func(http.ResponseWriter)) {
			serve(discard{})
			status(w, 200, "<html>")
		}, true},
		"an empty answer": {func(w http.ResponseWriter, serve func(http.ResponseWriter)) { serve(discard{}); status(w, 200, "") }, true},
		"an answer cut in half": {func(w http.ResponseWriter, serve func(http.ResponseWriter)) {
			serve(discard{})
			status(w, 201, `{"secret":"ma`)
		}, true},
		"too late before": {func(http.ResponseWriter, func(http.ResponseWriter)) { time.Sleep(150 * time.Millisecond); gone() }, false},
		"too late after": {func(_ http.ResponseWriter, serve func(http.ResponseWriter)) {
			serve(discard{})
			time.Sleep(150 * time.Millisecond)
		}, true},
		"carried out a bit late": {func(_ http.ResponseWriter, serve func(http.ResponseWriter)) {
			time.AfterFunc(20*time.Millisecond, func() { serve(discard{}) })
			gone()
		}, true},
	}
	for opName, op := range operations() {
		for faultName, test := range faults {
			t.Run(opName+" with "+faultName, func(t *testing.T) {
				t.Parallel()
				f, c := startFake(t, op.old)
				timeouts := Timeouts{Header: 100 * time.Millisecond, LookAgain: 60 * time.Millisecond}
				if faultName == "carried out a bit late" { // which may be later on a slow machine
					timeouts.LookAgain, timeouts.Look = time.Second, 10*time.Second
				}
				c = newTestClient(t, c.BaseURL(), WithTimeouts(timeouts))
				f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
					if isWrite(r) {
						test.fault(w, serve)
						return
					}
					serve(w)
				}
				links, err := op.do(context.Background(), c, f.token("old"))
				f.agrees(t, links)
				if op.done(f) != test.done || (err == nil) != test.done {
					t.Errorf("done %v, want %v; error %v", op.done(f), test.done, err)
				}
				if err != nil {
					e, want := asError(t, err), KindUnknown
					if answered := faultName[0] == '4' || faultName == "500 of Unleash"; answered {
						want = KindNotDone
					}
					if e.Kind != want || (want == KindUnknown) != (len(e.Pending()) == 1) || e.Done() {
						t.Errorf("kind %d, want %d, pending %+v: %v", e.Kind, want, e.Pending(), err)
					}
				}
				if len(f.writes) != 1 {
					t.Errorf("sent %q", f.writes)
				}
			})
		}
	}
}

// When looking fails as well, the error says whether the write was done, or that
// nobody knows.
func TestLooksThatFail(t *testing.T) {
	tests := map[string]struct {
		write func(w http.ResponseWriter, serve func(http.ResponseWriter))
		kind  Kind
		says  string
	}{
		"after a success":     {func(w http.ResponseWriter, serve func(http.ResponseWriter)) { serve(w) }, KindUnseen, ", but checking it afterwards failed: 404"},
		"after a refusal":     {func(w http.ResponseWriter, _ func(http.ResponseWriter)) { w.WriteHeader(403) }, KindNotDone, "the link was not "},
		"after a lost answer": {func(http.ResponseWriter, func(http.ResponseWriter)) { panic(http.ErrAbortHandler) }, KindUnknown, "it is not known whether the link was "},
	}
	for opName, op := range operations() {
		for name, test := range tests {
			t.Run(opName+" "+name, func(t *testing.T) {
				f, c := startFake(t, op.old)
				var written atomic.Bool
				f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
					switch {
					case isWrite(r):
						written.Store(true)
						test.write(w, serve)
					case written.Load():
						w.WriteHeader(404)
					default:
						serve(w)
					}
				}
				links, err := op.do(context.Background(), c, f.token("old"))
				if e := asError(t, err); e.Kind != test.kind || !strings.Contains(e.Error(), test.says) || e.Hint() == "" {
					t.Errorf("kind %d, %v, hint %q, want %d, %q", e.Kind, e, e.Hint(), test.kind, test.says)
				}
				if !links.FetchedAt.IsZero() || links.Tokens != nil {
					t.Errorf("links that nobody fetched: %+v", links)
				}
			})
		}
	}
}

// A link that was made is returned with its address, whatever became of the look.
func TestALinkThatWasMadeCanBeCopied(t *testing.T) {
	f, c := startFake(t, fakeLink("old", "default", 7, true))
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		f.mu.Lock()
		written := len(f.writes) > 1
		f.mu.Unlock()
		if !isWrite(r) && written {
			w.WriteHeader(404)
			return
		}
		serve(w)
	}
	_, made, _, err := rotate(context.Background(), c, f, "default", "old")
	if e := asError(t, err); e.Kind != KindUnseen || !e.Done() || made.URL != "https://flags.acme.io/new-user?invite=made1" {
		t.Errorf("kind %d, %v, made %+v", e.Kind, e, made)
	}
}

// The links are fetched, but the server does not say whether they work.
func TestVerdictsThatFail(t *testing.T) {
	for opName, op := range operations() {
		f, c := startFake(t, op.old, fakeLink("other", "other", -2, true))
		var written atomic.Bool
		f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
			written.CompareAndSwap(false, isWrite(r))
			if strings.HasSuffix(r.URL.Path, "/validate") && (written.Load() || opName != "create") {
				w.WriteHeader(404)
				return
			}
			serve(w)
		}
		if opName == "create" {
			op.done = func(f *fake) bool { return f.token("made2").Enabled }
		}
		links, err := op.do(context.Background(), c, f.token("old"))
		if e := asError(t, err); e.Kind != KindUnseen || !op.done(f) {
			t.Errorf("%s: kind %d, %v, done %v", opName, e.Kind, e, op.done(f))
		}
		f.agrees(t, links)
	}
}

// Before anything is written the server can't be asked: nothing happened.
func TestFirstLooksThatFail(t *testing.T) {
	for opName, op := range operations() {
		f, c := startFake(t, op.old)
		f.fault = func(w http.ResponseWriter, _ *http.Request, _ func(http.ResponseWriter)) { w.WriteHeader(401) }
		links, err := op.do(context.Background(), c, f.token("old"))
		e := asError(t, err)
		if e.Kind != KindNotDone || e.Status != 401 || !strings.HasPrefix(e.Error(), "the link was not ") || !strings.Contains(e.Hint(), "token") {
			t.Errorf("%s: kind %d, status %d, %v, hint %q", opName, e.Kind, e.Status, e, e.Hint())
		}
		if len(f.writes) != 0 || !links.FetchedAt.IsZero() {
			t.Errorf("%s: sent %q, links %+v", opName, f.writes, links)
		}
	}
}

// Somebody else was faster: the write does not go out.
func TestChangedMeanwhile(t *testing.T) {
	tests := map[string]struct {
		shown func(*model.Token)
		says  string
	}{
		"gone":     {func(shown *model.Token) { shown.Secret = "gone" }, "the server no longer has it"},
		"deleted":  {func(shown *model.Token) { shown.Enabled = !shown.Enabled }, "in the meantime"},
		"re-dated": {func(shown *model.Token) { shown.ExpiresAt = stamp(3) }, "somebody has changed its expiry in the meantime, to " + stamp(7).Format("2006-01-02") + " 00:00 UTC"},
	}
	for opName, op := range operations() {
		if opName == "create" {
			continue
		}
		for name, test := range tests {
			f, c := startFake(t, op.old, fakeLink("other", "other", 3, true))
			shown := f.token("old")
			test.shown(&shown)
			links, err := op.do(context.Background(), c, shown)
			if e := asError(t, err); e.Kind != KindChanged || !strings.Contains(e.Error(), test.says) || e.Hint() == "" {
				t.Errorf("%s, %s: kind %d, %v", opName, name, e.Kind, e)
			}
			if f.agrees(t, links); len(f.writes) != 0 || links.Tokens[1].Verdict != model.Accepted {
				t.Errorf("%s, %s: sent %q, links %+v", opName, name, f.writes, links)
			}
		}
	}
}

// Someone who leaves in the middle of a write is still told its outcome.
func TestCancelledDuringTheWrite(t *testing.T) {
	for opName, op := range operations() {
		for _, done := range []bool{true, false} {
			f, c := startFake(t, op.old)
			ctx, cancel := context.WithCancel(context.Background())
			f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
				if !isWrite(r) {
					serve(w)
					return
				}
				if done {
					serve(discard{})
				}
				cancel()
				<-r.Context().Done()
			}
			links, err := op.do(ctx, c, f.token("old"))
			f.agrees(t, links)
			if op.done(f) != done || (err == nil) != done {
				t.Errorf("%s: done %v, want %v; error %v", opName, op.done(f), done, err)
			}
		}
	}
}

func TestRestoringBesideALiveLinkMustBeAgreedTo(t *testing.T) {
	f, c := startFake(t, fakeLink("old", "default", 7, false), fakeLink("theirs", "theirs", 7, true))
	before, err := c.Look(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	old, _ := before.Find("old")
	links, err := c.RestoreLink(context.Background(), old, nil)
	if e := asError(t, err); e.Kind != KindChanged || !strings.Contains(e.Error(), `another link, "theirs", is live now`) || f.token("old").Enabled {
		t.Errorf("%v, restored: %v", err, f.token("old").Enabled)
	}
	if _, err = c.RestoreLink(context.Background(), old, links.Live(time.Now())); err != nil || !f.token("old").Enabled {
		t.Errorf("%v, restored: %v", err, f.token("old").Enabled)
	}
}
