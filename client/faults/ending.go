package faults

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/model"
)

// ending pairs the result of a run with the state of the server.
type ending struct {
	t             *testing.T
	before, after model.Links
	got           result
	// unsettled reports whether a write was under way when the client returned, and
	// that it said so.
	unsettled bool
}

// end looks at the server after a run, once nothing is on its way any more.
func (s *suite) end(t *testing.T, l *line, p *plan, before model.Links, got result) ending {
	t.Helper()
	hits, late := p.count()
	s.faults.Add(int64(hits))
	s.runs.Add(1)
	if late {
		time.Sleep(l.delay())
	}
	var hinted interface{ Hint() string }
	warned := errors.As(got.err, &hinted) && strings.Contains(hinted.Hint(), "still be on its way")
	e := ending{t, before, l.truth(t), got, late && warned}
	t.Logf("%d faults, made %q, %v", hits, got.made.Secret, got.err)
	now := time.Now()
	if was, is := len(before.Live(now)), len(e.after.Live(now)); is > max(was, 1) {
		t.Errorf("%d links are live, %d were before", is, was)
	}
	if n := len(e.after.Tokens) - len(before.Tokens); n > 1 {
		t.Errorf("%d links were made", n)
	}
	if diff := difference(got.links, e.after); diff != "" && !got.links.FetchedAt.IsZero() && !e.unsettled {
		t.Error("what was returned", diff)
	}
	return e
}

// kind is that of the returned error; 0 without one.
func (e ending) kind() client.Kind {
	failed, ok := errors.AsType[*client.Error](e.got.err)
	if !ok && e.got.err != nil {
		e.t.Errorf("an error that is not the client's: %v", e.got.err)
	}
	if !ok {
		return 0
	}
	return failed.Kind
}

func (e ending) says(part string) bool { return strings.Contains(e.got.err.Error(), part) }

// single checks what was said of a write to one link.
func (e ending) single(done bool) {
	switch k := e.kind(); {
	case k == 0, k == client.KindUnseen, k == client.KindUnconfirmed, k == client.KindPrevailed:
		if !done {
			e.t.Error("it was not done, and said to be")
		}
	case k == client.KindNotDone:
		if done && !e.unsettled {
			e.t.Errorf("it was done, and said not to be: %v", e.got.err)
		}
	case k != client.KindUnknown || !e.says("it is not known whether"):
		e.t.Errorf("an unexpected error of kind %d: %v", k, e.got.err)
	}
}

// rotation checks what was said of a rotation.
func (e ending) rotation(old []model.Token) {
	dead := 0
	for _, t := range old {
		if !find(e.after, t).Enabled {
			dead++
		}
	}
	made := slices.DeleteFunc(slices.Clone(e.after.Tokens), func(t model.Token) bool { return find(e.before, t).Secret != "" })
	switch k := e.kind(); {
	case k == 0, k == client.KindUnseen, k == client.KindUnconfirmed, k == client.KindPrevailed:
		e.rotated(dead == len(old), made)
	case k == client.KindNotDone, k == client.KindHalfDone:
		if len(made) > 0 && !e.unsettled {
			e.t.Errorf("said that no link was made: %v, made %+v", e.got.err, made)
		}
		e.old(dead, len(old))
	case k == client.KindUnknown && e.says("it is not known whether the new link"):
		e.old(dead, len(old))
	case k != client.KindUnknown || !e.says("it is not known whether"):
		e.t.Errorf("an unexpected error of kind %d: %v", k, e.got.err)
	}
}

// rotated checks a rotation that was said to be whole.
func (e ending) rotated(dead bool, made []model.Token) {
	made = slices.DeleteFunc(made, func(t model.Token) bool { return !t.Enabled })
	if !dead || len(made) != 1 || made[0].Verdict != model.Accepted || made[0].Secret != e.got.made.Secret {
		e.t.Errorf("said to be rotated: old links dead %v, made %+v, returned %q", dead, made, e.got.made.Secret)
	}
	if e.got.err == nil && find(e.got.links, e.got.made).Verdict != model.Accepted {
		e.t.Errorf("said to be rotated, but what was returned does not show it: %+v", find(e.got.links, e.got.made))
	}
}

// old checks what was said of the old links.
func (e ending) old(dead, n int) {
	gone := e.says("the old link was deleted") || e.says("no longer works") || e.says("no longer work")
	some := e.says("old links deleted")
	if n == 0 || e.unsettled || gone && dead == n || some && dead > 0 && dead < n || !gone && !some && dead == 0 {
		return
	}
	e.t.Errorf("%d of %d old links are dead, but it said: %v", dead, n, e.got.err)
}

// difference describes how links that were returned differ from those on the server;
// "" when they don't. A verdict that could not be had may be anything.
func difference(returned, truth model.Links) string {
	if len(returned.Tokens) != len(truth.Tokens) {
		return fmt.Sprintf("has %d links, the server %d", len(returned.Tokens), len(truth.Tokens))
	}
	for _, a := range returned.Tokens {
		b := find(truth, a)
		if a.Secret != b.Secret || a.Name != b.Name || a.URL != b.URL || a.Enabled != b.Enabled ||
			!a.ExpiresAt.Equal(b.ExpiresAt) || a.Verdict != b.Verdict && a.Verdict != model.Unverified {
			return fmt.Sprintf("has %+v,\nthe server %+v", a, b)
		}
	}
	return ""
}
