package session

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// lost is the error of a write whose answer never came.
type lost struct{ writes []model.Write }

func (lost) Error() string            { return "no answer came" }
func (l lost) Pending() []model.Write { return l.writes }
func (lost) Unsettled() bool          { return true }

func TestAWriteThatArrivesLateIsAskedAboutAndSaid(t *testing.T) {
	s := newTestSession(func() {})
	now := noon
	s.now = func() time.Time { return now }
	var arrived []model.Token
	s.arrived = func(links []model.Token) tea.Cmd { arrived = links; return nil }
	sent := model.Write{Kind: model.Creation, Token: model.Token{Name: "default"}, SentAt: noon}
	begun(t, s, Write{
		Do: func(context.Context) (model.Links, error) {
			return model.Links{FetchedAt: now}, lost{[]model.Write{sent}}
		},
		Ended: func(Outcome) tea.Cmd { return nil },
	}).Deliver()
	if !s.Unsettled() {
		t.Fatal("another write would not be asked about")
	}
	now = now.Add(6 * time.Second)
	s.learn(model.Links{FetchedAt: now, Tokens: []model.Token{{Secret: "late", Name: "default", Enabled: true}}})
	if len(arrived) != 1 || arrived[0].Secret != "late" || s.Unsettled() {
		t.Errorf("arrived %v, unsettled %v", arrived, s.Unsettled())
	}

	begun(t, s, Write{
		Do: func(context.Context) (model.Links, error) {
			return model.Links{FetchedAt: now}, lost{[]model.Write{{Kind: model.Creation, Token: model.Token{Name: "other"}, SentAt: now}}}
		},
		Ended: func(Outcome) tea.Cmd { return nil },
	}).Deliver()
	now = now.Add(model.WatchFor + time.Second)
	s.learn(model.Links{FetchedAt: now})
	if s.Unsettled() || len(s.pending) != 0 {
		t.Error("it is waited for beyond the time in which a write may arrive")
	}
}

// A link that another write made is not the one that may still arrive.
func TestAnotherLinkIsNotTheOneThatIsLate(t *testing.T) {
	s := newTestSession(func() {})
	s.now = func() time.Time { return noon }
	var arrived []model.Token
	s.arrived = func(links []model.Token) tea.Cmd { arrived = append(arrived, links...); return nil }
	s.pending = []model.Write{{Kind: model.Creation, Token: model.Token{Name: "default"}, SentAt: noon}}
	made := model.Token{Secret: "made", Name: "default", Enabled: true}
	now := model.Links{FetchedAt: noon, Tokens: []model.Token{made}}
	begun(t, s, Write{
		Do:    func(context.Context) (model.Links, error) { return now, nil },
		Made:  func() model.Token { return made },
		Ended: func(Outcome) tea.Cmd { return nil },
	}).Deliver()
	if len(arrived) != 0 || len(s.pending) != 1 {
		t.Fatalf("arrived %v, pending %v", arrived, s.pending)
	}
	now.Tokens = append(now.Tokens, model.Token{Secret: "late", Name: "default", Enabled: true})
	s.learn(now)
	if len(arrived) != 1 || arrived[0].Secret != "late" {
		t.Errorf("arrived %v", arrived)
	}
}
