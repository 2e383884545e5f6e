package model

import (
	"testing"
	"time"
)

func TestLimitReached(t *testing.T) {
	at := time.Date(2026, 11, 26, 18, 0, 0, 0, time.UTC)
	joined := func(n int) Token { return Token{MoreJoined: n} }
	for _, c := range []struct {
		limit Limit
		joins int
		now   time.Time
		want  string
	}{
		{Limit{Joins: 20}, 19, at, ""},
		{Limit{Joins: 20}, 20, at, "the limit of 20 is reached"},
		{Limit{Joins: 20, At: at}, 23, at, "23 joined, 3 more than the limit of 20"},
		{Limit{Joins: 20, At: at}, 3, at.Add(-time.Second), ""},
		{Limit{At: at}, 3, at, "the time limit is reached"},
		{Limit{}, 100, at, ""},
	} {
		if got := c.limit.Reached(joined(c.joins), c.now); got != c.want {
			t.Errorf("%+v with %d at %v: %q", c.limit, c.joins, c.now, got)
		}
	}
}

func TestLimitExpiry(t *testing.T) {
	midnight := time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{midnight, midnight.Add(-time.Second), midnight.Add(-24*time.Hour + 1)} {
		if got := (Limit{At: at}).Expiry(); !got.Equal(midnight) {
			t.Errorf("%v: %v", at, got)
		}
	}
	if got := (Limit{Joins: 3}).Expiry(); !got.IsZero() {
		t.Error(got)
	}
}

func TestParseDeadline(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 26, 16, 30, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"18:00": time.Date(2026, 11, 26, 17, 0, 0, 0, time.UTC), "90m": now.Add(90 * time.Minute),
		"2026-12-01T18:00": time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC),
		"17:00":            {}, "2020-01-01": {}, "soon": {}, "-3h": {},
	} {
		got, err := ParseDeadline(text, now, berlin)
		if (err == nil) == want.IsZero() || err == nil && !got.Equal(want) {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
}
