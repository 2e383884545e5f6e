package model

import (
	"errors"
	"fmt"
	"time"
)

// Limit ends a link once so many people have joined with it in all, or at a time, which Unleash itself can't.
type Limit struct {
	// Secret is the link's.
	Secret string
	// Joins is how many people may join; 0 is any number.
	Joins int
	// At is when it ends at the latest; zero is whenever.
	At time.Time
	// Rotate makes a new link in its place; else it is deleted.
	Rotate bool
}

// Expiry is when the link has to expire by itself, so that it ends even where nobody watches it: the first 00:00 UTC that is
// not before the time. It is zero without a time.
func (l Limit) Expiry() time.Time {
	if l.At.IsZero() {
		return time.Time{}
	}
	return EarliestExpiry(l.At.Add(-time.Nanosecond))
}

// Reached says, as a phrase, why the link has to end now; "" while it has not. It never hides how many too many joined.
func (l Limit) Reached(t Token, now time.Time) string {
	switch n := t.JoinedCount(); {
	case l.Joins > 0 && n > l.Joins:
		return fmt.Sprintf("%d joined, %d more than the limit of %d", n, n-l.Joins, l.Joins)
	case l.Joins > 0 && n == l.Joins:
		return fmt.Sprintf("the limit of %d is reached", l.Joins)
	case !l.At.IsZero() && !now.Before(l.At):
		return "the time limit is reached"
	}
	return ""
}

// ParseDeadline is the next time of the day that the text tells, a span, or any time that an expiry may be.
func ParseDeadline(text string, now time.Time, loc *time.Location) (time.Time, error) {
	if clock, err := time.Parse("15:04", text); err == nil {
		local := now.In(loc)
		at := time.Date(local.Year(), local.Month(), local.Day(), clock.Hour(), clock.Minute(), 0, 0, loc)
		if !at.After(now) {
			return at, errors.New("that time has passed today: give the date, too, as in 2026-12-01T18:00")
		}
		return at, nil
	}
	if span, err := time.ParseDuration(text); err == nil && span > 0 {
		return now.Add(span), nil
	}
	e, err := ParseExpiry(text, now, loc)
	if err == nil && !e.At.After(now) {
		err = errors.New("that time has passed: give a later one")
	}
	return e.At, err
}
