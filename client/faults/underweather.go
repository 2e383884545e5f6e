package faults

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/model"
)

// weathers is every operation in every weather, with the delays scaled.
func (s *suite) weathers(scale float64) []testCase {
	var cases []testCase
	settle := max(time.Second, time.Duration(float64(6*time.Second)*scale))
	for _, op := range append([]operation{rotation(), undo()}, singleWrites()...) {
		for _, w := range allWeather() {
			w.late, w.hold = time.Duration(float64(w.late)*scale), time.Duration(float64(w.hold)*scale)
			w.settle = settle
			cases = append(cases, testCase{op.name + ": " + w.name, func(t *testing.T, l *line) { s.under(t, l, op, w) }})
		}
	}
	return cases
}

// undo is a deletion and its undoing right after it.
func undo() operation {
	return operation{
		name: "undo", live: true,
		do: func(ctx context.Context, c *client.Client, old model.Token) result {
			links, err := c.DeleteLink(ctx, old)
			if e, ok := errors.AsType[*client.Error](err); ok && !e.Done() {
				return result{links: links, err: err}
			}
			gone := old
			gone.Enabled = false
			links, err = c.RestoreLink(ctx, gone, nil)
			return result{links: links, err: err}
		},
		done: func(_, after model.Links, old model.Token) bool { return find(after, old).Enabled },
	}
}

// under runs an operation once in a weather, and checks what became of it, then and until all has arrived.
func (s *suite) under(t *testing.T, l *line, op operation, w weather) {
	before := l.arrange(t, 1)
	old := before.Live(time.Now())[0]
	if !op.live {
		l.must(t, l.direct.Delete(t.Context(), old.Secret))
		before = l.truth(t)
		old = find(before, old)
	}
	up, c := l.under(t, w, op)
	got := op.do(t.Context(), c, old)
	s.runs.Add(1)
	t.Logf("made %q, %v", got.made.Secret, got.err)
	e := ending{t: t, before: before, after: l.truth(t), got: got}
	e.told(w, op, old)
	s.agrees(t, "what was returned", got.links, e.after)
	close(up.release)
	s.watched(t, l, c, e)
	up.arrived.Wait()
	for range 3 {
		links, _ := c.Look(t.Context())
		s.agrees(t, "a look afterwards", links, l.truth(t))
		time.Sleep(w.late / 2)
	}
	if live := l.truth(t).Live(time.Now()); len(live) > 1 {
		s.second.Add(1)
		t.Errorf("%d links are live: %+v", len(live), live)
	}
}

// told checks what was said of an operation in a weather.
func (e ending) told(w weather, op operation, old model.Token) {
	failed, _ := errors.AsType[*client.Error](e.got.err)
	switch {
	case w.hold > 0: // nothing of it has arrived
		if failed == nil || failed.Kind != client.KindUnknown || len(failed.Pending()) == 0 {
			e.t.Errorf("a write is on its way, and that is not said: %v", e.got.err)
		}
	case op.name == "undo" && failed != nil && failed.Kind == client.KindNotDone: // of one of its two writes
	case op.done == nil:
		e.rotation([]model.Token{old})
	default:
		e.single(op.done(e.before, e.after, old))
	}
}

// watched watches the writes that are on their way until they show.
func (s *suite) watched(t *testing.T, l *line, c *client.Client, e ending) {
	t.Helper()
	failed, _ := errors.AsType[*client.Error](e.got.err)
	if failed == nil {
		return
	}
	for _, pending := range failed.Pending() {
		links, _, appeared, err := c.Watch(t.Context(), pending)
		if !appeared {
			t.Errorf("it did not appear: %v", err)
		}
		s.agrees(t, "once it appeared", links, l.truth(t))
	}
}

// agrees counts it as untrue when links are not those of the server.
func (s *suite) agrees(t *testing.T, what string, links, truth model.Links) {
	t.Helper()
	if links.FetchedAt.IsZero() {
		return
	}
	s.looks.Add(1)
	if diff := difference(links, truth); diff != "" {
		s.untrue.Add(1)
		t.Error(what, diff)
	}
}

// under makes a client in a weather.
func (l *line) under(t *testing.T, w weather, op operation) (*sky, *client.Client) {
	t.Helper()
	up := &sky{
		weather: w, next: l.transports[clean], release: make(chan struct{}), kept: map[string]reply{}, holds: http.MethodPut,
	}
	if op.name == "rotate" || op.name == "create" {
		up.holds = http.MethodPost
	}
	c, err := client.New(l.url, l.server.AdminToken, client.WithTransport(up), client.WithTimeouts(client.Timeouts{
		Settle: w.settle, LookAgain: l.patience / 10,
	}))
	l.must(t, err)
	if w.late > 0 { // the list as it is now is the oldest
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.url+tokensPath, http.NoBody)
		l.must(t, err)
		req.Header.Set("Authorization", l.server.AdminToken)
		up.note(req)
	}
	return up, c
}
