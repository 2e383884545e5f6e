package faults

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/client/weather"
	"unleash-invite/model"
)

// weathers is every operation in every weather, with the delays scaled.
func (s *suite) weathers(scale float64) []testCase {
	var cases []testCase
	settle := max(time.Second, time.Duration(float64(6*time.Second)*scale))
	for _, op := range append([]operation{rotation(), undo()}, singleWrites()...) {
		for _, w := range weather.All(scale) {
			cases = append(cases, testCase{op.name + ": " + w.Name, func(t *testing.T, l *line) { s.under(t, l, op, w, settle) }})
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
func (s *suite) under(t *testing.T, l *line, op operation, w weather.Weather, settle time.Duration) {
	before := l.arrange(t, 1)
	old := before.Live(time.Now())[0]
	if !op.live {
		l.must(t, l.direct.Delete(t.Context(), old.Secret))
		before = l.truth(t)
		old = find(before, old)
	}
	out := l.out(t, w, op, settle)
	got := op.do(t.Context(), out.client, old)
	s.runs.Add(1)
	t.Logf("made %q, %v", got.made.Secret, got.err)
	e := ending{t: t, before: before, after: l.truth(t), got: got}
	e.told(w, op, old)
	s.agrees(t, "what was returned", got.links, e.after, w)
	out.release()
	s.watched(t, l, out.client, e, w)
	out.wait()
	for range 3 {
		links, _ := out.client.Look(t.Context())
		s.agrees(t, "a look afterwards", links, l.truth(t), w)
		time.Sleep(w.Late / 2)
	}
	if live := l.truth(t).Live(time.Now()); len(live) > 1 {
		s.second.Add(1)
		t.Errorf("%d links are live: %+v", len(live), live)
	}
}

// told checks what was said of an operation in a weather.
func (e ending) told(w weather.Weather, op operation, old model.Token) {
	failed, _ := errors.AsType[*client.Error](e.got.err)
	switch {
	case w.Hold > 0: // nothing of it has arrived
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
func (s *suite) watched(t *testing.T, l *line, c *client.Client, e ending, w weather.Weather) {
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
		s.agrees(t, "once it appeared", links, l.truth(t), w)
	}
}

// agrees counts it as untrue when links are not those of the server, or are live at other times than by its clock.
func (s *suite) agrees(t *testing.T, what string, links, truth model.Links, w weather.Weather) {
	t.Helper()
	if links.FetchedAt.IsZero() {
		return
	}
	s.looks.Add(1)
	diff := difference(links, truth)
	if off := (links.ClockDifference + w.Clock).Abs(); diff == "" && off > clockStep {
		diff = fmt.Sprintf("reckons by a clock that is %s off", off)
	}
	if diff != "" {
		s.untrue.Add(1)
		t.Error(what, diff)
	}
}

// clockStep is how far two times may differ: a slow answer leaves its Date that uncertain.
const clockStep = time.Minute

// out is a client in a weather.
type out struct {
	client        *client.Client
	release, wait func()
}

// out makes a client in a weather.
func (l *line) out(t *testing.T, w weather.Weather, op operation, settle time.Duration) out {
	t.Helper()
	times := client.Timeouts{Settle: settle, LookAgain: l.patience / 10}
	clock := client.WithClock(w.Now)
	if w.Dies != weather.Never {
		return l.overDyingLine(t, w, times, clock)
	}
	holds := http.MethodPut
	if op.name == "rotate" || op.name == "create" {
		holds = http.MethodPost
	}
	sky := weather.NewSky(w, l.transports[clean], holds)
	c, err := client.New(l.url, l.server.AdminToken, client.WithTransport(sky), client.WithTimeouts(times), clock)
	l.must(t, err)
	return out{c, sky.Release, sky.Wait}
}

// overDyingLine makes a client whose connections are alive and will die, or are dead already.
func (l *line) overDyingLine(t *testing.T, w weather.Weather, times client.Timeouts, clock client.Option) out {
	t.Helper()
	server := w.Over(l.front)
	t.Cleanup(func() { _ = server.Close() })
	times.First, times.Header = l.patience, 2*l.patience
	c, err := client.New(server.URL, l.server.AdminToken, client.WithDial(server.Dial), client.WithTLS(client.TLS{CAs: server.CAs}),
		client.WithTimeouts(times), clock)
	l.must(t, err)
	_, err = c.Look(t.Context())
	l.must(t, err)
	if w.Dies == weather.BeforeAll {
		server.Freeze(false)
	}
	return out{c, func() {}, func() {
		if server.Opened() < 2 {
			t.Error("no connection died")
		}
	}}
}
