package session

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// Pending returns which parts of a failed write may still arrive, and whether it is not known what became of it.
func Pending(err error) (writes []model.Write, unsettled bool) {
	var unsure interface {
		Pending() []model.Write
		Unsettled() bool
	}
	if !errors.As(err, &unsure) {
		return nil, false
	}
	return unsure.Pending(), unsure.Unsettled()
}

// notePending records which parts of a failed write may still arrive.
func (s *Session) notePending(err error) {
	if writes, unsettled := Pending(err); unsettled {
		s.pending = append(s.pending, writes...)
		s.unsettled = s.now().Add(model.WatchFor)
	}
}

// arrivals reports writes that have arrived by now, and forgets those that are not waited for any more.
func (s *Session) arrivals() tea.Cmd {
	if len(s.pending) == 0 {
		return nil
	}
	var arrived []model.Token
	arrived, s.pending = model.Arrivals(s.pending, s.Links, s.now())
	if len(s.pending) == 0 {
		s.unsettled = time.Time{}
	}
	if len(arrived) == 0 {
		return nil
	}
	return s.arrived(arrived)
}

// Unsettled reports whether an earlier write may still arrive, or does not show yet, so that another one needs a question.
func (s *Session) Unsettled() bool { return s.now().Before(s.unsettled) }
