package client

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"unleash-invite/model"
)

// rotate rotates what is live on the fake now, and returns what was reported of its steps.
func rotate(ctx context.Context, c *Client, f *fake, name string, old ...string) (model.Links, model.Token, []model.StepReport, error) {
	wish := model.Rotation{Name: name, ExpiresAt: stamp(8)}
	for _, secret := range old {
		wish.Old = append(wish.Old, f.token(secret))
	}
	var steps []model.StepReport
	links, made, err := c.Rotate(ctx, wish, func(s model.StepReport) { steps = append(steps, s) })
	return links, made, steps, err
}

// sideBySide puts deletions, which go out at once, in order.
func sideBySide(writes []string) []string {
	sorted := slices.Clone(writes)
	slices.SortStableFunc(sorted, func(a, b string) int {
		if strings.HasPrefix(a, "PUT") && strings.HasPrefix(b, "PUT") {
			return strings.Compare(a, b)
		}
		return 0
	})
	return sorted
}

// told puts the reports into words, without how long a step took.
func told(reports []model.StepReport) string {
	var all []string
	for _, r := range reports {
		step := [...]string{"delete", "refused", "create", "accepted"}[r.Step]
		state := [...]string{"…", "done", "failed", "unsure"}[r.State]
		if r.State == model.StepBegun {
			all = append(all, step+state)
			continue
		}
		all = append(all, fmt.Sprintf("%s %s %d", step, state, r.Status))
	}
	return strings.Join(all, ", ")
}

const (
	goneSteps = "delete…, delete done 200, refused…, refused done 400, "
	madeSteps = "create…, create done 201, accepted…, accepted done 200"
)

func TestRotate(t *testing.T) {
	tests := map[string]struct {
		tokens []fakeToken
		old    []string
		name   string
		writes []string
	}{
		"one link":               {[]fakeToken{fakeLink("a", "default", 7, true)}, []string{"a"}, "default", []string{"PUT a", "POST tokens"}},
		"of another name":        {[]fakeToken{fakeLink("a", "Team", 7, true)}, []string{"a"}, "Team", []string{"PUT a", "POST tokens"}},
		"two links":              {[]fakeToken{fakeLink("a", "default", 7, true), fakeLink("b", "x", 7, true)}, []string{"a", "b"}, "default", []string{"PUT a", "PUT b", "POST tokens"}},
		"no link":                {[]fakeToken{fakeLink("a", "default", 7, false)}, nil, "default", []string{"POST tokens"}},
		"a leftover":             {[]fakeToken{fakeLink("a", "default", 7, true), fakeLink("b", "default", -7, true)}, []string{"a"}, "default", []string{"PUT a", "PUT b", "POST tokens"}},
		"a leftover of no harm":  {[]fakeToken{fakeLink("a", "Team", 7, true), fakeLink("b", "default", -7, true)}, []string{"a"}, "Team", []string{"PUT a", "POST tokens"}},
		"an expired one of none": {[]fakeToken{fakeLink("a", "default", -7, true)}, nil, "default", []string{"PUT a", "POST tokens"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, c := startFake(t, test.tokens...)
			links, made, steps, err := rotate(context.Background(), c, f, test.name, test.old...)
			if err != nil {
				t.Fatal(err)
			}
			f.agrees(t, links)
			live := links.Live(time.Now())
			want := madeSteps
			if len(test.old) > 0 {
				want = goneSteps + madeSteps
			}
			if !slices.Equal(sideBySide(f.writes), test.writes) || told(steps) != want {
				t.Errorf("sent %q, want %q; steps %s, want %s", f.writes, test.writes, told(steps), want)
			}
			if len(live) != 1 || live[0].Secret != made.Secret || made.Verdict != model.Accepted || made.Name != test.name || !made.ExpiresAt.Equal(stamp(8)) {
				t.Errorf("made %+v, live %+v", made, live)
			}
		})
	}
}

// A step takes from its first request to its last answer, which decides it; what is asked besides does not count.
func TestEachStepTellsHowLongItTook(t *testing.T) {
	f, c := startFake(t, fakeLink("a", "default", 7, true), fakeLink("b", "x", 7, true))
	var passed atomic.Int64
	c = newTestClient(t, c.BaseURL(), WithClock(func() time.Time { return stamp(0).Add(time.Duration(passed.Load())) }))
	late := 2
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		switch {
		case r.Method == http.MethodPost:
			passed.Add(int64(time.Second))
		case r.URL.Path == "/invite/a/validate" && len(f.writes) > 0 && late > 0: // the server comes to refuse it
			late--
			passed.Add(int64(time.Minute))
			w.WriteHeader(200)
			return
		case strings.HasSuffix(r.URL.Path, "/made2/validate"):
			passed.Add(int64(time.Hour))
		}
		serve(w)
	}
	_, _, steps, err := rotate(t.Context(), c, f, "default", "a", "b")
	if err != nil || told(steps) != goneSteps+madeSteps {
		t.Fatalf("%v, %s", err, told(steps))
	}
	for _, r := range steps {
		want := [...]time.Duration{0, 2 * time.Minute, time.Second, time.Hour}[r.Step]
		if r.State == model.StepDone && r.Took != want {
			t.Errorf("%s took %s, want %s", told([]model.StepReport{r}), r.Took, want)
		}
	}
}

// A creation whose answer was lost is told of when the look shows it.
func TestTheStepsOfACreationWithoutAnAnswer(t *testing.T) {
	f, c := startFake(t, fakeLink("a", "default", 7, true))
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		if r.Method == http.MethodPost {
			serve(discard{})
			panic(http.ErrAbortHandler)
		}
		serve(w)
	}
	_, _, steps, err := rotate(t.Context(), c, f, "default", "a")
	if want := goneSteps + "create…, create done 0, accepted done 200"; err != nil || told(steps) != want {
		t.Errorf("%v, %s, want %s", err, told(steps), want)
	}
}

// The links are not those that were agreed on: nothing is sent.
func TestRotateChangedMeanwhile(t *testing.T) {
	tests := map[string]struct {
		change func(*fake)
		says   string
	}{
		"deleted":      {func(f *fake) { f.tokens[0].Enabled = false }, `of the link "default", somebody has deleted it in the meantime`},
		"re-dated":     {func(f *fake) { f.tokens[0].ExpiresAt = stamp(9).Format(timeFormat) }, "somebody has changed its expiry in the meantime"},
		"another one":  {func(f *fake) { f.tokens = append(f.tokens, fakeLink("b", "Team", 7, true)) }, `another link, "Team", is live now`},
		"gone forever": {func(f *fake) { f.tokens[0].Secret = "other" }, "the server no longer has it"},
	}
	for name, test := range tests {
		f, c := startFake(t, fakeLink("a", "default", 7, true))
		shown := f.token("a")
		test.change(f)
		links, made, err := c.Rotate(context.Background(), model.Rotation{Old: []model.Token{shown}, Name: "default", ExpiresAt: stamp(8)}, func(model.StepReport) {})
		f.agrees(t, links)
		if e := asError(t, err); e.Kind != KindChanged || !strings.Contains(e.Error(), test.says) || e.Hint() == "" || made.Secret != "" || len(f.writes) > 0 {
			t.Errorf("%s: kind %d, %v, sent %q", name, e.Kind, e, f.writes)
		}
	}
}

// Each step can fail, and then it is said what is done and what is not.
func TestRotateThatFails(t *testing.T) {
	status := func(method, part string, nth, status int) func(http.ResponseWriter, *http.Request, func(http.ResponseWriter)) {
		return func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
			if r.Method == method && strings.Contains(r.URL.Path, part) {
				if nth--; nth <= 0 {
					w.WriteHeader(status)
					return
				}
			}
			serve(w)
		}
	}
	tests := map[string]struct {
		fault  func(http.ResponseWriter, *http.Request, func(http.ResponseWriter))
		writes []string
		steps  string
		says   string
		hint   string
	}{
		"deleting":              {status("PUT", "", 1, 403), []string{"PUT a", "PUT b"}, "delete…, delete failed 403", "nothing was rotated: the link was not deleted: 403", "The token is not the cause"},
		"deleting one":          {status("PUT", "/b", 1, 403), []string{"PUT a", "PUT b"}, "delete…, delete failed 403", "1 of 2 old links deleted, and no new one was created: the link was not deleted: 403", "The token is not the cause"},
		"asking for refusal":    {status("GET", "/a/validate", 2, 401), []string{"PUT a", "PUT b"}, "delete…, delete done 200, refused…, refused failed 401", "the old link was deleted, but the server did not confirm that it refuses it, so no new one was created: 401", goOn},
		"being refused":         {status("GET", "/a/validate", 2, 200), []string{"PUT a", "PUT b"}, "delete…, delete done 200, refused…, refused failed 200", "the old link was deleted, but the server still accepts it, so no new one was created", "restored"},
		"deleting the leftover": {status("PUT", "/left", 1, 403), []string{"PUT a", "PUT b", "PUT left"}, goneSteps + "create…, create failed 403", "the old links no longer work, and no link was created, because an expired one of that name could not be deleted: the link was not deleted: 403", goOn},
		"creating":              {status("POST", "", 1, 403), []string{"PUT a", "PUT b", "PUT left", "POST tokens"}, goneSteps + "create…, create failed 403", "the old links no longer work, and the new link was not created: 403", goOn},
		"creating, maybe":       {status("POST", "", 1, 500), []string{"PUT a", "PUT b", "PUT left", "POST tokens"}, goneSteps + "create…, create unsure 500", "the old links no longer work, and it is not known whether the new link was created, because the server does not show it yet: 500", onItsWay},
		"being accepted":        {status("GET", "/made3/validate", 1, 400), []string{"PUT a", "PUT b", "PUT left", "POST tokens"}, goneSteps + "create…, create done 201, accepted…, accepted failed 400", "the old links no longer work, and the new link was created, but the server refuses it", goOn},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f, c := startFake(t, fakeLink("a", "default", 7, true), fakeLink("b", "Team", 7, true), fakeLink("left", "default", -7, true))
			f.fault = test.fault
			links, _, steps, err := rotate(context.Background(), c, f, "default", "a", "b")
			f.agrees(t, links)
			want, deleted := KindHalfDone, 2
			switch name {
			case "deleting":
				want, deleted = KindNotDone, 0
			case "deleting one":
				deleted = 1
			case "creating, maybe":
				want = KindUnknown
			}
			if e := asError(t, err); e.Kind != want || len(e.Deleted()) != deleted || !strings.HasPrefix(e.Error(), test.says) || !strings.Contains(e.Hint(), test.hint) {
				t.Errorf("kind %d, %v, hint %q, want %q, %q", e.Kind, e, e.Hint(), test.says, test.hint)
			}
			if !slices.Equal(sideBySide(f.writes), test.writes) || told(steps) != test.steps {
				t.Errorf("sent %q, want %q; steps %s, want %s", f.writes, test.writes, told(steps), test.steps)
			}
		})
	}
}

// A cache that says for a while that the old link works does not end a rotation.
func TestARotationOutlastsACache(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := startWires(fakeLink("old", "default", 7, true))
		cached := 0
		w.fault = func(to http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
			if strings.HasSuffix(r.URL.Path, "/old/validate") && len(w.writes) > 0 && cached < 4 {
				cached++
				to.Header().Set("Age", "40")
				return
			}
			serve(to)
		}
		links, made, steps, err := rotate(t.Context(), c, w.fake, "default", "old")
		w.agree(t, "rotated", links, err)
		if live := w.liveNow(); cached != 4 || len(live) != 1 || made.Secret != live[0] || told(steps) != goneSteps+madeSteps {
			t.Errorf("asked the cache %d times, live %q, steps %s", cached, live, told(steps))
		}
	})
}

// A leftover whose verdict is not known may be live, so it is let alone.
func TestRotateSparesWhatMayBeLive(t *testing.T) {
	f, c := startFake(t, fakeLink("a", "default", 7, true), fakeLink("left", "default", -1, true))
	failed := false
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		if strings.Contains(r.URL.Path, "/left/validate") && !failed {
			failed = true
			w.WriteHeader(401)
			return
		}
		serve(w)
	}
	_, _, _, err := rotate(context.Background(), c, f, "default", "a")
	if err != nil || !slices.Equal(f.writes, []string{"PUT a", "POST tokens"}) {
		t.Errorf("%v, sent %q", err, f.writes)
	}
}

// Cancelled before the first deletion it changes nothing; after it, it is carried through.
func TestRotateCancelled(t *testing.T) {
	for at := model.StepDelete; at <= model.StepAccepted; at++ {
		for _, during := range []bool{false, true} {
			f, c := startFake(t, fakeLink("a", "default", 7, true))
			ctx, cancel := context.WithCancel(context.Background())
			step := model.Step(-1)
			f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
				if during && step == at && isWrite(r) {
					cancel()
					time.Sleep(20 * time.Millisecond)
				}
				serve(w)
			}
			links, made, err := c.Rotate(ctx, model.Rotation{Old: []model.Token{f.token("a")}, Name: "default", ExpiresAt: stamp(8)}, func(s model.StepReport) {
				if step = s.Step; step == at && s.State == model.StepBegun && !during {
					cancel()
				}
			})
			cancel()
			f.agrees(t, links)
			if at == model.StepDelete && !during {
				if e := asError(t, err); e.Kind != KindNotDone || e.Error() != "nothing was rotated: the link was not deleted: stopped before it was sent" {
					t.Errorf("%v", e)
				}
				continue
			}
			if err != nil || made.Verdict != model.Accepted || len(f.writes) != 2 {
				t.Errorf("step %d, during it %v: %v, sent %q", at, during, err, f.writes)
			}
		}
	}
}

// Where the grace is too short it says what is deleted, and that nothing was made.
func TestRotateCancelledForGood(t *testing.T) {
	f, c := startFake(t, fakeLink("a", "default", 7, true))
	c = newTestClient(t, c.BaseURL(), WithTimeouts(Timeouts{Grace: time.Millisecond}))
	ctx, cancel := context.WithCancel(context.Background())
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		if strings.HasSuffix(r.URL.Path, "/validate") && len(f.writes) > 0 {
			cancel()
			time.Sleep(50 * time.Millisecond)
		}
		serve(w)
	}
	links, made, _, err := rotate(ctx, c, f, "default", "a")
	f.agrees(t, links)
	if e := asError(t, err); e.Kind != KindHalfDone || len(e.Deleted()) != 1 || e.Deleted()[0].Secret != "a" || made.Secret != "" || len(f.writes) != 1 {
		t.Errorf("kind %d, %v, deleted %+v, sent %q", e.Kind, e, e.Deleted(), f.writes)
	}
}

// A deletion that shows is one, even when its answer was lost and the look at
// the other links failed in part.
func TestRotateGoesOnWhenTheDeletionShows(t *testing.T) {
	f, c := startFake(t, fakeLink("a", "default", 7, true), fakeLink("left", "Team", -2, true))
	failures := 0
	f.fault = func(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
		switch {
		case r.Method == http.MethodPut:
			serve(discard{})
			failures = 1
			w.WriteHeader(500)
		case failures > 0 && strings.Contains(r.URL.Path, "/left/validate"):
			failures--
			w.WriteHeader(401)
		default:
			serve(w)
		}
	}
	links, _, _, err := rotate(context.Background(), c, f, "default", "a")
	f.agrees(t, links)
	if err != nil || failures != 0 || len(links.Live(time.Now())) != 1 {
		t.Errorf("%v, %d failures left", err, failures)
	}
}
