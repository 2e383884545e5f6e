package truth

import (
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"unleash-invite/client"
	"unleash-invite/client/weather"
	"unleash-invite/demo"
	"unleash-invite/model"
	"unleash-invite/tui"
	"unleash-invite/tui/session"
)

// counts are those of all runs.
type counts struct{ screens, second, untrue, unknown atomic.Int64 }

// Whatever stands between the program and its server, no screen says what is not so, and no second link is live.
func TestNoScreenLiesInAnyWeather(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	var c counts
	t.Run("all", func(t *testing.T) {
		for _, w := range weather.All(1) {
			for _, op := range operations() {
				t.Run(op.name+": "+w.Name, func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) { c.run(t, op, w) })
				})
			}
		}
	})
	t.Logf("%d screens looked at: %d second live links, %d untrue screens, %d that did not know",
		c.screens.Load(), c.second.Load(), c.untrue.Load(), c.unknown.Load())
}

// watching is one run.
type watching struct {
	*counts
	t   *testing.T
	op  operation
	w   weather.Weather
	p   *program
	was model.Token
	// truth is what the server says to someone who asks it directly.
	truth func() model.Links
	// before is what was true a while ago, where a write may arrive that nobody can know of at once.
	before []model.Links
	// again reports whether somebody was impatient, and may be told of a second write.
	again bool
}

func (c *counts) run(t *testing.T, op operation, w weather.Weather) {
	link := demo.Link{Name: "default", ExpiresAt: time.Now().Truncate(24*time.Hour).AddDate(0, 0, 20), Deleted: !op.live}
	unleash := demo.New(demo.Options{Links: []demo.Link{link}})
	direct, err := client.New(unleash.URL(), demo.AdminToken, client.WithTransport(weather.Clear{Handler: unleash}))
	if err != nil {
		t.Fatal(err)
	}
	api, transport, ready := out(t, w, op.holds, unleash)
	on := session.Instance{API: api, Host: "flags.acme.io", Address: unleash.URL()}
	r := &watching{counts: c, t: t, op: op, w: w, p: start(tui.Options{Instance: on, Now: w.Now})}
	t.Cleanup(r.p.close)
	r.truth = func() model.Links {
		links, err := direct.Look(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return links
	}
	r.was = r.truth().Tokens[0]
	r.watch(3 * time.Second)
	ready()
	if op.other != nil {
		other, _ := client.New(unleash.URL(), demo.AdminToken, client.WithTransport(transport))
		_ = op.other(t.Context(), other, r.was) // its answer may be lost
	}
	r.press(op.keys...)
	r.watch(2 * time.Second)
	r.again = true
	r.press(op.again...)
	r.watch(15 * time.Second)
	r.press(op.again...) // by now everything has arrived
	r.watch(10 * time.Second)
	r.end()
}

// end checks that in the end the screen knows what is true, and that what was to be done was done: unless a cache still
// answers, or a write was lost for good.
func (r *watching) end() {
	r.t.Helper()
	last, ok := read(r.p.screen())
	if !ok || last.mark == "?" && r.w.Cached == "" {
		r.t.Errorf("in the end nothing is known:\n%s", r.p.screen())
	}
	if r.w.Cached == "" && r.w.Dies != weather.BeforeAll && !r.op.done(r.truth(), r.was) {
		r.t.Errorf("it was not done:\n%s", r.p.screen())
	}
}

// press types keys, and looks at the screen meanwhile; "wait" waits until the write under way is over.
func (r *watching) press(keys ...string) {
	for _, key := range keys {
		if key == "wait" {
			for r.p.model.Session().Writing() {
				r.watch(step)
			}
			continue
		}
		r.watch(2 * step)
		r.p.press(key)
	}
}

// watch lets the program work for a while, and looks at its screen all the time.
func (r *watching) watch(while time.Duration) {
	r.t.Helper()
	for end := time.Now().Add(while); time.Now().Before(end); {
		r.p.work(step)
		r.look()
	}
}

// mayLag is how long the screen may show what was true before: where nobody can know of a change at once.
func (r *watching) mayLag() time.Duration {
	switch {
	case r.op.other != nil:
		return noticed + r.w.Late
	case r.w.Hold > 0:
		return 3 * time.Second
	}
	return 0
}

// look compares the screen with what is true, unless a write is under way: it says so then.
func (r *watching) look() {
	r.t.Helper()
	truth := r.truth()
	r.before = append(r.before, truth)
	if len(truth.Live(time.Now())) > 1 {
		r.second.Add(1)
		r.t.Errorf("%d links are live", len(truth.Live(time.Now())))
	}
	if r.p.model.Session().Writing() {
		return
	}
	r.screens.Add(1)
	said, ok := read(r.p.screen())
	if ok && said.mark == "?" {
		r.unknown.Add(1)
	}
	wrong := said.wrong(truth, time.Now())
	for back := 1; wrong != "" && back <= int(r.mayLag()/step) && back < len(r.before); back++ {
		wrong = said.wrong(r.before[len(r.before)-1-back], time.Now())
	}
	old, _ := truth.Find(r.was.Secret)
	switch {
	case wrong != "":
	case !r.again && r.op.denied.MatchString(r.p.screen()) && r.op.done(truth, r.was):
		wrong = "it was done"
	case r.p.shows("still accepts it") && old.Verdict != model.Accepted:
		wrong = "the server does not"
	}
	if wrong != "" {
		r.untrue.Add(1)
		r.t.Errorf("%s:\n%s", wrong, r.p.screen())
		r.t.FailNow()
	}
}

// out makes a client in a weather, and the way that others go. Ready is called when the program knows the links.
func out(t *testing.T, w weather.Weather, holds string, unleash *demo.Server) (
	api *client.Client, transport http.RoundTripper, ready func(),
) {
	t.Helper()
	url, options, ready := unleash.URL(), []client.Option{client.WithClock(w.Now)}, func() {}
	transport = weather.Clear{Handler: unleash}
	if w.Dies == weather.Never {
		sky := weather.NewSky(w, transport, holds)
		sky.Release()
		transport = sky
		options = append(options, client.WithTransport(sky))
	} else {
		server := w.Over(unleash)
		t.Cleanup(func() { _ = server.Close() })
		url, options = server.URL, append(options, client.WithDial(server.Dial), client.WithTLS(client.TLS{CAs: server.CAs}))
		if w.Dies == weather.BeforeAll {
			ready = func() { server.Freeze(false) }
		}
	}
	api, err := client.New(url, demo.AdminToken, options...)
	if err != nil {
		t.Fatal(err)
	}
	return api, transport, ready
}
