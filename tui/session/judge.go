package session

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// judging is the state of asking about one link by itself.
type judging struct {
	Request
	// last is the link with the verdict that came last.
	last model.Token
}

// Judge asks the server whether one link works, unless it has just said so.
func (s *Session) Judge(t model.Token) tea.Cmd {
	now := s.now()
	if !t.Enabled || s.Writing() || t.Verdict != model.Unverified && now.Sub(t.AskedAt) < time.Second {
		return nil
	}
	api := s.Instance.API
	return s.judging.ask(s.judging.begin(), func(ctx context.Context) Take {
		var err error
		if t.Verdict, err = api.Validate(ctx, t.Secret); err != nil { // the next look says so
			return func() tea.Cmd { return nil }
		}
		t.AskedAt = now
		return func() tea.Cmd { return s.judged(t) }
	})
}

// judged records the verdict on a link.
func (s *Session) judged(t model.Token) tea.Cmd {
	s.judging.last = t
	s.Links = s.withLast(s.Links)
	return s.changed()
}

// withLast are the links with the verdict that came last, where theirs is older: a look may have begun before.
func (s *Session) withLast(links model.Links) model.Links {
	last := s.judging.last
	for i, t := range links.Tokens {
		if t.Secret != last.Secret || !t.Enabled || !t.ExpiresAt.Equal(last.ExpiresAt) || !t.AskedAt.Before(last.AskedAt) {
			continue
		}
		tokens := append([]model.Token(nil), links.Tokens...) // commands hold the old ones
		tokens[i].Verdict, tokens[i].AskedAt = last.Verdict, last.AskedAt
		links.Tokens = tokens
		break
	}
	return links
}
