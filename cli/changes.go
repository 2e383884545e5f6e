package cli

import (
	"cmp"
	"slices"
	"time"

	"unleash-invite/model"
)

// event is a change that watch saw, in JSON.
type event struct {
	Schema   int     `json:"schema"`
	Command  string  `json:"command"`
	Profile  string  `json:"profile,omitempty"`
	Instance string  `json:"instance"`
	At       string  `json:"at"`
	Event    string  `json:"event"`
	Link     *link   `json:"link,omitempty"`
	Person   *person `json:"person,omitempty"`
	// Replaced is how many links a rotation deleted.
	Replaced int    `json:"replaced,omitempty"`
	Detail   string `json:"detail,omitempty"`
}

// memory is the state of an instance as watch knows it.
type memory struct {
	tokens map[string]model.Token
	// joined are the ids of all who were ever seen: a list that is late announces nobody twice.
	joined map[int64]bool
}

func remember(links model.Links) *memory {
	m := &memory{tokens: map[string]model.Token{}, joined: map[int64]bool{}}
	for _, t := range links.Tokens {
		m.tokens[t.Secret] = t
		for _, p := range t.Joined {
			m.joined[p.ID] = true
		}
	}
	return m
}

// changes are those since the last look, in the order in which they must have happened: who joined with links that were
// known, what became of those, the new links, and who joined with them.
func (m *memory) changes(links model.Links, known map[int64]model.Account, now time.Time) []event {
	var events []event
	var made, gone []model.Token
	for _, t := range links.Tokens {
		if _, old := m.tokens[t.Secret]; old {
			events = append(events, m.newcomers(t, known, now)...)
		} else {
			made = append(made, t)
		}
	}
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(a.Person.ID, b.Person.ID) })
	for _, t := range links.Tokens {
		old, before := m.tokens[t.Secret]
		if t.Verdict == model.Unverified && old.Enabled && t.Enabled {
			t.Verdict = old.Verdict // what is not known has not changed
		}
		if what := became(old, t); before && what != "" {
			if what == "deleted" {
				gone = append(gone, t)
			}
			events = append(events, event{Event: what, Link: new(asLink(t, now))})
		}
		if before {
			m.tokens[t.Secret] = t
		}
	}
	slices.SortFunc(made, func(a, b model.Token) int { return a.CreatedAt.Compare(b.CreatedAt) })
	for i, t := range made {
		e := event{Event: "created", Link: new(asLink(t, now))}
		if last := i == len(made)-1; last && len(gone) > 0 && t.Live(now) {
			e.Event, e.Replaced = "rotated", len(gone)
			events = slices.DeleteFunc(events, func(each event) bool { return each.Event == "deleted" })
		}
		events = append(events, e)
		events = append(events, m.newcomers(t, known, now)...)
		m.tokens[t.Secret] = t
	}
	return events
}

// newcomer reports whether somebody joined who was never seen before.
func (m *memory) newcomer(links model.Links) bool {
	return slices.ContainsFunc(links.Tokens, func(t model.Token) bool {
		return slices.ContainsFunc(t.Joined, func(p model.Person) bool { return m.isNew(t, p) })
	})
}

// isNew reports whether a person on a link's list was never seen before. Where the list was cut, whoever comes below its
// last one was there all along, and shows because a newer account was removed.
func (m *memory) isNew(t model.Token, p model.Person) bool {
	old := m.tokens[t.Secret]
	return !m.joined[p.ID] && (old.MoreJoined == 0 || p.ID > old.Joined[len(old.Joined)-1].ID)
}

// unlisted is how many people joined with a link since the last look beyond those that its list names.
func (m *memory) unlisted(t model.Token) int {
	old, known := m.tokens[t.Secret]
	if !known || t.MoreJoined == 0 {
		return t.MoreJoined
	}
	n := t.JoinedCount() - old.JoinedCount()
	for _, p := range t.Joined {
		if m.isNew(t, p) {
			n--
		}
	}
	return max(n, 0)
}

// newcomers are those who joined with the link and were never seen before, in the order in which they came.
func (m *memory) newcomers(t model.Token, known map[int64]model.Account, now time.Time) []event {
	var events []event
	for _, p := range slices.Backward(t.Joined) {
		fresh := m.isNew(t, p)
		m.joined[p.ID] = true
		if !fresh {
			continue
		}
		account, found := known[p.ID]
		if !found {
			account = model.Account{ID: p.ID, Name: p.Name, Username: p.Username}
		}
		who := asPerson(model.JoinedAccount{Account: account, By: &t})
		events = append(events, event{Event: "joined", Person: &who, Link: new(asLink(t, now))})
	}
	return events
}

// became reports what has become of a link; "" when nothing.
func became(old, t model.Token) string {
	switch {
	case old.Enabled && !t.Enabled:
		return "deleted"
	case !old.Enabled && t.Enabled:
		return "restored"
	case !old.ExpiresAt.Equal(t.ExpiresAt):
		return "expiry"
	case t.Enabled && old.Verdict == model.Accepted && t.Verdict == model.Rejected:
		return "ended"
	case t.Enabled && old.Verdict == model.Rejected && t.Verdict == model.Accepted:
		return "live"
	}
	return ""
}

// byID are the accounts by their ids.
func byID(accounts model.Accounts) map[int64]model.Account {
	known := make(map[int64]model.Account, len(accounts.All))
	for _, a := range accounts.All {
		known[a.ID] = a
	}
	return known
}
