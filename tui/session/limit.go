package session

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// LimitEvery is the pause between two looks while a limit is watched.
const LimitEvery = 3 * time.Second

// limit is the limit of a link that is watched, and the outcome of the last one.
type limit struct {
	model.Limit
	on bool
	// failed reports that the link could not be ended, and that this was told.
	failed bool
	// end is the outcome, as a sentence; empty before.
	end string
}

// Limit is the limit that is watched, if one is.
func (s *Session) Limit() (l model.Limit, on bool) { return s.limit.Limit, s.limit.on }

// LimitEnd is the outcome of the last limit, as a sentence; empty while there is nothing to tell.
func (s *Session) LimitEnd() string { return s.limit.end }

// SetLimit watches a limit from the next look on, in place of any other.
func (s *Session) SetLimit(l model.Limit) { s.limit = limit{Limit: l, on: true} }

// DropLimit watches none any more.
func (s *Session) DropLimit() { s.limit = limit{} }

// restLimited is the pause until the next look at a link that has a limit.
func (s *Session) restLimited() time.Duration {
	pause := LimitEvery
	if left := s.limit.At.Sub(s.Links.ServerTime(s.now())); left > 0 {
		pause = min(pause, left)
	}
	return pause
}

// enforce ends the link when its limit is reached. What fails is tried again after the next look.
func (s *Session) enforce() tea.Cmd {
	if !s.limit.on || s.Writing() || s.look.unlisted {
		return nil
	}
	now := s.Links.ServerTime(s.now())
	t, found := s.Links.Find(s.limit.Secret)
	why := s.limit.Reached(t, now)
	switch {
	case !found:
		return s.limitOver("the server no longer has the link that had a limit")
	case !t.Enabled:
		return s.limitOver(strings.TrimPrefix(why+"; the link was deleted before its limit was seen", "; "))
	case why != "":
		return s.endAtLimit(t, why)
	case !t.Live(now):
		return s.limitOver("the link stopped working before its limit was reached")
	}
	return nil
}

// endAtLimit deletes or rotates the link.
func (s *Session) endAtLimit(t model.Token, why string) tea.Cmd {
	api, l, live := s.Instance.API, s.limit.Limit, s.Links.Live(s.Links.ServerTime(s.now()))
	wish := model.Rotation{
		Old: []model.Token{t}, Name: cmp.Or(strings.TrimSpace(t.Name), model.DefaultName),
		Beside:    slices.DeleteFunc(live, func(other model.Token) bool { return other.Secret == t.Secret }),
		ExpiresAt: t.Lifetime().From(s.Links.ServerTime(s.now())).At,
	}
	return s.Begin(Write{
		Doing: "Closing the link at its limit", Deletes: []string{t.Secret},
		Do: func(ctx context.Context) (model.Links, error) {
			if !l.Rotate {
				return api.DeleteLink(ctx, t)
			}
			links, _, err := api.Rotate(ctx, wish, func(model.StepReport) {})
			return links, err
		},
		Ended: func(o Outcome) tea.Cmd { return s.endedAtLimit(o, t, why) },
	})
}

// endedAtLimit reports how a link was ended at its limit, and how many have joined by now.
func (s *Session) endedAtLimit(o Outcome, t model.Token, why string) tea.Cmd {
	if fresh, ok := o.Links.Find(t.Secret); ok {
		why = cmp.Or(s.limit.Reached(fresh, s.Links.ServerTime(s.now())), why)
	}
	switch {
	case o.Done() && s.limit.Rotate:
		return s.limitOver(why + ": the link was replaced by a new one")
	case o.Done():
		return s.limitOver(why + ": the link was deleted")
	case s.limit.failed:
		return nil
	}
	s.limit.failed = true
	return s.limited(why+", but closing the link failed and will be tried again: "+o.Err.Error(), true)
}

func (s *Session) limitOver(how string) tea.Cmd {
	s.limit = limit{end: how}
	return s.limited(how, false)
}
