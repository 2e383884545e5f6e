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
	// Joined holds those who joined since the current link was created, then those whom the links let in that were deleted
	// here last, then the others; of each the newest come first.
	Joined []model.JoinedAccount
	// Since is how many joined since the current link was created, ByDead how many joined with the links deleted here.
	Since, ByDead int
	// ids are theirs, in order; from is what they were parted by, answer which one the accounts came with.
	ids    []int64
	from   parting
	answer int
}

// people is the state of finding out who joined, and with which accounts. There may be a hundred thousand.
type people struct {
	// meeting finds out who joined, asking fetches their accounts.
	meeting, asking Request
	// here are the IDs, in order, of those who are no longer new: at first all who had joined when the program first
	// looked. They become those of next, which had joined at a time, in NewFor.
	here, next []int64
	nextAt     time.Time
	// told are those who were told to have joined since the start.
	told map[int64]bool
	// known are those for whose accounts the server has answered.
	known    []int64
	accounts model.Accounts
	// answers is how often the accounts came.
	answers int
	err     error
	all     *People
}

// parting divides people into groups: by when the current link was made, and by the secrets of the links deleted here last.
type parting struct {
	made time.Time
	dead []string
}

func (p parting) equal(q parting) bool { return p.made.Equal(q.made) && slices.Equal(p.dead, q.dead) }

// meet finds out who has joined.
func (s *Session) meet() tea.Cmd {
	links, accounts, answer, before := s.Links, s.people.accounts, s.people.answers, s.people.all
	current, _ := s.Current()
	from := parting{current.CreatedAt, s.dead()}
	return s.people.meeting.ask(s.people.meeting.begin(), func(context.Context) Take {
		ids := []int64{}
		for i := range links.Tokens {
			for _, p := range links.Tokens[i].Joined {
				ids = append(ids, p.ID)
			}
		}
		slices.Sort(ids)
		all := before
		if !slices.Equal(ids, before.ids) || !before.from.equal(from) || before.answer != answer {
			all = part(model.JoinedAccounts(links, accounts), from)
			all.ids, all.answer = slices.Clip(ids), answer
		}
		return func() tea.Cmd { return s.met(all) }
	})
}

// dead are the secrets of the links that were deleted here last, but for those that were restored.
func (s *Session) dead() []string {
	return slices.DeleteFunc(slices.Clone(s.together), func(secret string) bool {
		t, ok := s.Links.Find(secret)
		return !ok || t.Enabled
	})
}

// OldLink names the links that were deleted here last.
func (p *People) OldLink() string {
	if len(p.from.dead) > 1 {
		return "old links"
	}
	return "old link"
}

// part puts first those who joined since the current link was created, then those who came by the dead ones.
func part(joined []model.JoinedAccount, from parting) *People {
	since := make(map[int64]bool)
	for _, j := range model.JoinedSince(joined, from.made) {
		since[j.ID] = true
	}
	all := &People{Joined: make([]model.JoinedAccount, 0, len(joined)), from: from}
	take := func(these func(*model.JoinedAccount) bool) (n int) {
		for i := range joined {
			if these(&joined[i]) {
				all.Joined = append(all.Joined, joined[i])
				n++
			}
		}
		return n
	}
	dead := func(j *model.JoinedAccount) bool { return slices.Contains(from.dead, j.By.Secret) }
	all.Since = take(func(j *model.JoinedAccount) bool { return since[j.ID] })
	all.ByDead = take(func(j *model.JoinedAccount) bool { return !since[j.ID] && dead(j) })
	take(func(j *model.JoinedAccount) bool { return !since[j.ID] && !dead(j) })
	return all
}

// met records who has joined, and asks for the accounts if somebody is new to us.
func (s *Session) met(all *People) tea.Cmd {
	before := s.people.all
	s.people.all = all
	s.people.wearOff(all.ids, s.now())
	told := s.tellNew(before, all)
	if s.people.asking.Running() || !s.look.judged || !adds(s.people.known, all.ids) {
		return told
	}
	return tea.Batch(told, s.askAccounts(all.ids))
}

// tellNew announces those who joined since the look before. A list that is late announces nobody twice.
func (s *Session) tellNew(before, all *People) tea.Cmd {
	if before == all || !adds(before.ids, all.ids) {
		return nil
	}
	var people []model.JoinedAccount
	for _, j := range all.Joined {
		if !s.IsNew(j.ID) || s.people.told[j.ID] {
			continue
		}
		if s.people.told == nil {
			s.people.told = map[int64]bool{}
		}
		s.people.told[j.ID] = true
		people = append(people, j)
	}
	if len(people) == 0 {
		return nil
	}
	return s.joined(people)
}

// NewFor is how long somebody is new at least; twice as long at most.
const NewFor = 5 * time.Minute

// wearOff records who has joined by now, so that nobody stays new for ever.
func (p *people) wearOff(ids []int64, now time.Time) {
	switch {
	case p.here == nil:
		p.here, p.next, p.nextAt = ids, ids, now
	case now.Sub(p.nextAt) >= NewFor:
		p.here, p.next, p.nextAt = p.next, ids, now
	}
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

// adds reports whether now holds anything that before does not; both are sorted.
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

// IsNew reports whether somebody joined lately, and since the program first looked.
func (s *Session) IsNew(id int64) bool {
	_, found := slices.BinarySearch(s.people.here, id)
	return s.people.here != nil && !found
}
