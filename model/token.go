// Package model says what an invite link is: tokens, all the links of an
// instance, their status, and how their expiry works. It does no I/O, and the
// present time is always passed in.
package model

import "time"

// DefaultName is the name that Unleash's Admin UI gives to the invite link and
// the only one that it shows.
const DefaultName = "default"

// Token is a public signup token, as Unleash calls it: the object behind an
// invite link. See GET /api/admin/invite-link/tokens.
type Token struct {
	// Secret identifies the token; it is part of the link.
	Secret string
	// Name is free text and need not be unique.
	Name string
	// URL is the invite link that people receive.
	URL string
	// Refused reports whether the server sent an address that is not safe to open, so that
	// URL is made of the instance's own.
	Refused bool
	// ExpiresAt is the stored expiry; the link stops working earlier, see StopsAt.
	ExpiresAt time.Time
	// Enabled is false once the link was deleted. It stays true after expiry.
	Enabled   bool
	CreatedAt time.Time
	// CreatedBy is the user name of the one who made it, empty when unknown.
	CreatedBy string
	// Role is the root role that people get who sign up with the link.
	Role Role
	// Joined lists the newest people who signed up with the link, the latest first, a thousand at most.
	Joined []Person
	// MoreJoined is how many more there are.
	MoreJoined int
	// Verdict is the server's own answer on whether the link works.
	Verdict Verdict
	// AskedAt is when the server was asked for it, by this computer's clock; zero where it was not.
	AskedAt time.Time
}

// Person is someone who signed up with an invite link.
type Person struct {
	ID int64
	// Name is the display name they chose; it may be empty.
	Name string
	// Username may be empty, too.
	Username string
}

// User is the user or service account behind a credential. See
// GET /api/admin/user.
type User struct {
	// ID is that of the user's account.
	ID   int64
	Name string
	// Email may be empty.
	Email string
	// Admin reports whether the user may read and change invite links.
	Admin bool
}

// Server describes an Unleash server. See GET /api/admin/ui-config.
type Server struct {
	// Name and Environment hold what the instance calls itself, Version its release.
	Name, Environment, Version string
	// UnleashURL is the address that the server puts into links.
	UnleashURL string
	// SignUpPageMissing reports whether the server answers 404 at the sign-up page below UnleashURL.
	SignUpPageMissing bool
	// PasswordAuthDisabled stops people from logging in with a password, not from signing up by an invite link.
	PasswordAuthDisabled bool
	// Maintenance reports whether the instance is in maintenance mode.
	Maintenance bool
}

// Verdict is the server's answer about a link, see
// GET /invite/<secret>/validate. It alone knows for certain.
type Verdict int

const (
	// Unverified means that the server has not been asked, or has not answered.
	Unverified Verdict = iota
	// Accepted means that someone can sign up with the link now.
	Accepted
	// Rejected means that they can't. Of a link that is LongExpired this is known without asking.
	Rejected
)

// StopsAt is when Unleash begins to refuse the link.
func (t Token) StopsAt() time.Time { return StopsAt(t.ExpiresAt) }

// JoinedCount is how many people signed up with the link.
func (t Token) JoinedCount() int { return len(t.Joined) + t.MoreJoined }

// Live reports whether someone can sign up with the link: as the server told, or
// by the day rule while it has not.
func (t Token) Live(now time.Time) bool {
	switch t.Verdict {
	case Accepted:
		return t.Enabled
	case Rejected:
		return false
	default:
		return t.Enabled && now.Before(t.StopsAt())
	}
}

// LongExpired reports whether the expiry is so long past that it is past in every time
// zone, and by clocks that differ by a day. No Unleash accepts such a link: the
// server compares the days of the database's time zone, see StopsAt.
func (t Token) LongExpired(now time.Time) bool {
	const days = 3 // two whole ones wherever it is
	return !t.ExpiresAt.IsZero() && now.Sub(t.ExpiresAt) > days*24*time.Hour
}

// Label is the user's name as far as one is known.
func (p Person) Label() string {
	switch {
	case p.Name != "":
		return p.Name
	case p.Username != "":
		return p.Username
	default:
		return "(no name)"
	}
}
