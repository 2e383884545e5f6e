package model

import (
	"cmp"
	"slices"
	"time"
)

// Links are all the tokens that an instance has ever made, as fetched at one time.
type Links struct {
	Tokens []Token
	// FetchedAt is when the list was asked for, by this computer's clock.
	FetchedAt time.Time
	// ClockDifference is how far the server's clock is ahead of this computer's, negative
	// where it is behind; 0 where it is not noticeable or the server does not tell.
	ClockDifference time.Duration
	// Partial reports that the server's list was too long to be read whole.
	Partial bool
}

// ServerTime is a time of this computer's clock by the server's. Everything that Unleash
// decides by time is to be reckoned by it: whether links are live, spans, presets, expiries.
func (l Links) ServerTime(local time.Time) time.Time { return local.Add(l.ClockDifference) }

// Current is the link that the program is about: the live one named "default",
// as in the Admin UI; with none, the live one that stops latest; with none live,
// an enabled one in the same order, since that is the one people ask about; only
// then the most recently made. It is false when there is no token at all.
func (l Links) Current(now time.Time) (Token, bool) {
	var best *Token
	var bestStanding standing
	for i := range l.Tokens {
		t := &l.Tokens[i]
		s := standingOf(t, now)
		if best == nil || s > bestStanding || s == bestStanding && compare(t, best, s > standingDeleted) > 0 {
			best, bestStanding = t, s
		}
	}
	if best == nil {
		return Token{}, false
	}
	return *best, true
}

// standing orders tokens by how much they are the current one, the least first.
type standing int

const (
	standingDeleted standing = iota
	standingEnabled
	standingLive
)

func standingOf(t *Token, now time.Time) standing {
	switch {
	case t.Live(now):
		return standingLive
	case t.Enabled:
		return standingEnabled
	default:
		return standingDeleted
	}
}

// compare orders tokens of one standing by how much they are the current one.
func compare(a, b *Token, enabled bool) int {
	if enabled {
		return cmp.Or(
			compareBool(a.Name == DefaultName, b.Name == DefaultName),
			a.StopsAt().Compare(b.StopsAt()),
			a.CreatedAt.Compare(b.CreatedAt),
			cmp.Compare(a.Secret, b.Secret),
		)
	}
	return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.Secret, b.Secret))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

// MayHideLive reports whether a link that is not in the list may be live, while none in it is.
func (l Links) MayHideLive(now time.Time) bool { return l.Partial && len(l.Live(now)) == 0 }

// Live lists the links that let people in, the current one first.
func (l Links) Live(now time.Time) []Token {
	var live []Token
	for i := range l.Tokens {
		if l.Tokens[i].Live(now) {
			live = append(live, l.Tokens[i])
		}
	}
	slices.SortFunc(live, func(a, b Token) int { return compare(&b, &a, true) })
	return live
}

// Sorted lists all tokens: the live ones first, then refused, expired and deleted
// ones, of each sort those that stop last first.
func (l Links) Sorted(now time.Time) []Token {
	rank := map[Status]int{StatusRefused: 1, StatusExpired: 2, StatusDeleted: 3}
	type place struct {
		rank  int
		stops time.Time
		token *Token
	}
	places := make([]place, len(l.Tokens)) // so that each status is made out once, and no token is moved twice
	for i := range l.Tokens {
		t := &l.Tokens[i]
		places[i] = place{rank[t.Status(now)], t.StopsAt(), t}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(
			cmp.Compare(a.rank, b.rank),
			b.stops.Compare(a.stops),
			b.token.CreatedAt.Compare(a.token.CreatedAt),
			cmp.Compare(a.token.Secret, b.token.Secret),
		)
	})
	sorted := make([]Token, len(places))
	for i, p := range places {
		sorted[i] = *p.token
	}
	return sorted
}

// Leftovers lists the tokens named "default" that are enabled but let nobody
// in. Each would hide a new link in the Admin UI, which shows the first one.
func (l Links) Leftovers(now time.Time) []Token {
	var left []Token
	for i := range l.Tokens {
		if t := &l.Tokens[i]; t.Enabled && t.Name == DefaultName && !t.Live(now) {
			left = append(left, *t)
		}
	}
	return left
}

// Find returns the token with the secret.
func (l Links) Find(secret string) (Token, bool) {
	if secret == "" {
		return Token{}, false
	}
	for i := range l.Tokens {
		if l.Tokens[i].Secret == secret {
			return l.Tokens[i], true
		}
	}
	return Token{}, false
}
