package model

import (
	"cmp"
	"slices"
	"time"
)

// Account is a user of the instance. See GET /api/admin/user-admin.
type Account struct {
	ID int64
	// Name, Username and Email may each be empty.
	Name, Username, Email string
	// Role is the root role.
	Role Role
	// CreatedAt is when the account was made: when its owner joined.
	CreatedAt time.Time
	// SeenAt is when its owner last used Unleash; zero means never.
	SeenAt time.Time
	// SCIM reports whether an identity provider manages the account.
	SCIM bool
}

// Label is the account's name as far as one is known.
func (a Account) Label() string {
	return cmp.Or(a.Name, a.Username, a.Email, "(no name)")
}

// Role is a root role, such as Admin, Editor or Viewer.
type Role struct {
	ID   int64
	Name string
}

// Admin reports whether the role may do everything.
func (r Role) Admin() bool { return r.Name == "Admin" }

// Accounts are the accounts of an instance, as fetched at one time.
type Accounts struct {
	// All holds the accounts, the newest first. It must not be changed.
	All []Account
	// Total is how many there are; it is more than are in All where there are very many.
	Total int
	// Partial reports whether the list was too large to be read to its end, so that there are more
	// than Total, and Roles may be empty.
	Partial bool
	// Roles are the root roles that an account can have.
	Roles []Role
	// FetchedAt is when the list was asked for; zero means that it was not fetched.
	FetchedAt time.Time
}

// JoinedAccount is an account and the link by which it was made.
type JoinedAccount struct {
	Account
	// By is the link, live or not; nil for an account that did not join by a link.
	By *Token
	// Known is false where only the names on the link are known.
	Known bool
}

// JoinedAccounts lists everyone who joined by a link, live, expired or deleted, the
// newest first. Those whose account is not among the accounts, as they joined after
// it was fetched or it could not be, come before the others.
func JoinedAccounts(links Links, accounts Accounts) []JoinedAccount {
	known := make(map[int64]*Account, len(accounts.All))
	for i := range accounts.All {
		known[accounts.All[i].ID] = &accounts.All[i]
	}
	var joined []JoinedAccount
	for i := range links.Tokens {
		t := &links.Tokens[i]
		for _, p := range t.Joined {
			j := JoinedAccount{By: t, Account: Account{ID: p.ID, Name: p.Name, Username: p.Username}}
			if a, found := known[p.ID]; found {
				j.Account, j.Known = *a, true
			}
			joined = append(joined, j)
		}
	}
	slices.SortFunc(joined, func(a, b JoinedAccount) int {
		return cmp.Or(compareBool(!b.Known, !a.Known), b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.ID, a.ID))
	})
	return joined
}

// JoinedSince lists those of the joined accounts, which are sorted as by
// JoinedAccounts, that were made at that time or later. One whose account is not known
// counts only if its link was made then or later.
func JoinedSince(joined []JoinedAccount, at time.Time) []JoinedAccount {
	var since []JoinedAccount
	for _, j := range joined {
		made := j.CreatedAt
		if !j.Known && j.By != nil {
			made = j.By.CreatedAt
		}
		if !made.Before(at) {
			since = append(since, j)
		}
	}
	return since
}

// Obstacle reports why the account can't be removed or given another role; it is ""
// when it can. The user is the one who wants to.
func (j JoinedAccount) Obstacle(me User) string {
	switch {
	case j.ID == me.ID:
		return "it is your own account"
	case j.By == nil:
		return "it did not join with an invite link"
	case !j.Known:
		return "its account is not known yet"
	default:
		return ""
	}
}

// RemovalState is how far the removal of an account is.
type RemovalState int

const (
	// NotRemoved means that the account is still there.
	NotRemoved RemovalState = iota
	// Removing means that the removal is under way.
	Removing
	// Removed means that the account is gone, by us or by somebody else: Err tells.
	Removed
	// MaybeRemoved means that nobody knows, as the answer was lost and looking failed.
	MaybeRemoved
)

// Removal is how far the removal of one account has come.
type Removal struct {
	Account Account
	State   RemovalState
	// Err reports why it was not removed, or warns of one that was; it may be nil.
	Err error
}

// Left lists the accounts that are to be removed still, or may be.
func Left(removals []Removal) []Account {
	var left []Account
	for _, r := range removals {
		if r.State != Removed {
			left = append(left, r.Account)
		}
	}
	return left
}
