package demo

import "time"

// today is the start of a time's day in UTC, the zone of Unleash's database.
func today(t time.Time) time.Time {
	y, m, d := t.UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// addMonth is the same day and time a month later, or the last day of that
// month where it has no such day: 31 January becomes 28 February.
func addMonth(t time.Time) time.Time {
	t = t.UTC()
	later := t.AddDate(0, 1, 0)
	if later.Day() != t.Day() {
		return later.AddDate(0, 0, -later.Day())
	}
	return later
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
