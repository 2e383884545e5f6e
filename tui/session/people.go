package session

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// people holds what is known of those who joined beyond what the links tell. They are kept as their IDs in order: there
// may be a hundred thousand.
type people struct {
	// meeting finds out who joined, asking when they did.
	meeting, asking Request
	// here are those who had joined when the program first looked; whoever isn't is new.
	here []int64
	// known are those for whose times the server has answered.
	known []int64
	// times are when they joined, as far as the server tells.
	times map[int64]time.Time
}

// meet finds out who has joined.
func (s *Session) meet() tea.Cmd {
	links := s.Links
	return s.people.meeting.ask(s.people.meeting.begin(), func(context.Context) Take {
		ids := []int64{}
		for i := range links.Tokens {
			for _, p := range links.Tokens[i].Joined {
				ids = append(ids, p.ID)
			}
		}
		slices.Sort(ids)
		return func() tea.Cmd { return s.met(slices.Clip(ids)) }
	})
}

// met takes in who has joined, and asks for their times if somebody is new to us.
func (s *Session) met(ids []int64) tea.Cmd {
	if s.people.here == nil {
		s.people.here = ids
	}
	if s.people.asking.Running() || !adds(s.people.known, ids) {
		return nil
	}
	api := s.Instance.API
	return s.people.asking.ask(s.people.asking.begin(), func(context.Context) Take {
		times, err := api.JoinTimes(context.Background())
		return func() tea.Cmd {
			if err == nil { // else the people are shown without their times, and the next look asks again
				s.people.times, s.people.known = times, ids
			}
			return nil
		}
	})
}

// adds reports whether now holds what before does not; both are sorted.
func adds(before, now []int64) bool {
	for _, id := range now {
		for len(before) > 0 && before[0] < id {
			before = before[1:]
		}
		if len(before) == 0 || before[0] != id {
			return true
		}
	}
	return false
}

// IsNew reports whether somebody joined since the program first looked.
func (s *Session) IsNew(id int64) bool {
	_, found := slices.BinarySearch(s.people.here, id)
	return s.people.here != nil && !found
}

// JoinedAt is when somebody joined, zero if the server does not tell.
func (s *Session) JoinedAt(id int64) time.Time { return s.people.times[id] }
