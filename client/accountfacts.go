package client

import (
	"slices"
	"time"

	"unleash-invite/model"
)

// Lists of accounts and of links may be older than our own writes to accounts, as with facts.go.

// accountFacts are what our own writes did to accounts.
type accountFacts struct {
	gone  map[int64]time.Time // when they were removed
	roles map[int64]givenRole
}

// givenRole is a role that an account was given; no list has shown it so far.
type givenRole struct {
	id int64
	at time.Time
}

// removed reports whether an account was removed by us, so lately that a list may still have it.
func (f accountFacts) removed(id int64) bool {
	at, ok := f.gone[id]
	return ok && time.Since(at) < model.WatchFor
}

// noteAccount keeps what the server said a write did, or showed.
func (c *Client) noteAccount(id int64, w accountWrite) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f := &c.accountFacts
	if f.gone == nil {
		f.gone, f.roles = map[int64]time.Time{}, map[int64]givenRole{}
	}
	if w.removes() {
		f.gone[id] = time.Now()
		return
	}
	f.roles[id] = givenRole{w.role, time.Now()}
}

// mendAccounts is the list, asked for at that time, with what it does not show of our own writes.
func (c *Client) mendAccounts(list model.Accounts, asked time.Time) model.Accounts {
	c.mu.Lock()
	defer c.mu.Unlock()
	f := c.accountFacts
	if len(f.gone)+len(f.roles) == 0 {
		return list
	}
	all := make([]model.Account, 0, len(list.All))
	for _, a := range list.All {
		given, changed := f.roles[a.ID]
		switch {
		case f.removed(a.ID):
			list.Total--
			continue
		case changed && (given.id == a.Role.ID && !asked.Before(given.at) || time.Since(given.at) > model.WatchFor):
			delete(f.roles, a.ID) // from now on another role is somebody else's doing
		case changed:
			a.Role = roleOf(list.Roles, given.id)
		}
		all = append(all, a)
	}
	list.All = all
	return list
}

func roleOf(roles []model.Role, id int64) model.Role {
	for _, r := range roles {
		if r.ID == id {
			return r
		}
	}
	return model.Role{ID: id}
}

// mendPeople takes those from the links whose accounts we removed.
func (c *Client) mendPeople(tokens []model.Token) []model.Token {
	c.mu.Lock()
	defer c.mu.Unlock()
	f := c.accountFacts
	if len(f.gone) == 0 {
		return tokens
	}
	left := slices.Clone(tokens)
	for i := range left {
		if joined := left[i].Joined; slices.ContainsFunc(joined, func(p model.Person) bool { return f.removed(p.ID) }) {
			left[i].Joined = slices.DeleteFunc(slices.Clone(joined), func(p model.Person) bool { return f.removed(p.ID) })
		}
	}
	return left
}
