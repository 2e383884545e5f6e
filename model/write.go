package model

import (
	"maps"
	"slices"
	"time"
)

// WriteKind is the kind of change that a write makes to a link.
type WriteKind int

const (
	// Creation makes a link.
	Creation WriteKind = iota
	// Redating gives a link another expiry.
	Redating
	// Deletion disables a link.
	Deletion
	// Restoration enables a link again.
	Restoration
)

// String is the past participle, as in "the link was deleted".
func (k WriteKind) String() string {
	return [...]string{"created", "changed", "deleted", "restored"}[k]
}

// WatchFor is how long a write whose answer was lost may still arrive at the server.
const WatchFor = time.Minute

// Write is one write to an invite link, as it was sent to the server.
type Write struct {
	Kind WriteKind
	// Token is the link as it was before. Of a creation it is the new link as the
	// server answered, or only the name asked for while there was no answer.
	Token Token
	// ExpiresAt is the expiry asked for, of a Creation and a Redating.
	ExpiresAt time.Time
	// SentAt is when it was sent, by the local clock.
	SentAt time.Time
	// Before are the secrets that there were before a Creation.
	Before map[string]bool
	// Names are those under which the server may note us as the maker; empty when unknown.
	Names []string
}

// Shows reports whether the link is as the write leaves it.
func (w Write) Shows(t Token) bool {
	switch w.Kind {
	case Redating:
		return t.ExpiresAt.Equal(w.ExpiresAt)
	case Deletion:
		return !t.Enabled
	case Restoration:
		return t.Enabled
	default:
		return t.Secret == w.Token.Secret
	}
}

// Apply is the link as the write leaves it.
func (w Write) Apply(t Token) Token {
	switch w.Kind {
	case Redating:
		t.ExpiresAt, t.Verdict = w.ExpiresAt, Unverified
	case Deletion:
		t.Enabled, t.Verdict = false, Unverified
	case Restoration:
		t.Enabled, t.Verdict = true, Unverified
	default:
	}
	return t
}

// Arrived finds the link where the links show that the write was carried out.
func (w Write) Arrived(links Links) (Token, bool) {
	if w.Kind == Creation && w.Token.Secret == "" {
		return w.adopt(links)
	}
	t, found := links.Find(w.Token.Secret)
	return t, found && w.Shows(t)
}

// adopt finds the link that a creation without an answer made: one of the name that was not there
// before, which is why it was made since, whatever the server's clock says, and by us, where that is
// known. Rather one with the expiry asked for, which Unleash may have cut.
func (w Write) adopt(links Links) (Token, bool) {
	var best Token
	for _, t := range links.Tokens {
		theirs := t.CreatedBy != "" && len(w.Names) > 0 && !slices.Contains(w.Names, t.CreatedBy)
		if theirs || !t.Enabled || t.Name != w.Token.Name || w.Before[t.Secret] {
			continue
		}
		exact := t.ExpiresAt.Equal(w.ExpiresAt)
		if best.Secret == "" || exact || !best.ExpiresAt.Equal(w.ExpiresAt) && t.CreatedAt.After(best.CreatedAt) {
			best = t
		}
	}
	return best, best.Secret != ""
}

// Arrivals parts writes whose answers were lost into the links of those that the links show by now, and those
// that may still arrive. Now is the local clock's; what is older than WatchFor is dropped.
func Arrivals(pending []Write, links Links, now time.Time) (arrived []Token, left []Write) {
	left = slices.Clone(pending)
	for i := 0; i < len(left); {
		t, there := left[i].Arrived(links)
		switch {
		case there:
			arrived = append(arrived, t)
			left = MadeOtherwise(slices.Delete(left, i, i+1), t.Secret)
		case now.Sub(left[i].SentAt) >= WatchFor:
			left = slices.Delete(left, i, i+1)
		default:
			i++
		}
	}
	return arrived, left
}

// MadeOtherwise are the writes, of which none made that link: two that were sent may make two.
func MadeOtherwise(pending []Write, secret string) []Write {
	pending = slices.Clone(pending)
	for i := range pending {
		if w := &pending[i]; w.Kind == Creation {
			before := map[string]bool{secret: true}
			maps.Copy(before, w.Before)
			w.Before = before
		}
	}
	return pending
}
