package session

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// api answers every look with the same links and records one write.
type api struct {
	API
	links model.Links
}

func (a api) Look(context.Context) (model.Links, error)                   { return a.links, nil }
func (a api) LookAgain(context.Context, model.Links) (model.Links, error) { return a.links, nil }
func (a api) LookInTurn(context.Context, model.Links, int) (model.Links, error) {
	return a.links, nil
}
func (a api) Checked(ctx context.Context, _ model.Links) context.Context { return ctx }
func (a api) Record(ctx context.Context) (context.Context, func() []model.Request) {
	return ctx, func() []model.Request { return []model.Request{{Method: "PUT", Body: "{}"}} }
}

// begun returns a session with a link and the answer of the write that was begun on it.
func begun(t *testing.T, s *Session, w Write) Answer {
	t.Helper()
	answer, ok := s.Begin(w)().(Answer)
	if !ok {
		t.Fatal("no answer")
	}
	return answer
}

func newTestSession(changed func()) *Session {
	deleted := model.Token{Secret: "s", Name: "default", ExpiresAt: noon.AddDate(0, 0, 2)}
	return New(Options{
		Instance: Instance{API: api{links: model.Links{Tokens: []model.Token{deleted}, FetchedAt: noon}}},
		Now:      func() time.Time { return noon },
		After:    func(time.Duration, tea.Msg) tea.Cmd { return nil },
		Changed:  func() tea.Cmd { changed(); return nil },
	})
}

func TestTheEndOfAWriteIsTakenInInOrder(t *testing.T) {
	var order []string
	var s *Session
	note := func(what string) { order = append(order, what) }
	s = newTestSession(func() {
		note("learned")
		if s.Writing() {
			t.Error("the write is still under way when the screens hear of the links")
		}
		if len(s.deleted) == 0 {
			t.Error("the screens hear of the links before it is known what can be undone")
		}
	})
	after := model.Links{Tokens: []model.Token{{Secret: "s", Name: "default"}, {Secret: "back", Enabled: true}}, FetchedAt: noon}
	answer := begun(t, s, Write{
		Doing: "Deleting the link", Deletes: []string{"back", "s"},
		Do: func(context.Context) (model.Links, error) { return after, nil },
		Ended: func(o Outcome) tea.Cmd {
			note("told")
			if !o.Done() || !s.Known() || s.Stale() || s.look.pause.running {
				t.Errorf("told before it is known what is true: %+v", o)
			}
			if undone, ok := s.Undone(); !ok || undone.Secret != "s" || slices.Contains(s.deleted, "back") {
				t.Errorf("an undo would restore %q of %q", undone.Secret, s.deleted)
			}
			return nil
		},
	})
	answer.Deliver()
	if !slices.Equal(order, []string{"learned", "told"}) {
		t.Errorf("the order was %q", order)
	}
}

func TestALookBegunBeforeAWriteIsNotLearned(t *testing.T) {
	s := newTestSession(func() {})
	s.Links.FetchedAt = noon
	look := s.Look()().(Answer)
	begun(t, s, Write{Do: func(context.Context) (model.Links, error) { return model.Links{}, nil }, Ended: func(Outcome) tea.Cmd { return nil }})
	look.Deliver()
	if len(s.Links.Tokens) != 0 {
		t.Error("a look that may be older than the write was learned")
	}
}

// looking is an API that keeps why a look was broken off.
type looking struct {
	api
	why *error
}

func (l looking) LookInTurn(ctx context.Context, _ model.Links, _ int) (model.Links, error) {
	*l.why = ctx.Err()
	return l.links, nil
}

// To break off a request costs its connection, which the write then has to open again.
func TestAWriteDoesNotBreakOffTheLookUnderWay(t *testing.T) {
	s := newTestSession(func() {})
	s.Links.FetchedAt = noon
	why := errors.New("it was not begun")
	s.Instance.API = looking{s.Instance.API.(api), &why}
	look := s.Look()
	begun(t, s, Write{Do: func(context.Context) (model.Links, error) { return model.Links{}, nil }, Ended: func(Outcome) tea.Cmd { return nil }})
	look()
	if why != nil {
		t.Errorf("the look was broken off: %v", why)
	}
}

func TestAWriteWhoseEndIsUnknownIsLookedAtAtOnce(t *testing.T) {
	s := newTestSession(func() {})
	told := false
	answer := begun(t, s, Write{
		Do:    func(context.Context) (model.Links, error) { return model.Links{}, errors.New("cut") },
		Ended: func(o Outcome) tea.Cmd { told = !o.Known() && !o.Done(); return nil },
	})
	answer.Deliver()
	if !told || !s.Stale() || !s.Looking() {
		t.Errorf("told %v, stale %v, looking %v", told, s.Stale(), s.Looking())
	}
}

func TestARequestsAnswerCountsOnce(t *testing.T) {
	var r Request
	taken := 0
	after := func(time.Duration, tea.Msg) tea.Cmd { return nil }
	ask := func() Answer {
		cmd := r.Begin(after, func(context.Context) Take { return func() tea.Cmd { taken++; return nil } })
		return cmd().(Answer)
	}
	old, now := ask(), ask()
	old.Deliver()
	if taken != 0 || !r.Running() {
		t.Error("an answer that was overtaken was taken in")
	}
	now.Deliver()
	now.Deliver()
	if taken != 1 || r.Running() {
		t.Errorf("taken in %d times", taken)
	}
	late := ask()
	r.Drop()
	if late.Deliver(); taken != 1 {
		t.Error("the answer to what was dropped was taken in")
	}
}
