package model

import (
	"cmp"
	"slices"
	"time"
)

// Links are all the tokens that an instance has ever made, as fetched at one time.
type Links struct {
	Tokens []Token
	// FetchedAt is when the list was asked for.
	FetchedAt time.Time
}

// Current is the link that the program is about: the live one named "default",
// as in the Admin UI; with none, the live one that stops latest; with none
// live, the most recently made. It is false when there is no token at all.
func (l Links) Current(now time.Time) (Token, bool) {
	if len(l.Tokens) == 0 {
		return Token{}, false
	}
	return slices.MaxFunc(l.Tokens, func(a, b Token) int { return compare(a, b, now) }), true
}

// compare orders tokens by how much they are the current one.
func compare(a, b Token, now time.Time) int {
	live := a.Live(now)
	if byLife := compareBool(live, b.Live(now)); byLife != 0 {
		return byLife
	}
	if live {
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

// Live lists the links that let people in, the current one first.
func (l Links) Live(now time.Time) []Token {
	var live []Token
	for _, t := range l.Tokens {
		if t.Live(now) {
			live = append(live, t)
		}
	}
	slices.SortFunc(live, func(a, b Token) int { return compare(b, a, now) })
	return live
}

// Sorted lists all tokens: the live ones first, then refused, expired and deleted
// ones, of each sort those that stop last first.
func (l Links) Sorted(now time.Time) []Token {
	rank := map[Status]int{StatusRefused: 1, StatusExpired: 2, StatusDeleted: 3}
	sorted := slices.Clone(l.Tokens)
	slices.SortFunc(sorted, func(a, b Token) int {
		return cmp.Or(
			cmp.Compare(rank[a.Status(now)], rank[b.Status(now)]),
			b.StopsAt().Compare(a.StopsAt()),
			b.CreatedAt.Compare(a.CreatedAt),
			cmp.Compare(a.Secret, b.Secret),
		)
	})
	return sorted
}

// Leftovers lists the tokens named "default" that are enabled but let nobody
// in. Each would hide a new link in the Admin UI, which shows the first one.
func (l Links) Leftovers(now time.Time) []Token {
	var left []Token
	for _, t := range l.Tokens {
		if t.Enabled && t.Name == DefaultName && !t.Live(now) {
			left = append(left, t)
		}
	}
	return left
}

// Find returns the token with the secret.
func (l Links) Find(secret string) (Token, bool) {
	for _, t := range l.Tokens {
		if t.Secret == secret {
			return t, true
		}
	}
	return Token{}, false
}
