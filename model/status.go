package model

import "time"

// Status is the one word that says how it stands with an invite link.
type Status int

// The statuses, in the words that the screen shows.
const (
	// StatusUnknown: no answer yet, or the last answer is stale.
	StatusUnknown Status = iota
	// StatusNone: the instance has no token at all.
	StatusNone
	// StatusActive: someone can sign up with it.
	StatusActive
	// StatusEndingSoon: active, and it stops working within a day.
	StatusEndingSoon
	// StatusRefused: its expiry is ahead, but Unleash refuses it already.
	StatusRefused
	// StatusExpired: its expiry has passed.
	StatusExpired
	// StatusDeleted: somebody deleted it; it can be restored.
	StatusDeleted
)

// endingSoon is how long before its end an active link is called Ending soon.
const endingSoon = 24 * time.Hour

// Status is the token's status at the time now. Until the server has given its
// verdict the day rule decides.
func (t Token) Status(now time.Time) Status {
	switch {
	case !t.Enabled:
		return StatusDeleted
	case t.Live(now) && !t.ExpiresAt.IsZero() && t.StopsAt().Sub(now) <= endingSoon:
		return StatusEndingSoon
	case t.Live(now):
		return StatusActive
	case t.ExpiresAt.After(now):
		return StatusRefused
	default:
		return StatusExpired
	}
}

func (s Status) String() string {
	switch s {
	case StatusNone:
		return "None"
	case StatusActive:
		return "Active"
	case StatusEndingSoon:
		return "Ending soon"
	case StatusRefused:
		return "Refused"
	case StatusExpired:
		return "Expired"
	case StatusDeleted:
		return "Deleted"
	default:
		return "Unknown"
	}
}
