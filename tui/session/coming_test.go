package session

import (
	"context"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// watched is an API that tells in which order it was asked, and by which links a write was checked.
type watched struct {
	api
	asked   *[]string
	more    bool
	checked *model.Links
}

func (w watched) note(what string) { *w.asked = append(*w.asked, what) }

func (w watched) List(context.Context) (model.Links, error) {
	w.note("list")
	return w.links, nil
}

func (w watched) VerifyCurrent(context.Context, model.Links) (model.Links, bool, error) {
	w.note("current")
	return w.links, w.more, nil
}

func (w watched) VerifyRest(context.Context, model.Links) (model.Links, error) {
	w.note("rest")
	return w.links, nil
}

func (w watched) WhoAmI(context.Context) (model.User, error) {
	w.note("header")
	return model.User{Name: "admin"}, nil
}

func (w watched) Server(context.Context) (model.Server, error) { return model.Server{}, nil }

func (w watched) Accounts(context.Context) (model.Accounts, error) {
	w.note("accounts")
	return model.Accounts{}, nil
}

func (w watched) Checked(ctx context.Context, links model.Links) context.Context {
	*w.checked = links
	return ctx
}

func newWatched() (*Session, *watched) {
	s := newTestSession(func() {})
	w := &watched{api: s.Instance.API.(api), asked: new([]string), checked: new(model.Links)}
	w.links = model.Links{FetchedAt: noon, Tokens: []model.Token{{Secret: "s", Enabled: true, Joined: []model.Person{{ID: 7}}}}}
	s.Instance.API = w
	return s, w
}

// run runs a command and all that follows, one after the other; no time passes.
func run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			run(c)
		}
	case Answer:
		run(msg.Deliver())
	}
}

// What is asked besides would take the connection that the verdict needs.
func TestTheFirstVerdictComesBeforeAllElse(t *testing.T) {
	for more, want := range map[bool][]string{
		false: {"list", "current", "accounts", "header"},
		true:  {"list", "current", "accounts", "rest", "header"},
	} {
		s, w := newWatched()
		w.more = more
		run(s.Refresh())
		if !slices.Equal(*w.asked, want) {
			t.Errorf("more to ask about %v: asked for %q, want %q", more, *w.asked, want)
		}
	}
}

func TestAQuestionIsLookedAtAtOnce(t *testing.T) {
	for name, test := range map[string]struct {
		ago, took, want time.Duration // of the last look, and until the next one
	}{
		"long ago":      {5 * time.Second, 300 * time.Millisecond, 0},
		"just now":      {200 * time.Millisecond, 100 * time.Millisecond, AttentiveEvery - 200*time.Millisecond},
		"a slow server": {3 * time.Second, 2 * time.Second, time.Second},
	} {
		s := newTestSession(func() {})
		s.Links.FetchedAt, s.look.took, s.look.began = noon, test.took, noon.Add(-test.ago)
		wait := time.Duration(0)
		s.after = func(d time.Duration, _ tea.Msg) tea.Cmd {
			if d != SlowAfter {
				wait = d
			}
			return nil
		}
		s.Attend(true)
		if s.Looking() != (test.want == 0) || wait != test.want {
			t.Errorf("%s: looking %v, next in %v, want %v", name, s.Looking(), wait, test.want)
		}
	}
}

// A write that begins while the question is being looked at need not look for itself.
func TestAWriteIsCheckedByTheLookUnderWay(t *testing.T) {
	for name, test := range map[string]struct {
		known, began time.Duration // how long ago
		fails        bool
		want         time.Time
	}{
		"known too long":         {10 * time.Second, 200 * time.Millisecond, false, noon},
		"known just now":         {900 * time.Millisecond, 200 * time.Millisecond, false, noon.Add(-900 * time.Millisecond)},
		"under way for too long": {10 * time.Second, time.Second, false, noon.Add(-10 * time.Second)},
		"without an answer":      {10 * time.Second, 200 * time.Millisecond, true, time.Time{}},
	} {
		s, w := newWatched()
		s.Links = model.Links{FetchedAt: noon.Add(-test.known)}
		if test.fails {
			w.links = model.Links{}
		}
		look := s.Look()
		s.look.began = noon.Add(-test.began)
		write := s.Begin(Write{Do: func(context.Context) (model.Links, error) { return model.Links{}, nil }})
		go look()
		write()
		if got := w.checked.FetchedAt; !got.Equal(test.want) {
			t.Errorf("%s: checked by links of %v, want %v", name, got, test.want)
		}
	}
}
