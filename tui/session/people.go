package session

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// AccountsEvery is the age from which the accounts are asked for again by whoever opens them.
const AccountsEvery = RefreshEvery

// People are those who joined by a link, live or not. Nobody may change it.
type People struct {
	// Joined holds those who joined since the current link was made, then the others; in both the newest come first.
	Joined []model.JoinedAccount
	// Since is how many joined since the current link was made.
	Since int
	// ids are theirs, in order; made is when the current link was, answer which one the accounts came with.
	ids    []int64
	made   time.Time
	answer int
}

// people is the state of finding out who joined, and with which accounts. There may be a hundred thousand.
type people struct {
	// meeting finds out who joined, asking fetches their accounts.
	meeting, asking Request
	// here are the IDs, in order, of those who had joined when the program first looked; whoever isn't is new.
	here []int64
	// known are those for whose accounts the server has answered.
	known    []int64
	accounts model.Accounts
	// answers is how often the accounts came.
	answers int
	err     error
	all     *People
}

// meet finds out who has joined.
func (s *Session) meet() tea.Cmd {
	links, accounts, answer, before := s.Links, s.people.accounts, s.people.answers, s.people.all
	current, _ := s.Current()
	return s.people.meeting.ask(s.people.meeting.begin(), func(context.Context) Take {
		ids := []int64{}
		for i := range links.Tokens {
			for _, p := range links.Tokens[i].Joined {
				ids = append(ids, p.ID)
			}
		}
		slices.Sort(ids)
		all := before
		if !slices.Equal(ids, before.ids) || !before.made.Equal(current.CreatedAt) || before.answer != answer {
			all = sinceFirst(model.JoinedAccounts(links, accounts), current.CreatedAt)
			all.ids, all.made, all.answer = slices.Clip(ids), current.CreatedAt, answer
		}
		return func() tea.Cmd { return s.met(all) }
	})
}

// sinceFirst puts first those who joined since a link was made.
func sinceFirst(joined []model.JoinedAccount, made time.Time) *People {
	since := model.JoinedSince(joined, made)
	is := make(map[int64]bool, len(since))
	for _, j := range since {
		is[j.ID] = true
	}
	all := slices.Grow(slices.Clip(since), len(joined)-len(since))
	for _, j := range joined {
		if !is[j.ID] {
			all = append(all, j)
		}
	}
	return &People{Joined: all, Since: len(since)}
}

// met takes in who has joined, and asks for the accounts if somebody is new to us.
func (s *Session) met(all *People) tea.Cmd {
	s.people.all = all
	if s.people.here == nil {
		s.people.here = all.ids
	}
	if s.people.asking.Running() || !s.look.judged || !adds(s.people.known, all.ids) {
		return nil
	}
	return s.askAccounts(all.ids)
}

// askAccounts fetches the accounts, for people with those IDs.
func (s *Session) askAccounts(ids []int64) tea.Cmd {
	api := s.Instance.API
	return s.people.asking.Begin(s.after, func(ctx context.Context) Take {
		accounts, err := api.Accounts(ctx)
		return func() tea.Cmd {
			s.people.err = err
			if err != nil { // what was known stays, and the next look asks again
				return nil
			}
			s.people.accounts, s.people.known = accounts, ids
			s.people.answers++
			return s.meet()
		}
	})
}

// forgetAccounts has the accounts asked for again with the next look.
func (s *Session) forgetAccounts() {
	s.people.asking.Drop()
	s.people.known = nil
}

// RefreshAccounts asks for the accounts again.
func (s *Session) RefreshAccounts() tea.Cmd { return s.askAccounts(s.people.known) }

// RefreshOldAccounts does that if what is known of them is older than a while.
func (s *Session) RefreshOldAccounts() tea.Cmd {
	if s.people.asking.Running() || s.now().Sub(s.people.accounts.FetchedAt) < AccountsEvery {
		return nil
	}
	return s.RefreshAccounts()
}

// People are those who joined; it is another value whenever something became known.
func (s *Session) People() *People { return s.people.all }

// SlowAccounts reports whether the accounts have been awaited for a while.
func (s *Session) SlowAccounts() bool { return s.people.asking.Slow() }

// Roles are the root roles that an account can have.
func (s *Session) Roles() []model.Role { return s.people.accounts.Roles }

// AccountsErr is why the accounts could not be fetched last, if so.
func (s *Session) AccountsErr() error { return s.people.err }

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
