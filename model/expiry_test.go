package model

import (
	"errors"
	"testing"
	"time"
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestStopsAtIsTheStartOfTheDayInUTC(t *testing.T) {
	for expiresAt, want := range map[string]string{
		"2026-12-01T00:00:00Z":      "2026-12-01T00:00:00Z",
		"2026-12-01T23:59:59Z":      "2026-12-01T00:00:00Z",
		"2026-12-01T05:00:00+13:00": "2026-11-30T00:00:00Z",
	} {
		if got := StopsAt(at(expiresAt)); !got.Equal(at(want)) {
			t.Errorf("StopsAt(%s) = %s, want %s", expiresAt, got, want)
		}
	}
}

func TestLatestExpiryIsOneCalendarMonth(t *testing.T) {
	for now, want := range map[string]string{
		"2026-11-23T14:02:52Z": "2026-12-23T14:02:52Z",
		"2026-01-31T10:00:00Z": "2026-02-28T10:00:00Z",
		"2028-01-30T10:00:00Z": "2028-02-29T10:00:00Z",
		"2026-12-31T23:00:00Z": "2027-01-31T23:00:00Z",
		"2026-10-31T00:00:00Z": "2026-11-30T00:00:00Z",
	} {
		if got := LatestExpiry(at(now)); !got.Equal(at(want)) {
			t.Errorf("LatestExpiry(%s) = %s, want %s", now, got, want)
		}
	}
}

func TestSpanEndsAtAMidnightThatUnleashGrants(t *testing.T) {
	now := at("2026-11-23T14:02:52Z")
	tests := []struct {
		span Span
		now  time.Time
		want Expiry
	}{
		{Span{Hours: 48}, now, Expiry{At: at("2026-11-26T00:00:00Z"), RoundedUp: true}},
		{Span{Days: 7}, now, Expiry{At: at("2026-12-01T00:00:00Z"), RoundedUp: true}},
		{Span{Months: 1}, now, Expiry{At: at("2026-12-23T00:00:00Z"), CutToMonth: true}},
		{Span{Days: 30}, now, Expiry{At: at("2026-12-23T00:00:00Z"), CutToMonth: true}},
		{Span{Hours: 1}, now, Expiry{At: at("2026-11-24T00:00:00Z"), RoundedUp: true}},
		{Span{Days: 2}, at("2026-11-23T00:00:00Z"), Expiry{At: at("2026-11-25T00:00:00Z")}},
		{Span{Months: 1}, at("2026-11-23T00:00:00Z"), Expiry{At: at("2026-12-23T00:00:00Z")}},
		{Span{Months: 1}, at("2026-01-31T10:00:00Z"), Expiry{At: at("2026-02-28T00:00:00Z"), CutToMonth: true}},
		{Span{Months: 2}, now, Expiry{At: at("2027-01-24T00:00:00Z"), RoundedUp: true}},
	}
	for _, tt := range tests {
		if got := tt.span.From(tt.now); got != tt.want {
			t.Errorf("%+v from %s = %+v, want %+v", tt.span, tt.now, got, tt.want)
		}
	}
}

func TestPresetsCanBeSubmittedAtAnyTime(t *testing.T) {
	start := at("2026-01-01T00:00:00Z")
	for minute := 0; minute < 400*24*60; minute += 7 {
		now := start.Add(time.Duration(minute) * time.Minute)
		for _, p := range Presets() {
			e := p.Span.From(now)
			if err := e.Check(now); err != nil || e.Early() {
				t.Fatalf("%s at %s: expiry %s, early %v, error %v", p.Label, now, e.At, e.Early(), err)
			}
		}
	}
}

func TestParseExpiry(t *testing.T) {
	now := at("2026-11-23T14:02:52Z")
	berlin := time.FixedZone("CET", 3600)
	tests := []struct {
		text string
		want string
	}{
		{"2026-12-01", "2026-12-02T00:00:00Z"},
		{"  2026-12-01  ", "2026-12-02T00:00:00Z"},
		{"2026-12-01 18:00", "2026-12-01T17:00:00Z"},
		{"2026-12-01   18:00", "2026-12-01T17:00:00Z"},
		{"2026-12-01T18:00", "2026-12-01T17:00:00Z"},
		{"2026-12-01 18:00:30", "2026-12-01T17:00:30Z"},
		{"2026-12-01 18:00 utc", "2026-12-01T18:00:00Z"},
		{"2026-12-01T18:00:00Z", "2026-12-01T18:00:00Z"},
		{"2026-12-01t18:00z", "2026-12-01T18:00:00Z"},
		{"2026-12-01T18:00+05:30", "2026-12-01T12:30:00Z"},
		{"3d", "2026-11-27T00:00:00Z"},
		{"2w", "2026-12-08T00:00:00Z"},
		{"36h", "2026-11-26T00:00:00Z"},
		{"1mo", "2026-12-23T00:00:00Z"},
		{"1 W 2 Days", "2026-12-03T00:00:00Z"},
		{"1 month", "2026-12-23T00:00:00Z"},
		{"2 hours", "2026-11-24T00:00:00Z"},
	}
	for _, tt := range tests {
		got, err := ParseExpiry(tt.text, now, berlin)
		if err != nil || !got.At.Equal(at(tt.want)) {
			t.Errorf("ParseExpiry(%q) = %s, %v, want %s", tt.text, got.At, err, tt.want)
		}
	}
	for _, text := range []string{"", "soon", "3", "d", "-3d", "3d!", "2026-13-01", "2026-02-30", "2026-12-01 25:00", "12345d"} {
		if got, err := ParseExpiry(text, now, berlin); err == nil {
			t.Errorf("ParseExpiry(%q) = %s, want an error", text, got.At)
		}
	}
}

func TestCheckRefusesWhatUnleashWouldNotDo(t *testing.T) {
	now := at("2026-11-23T14:02:52Z")
	tests := []struct {
		expiresAt string
		ok        bool
	}{
		{"2026-11-22T00:00:00Z", false},
		{"2026-11-23T14:02:52Z", false},
		{"2026-11-23T23:59:59Z", false},
		{"2026-11-24T00:00:00Z", true},
		{"2026-12-01T18:00:00Z", true},
		{"2026-12-23T14:02:52Z", true},
		{"2026-12-23T14:02:53Z", false},
		{"2027-12-23T00:00:00Z", false},
	}
	for _, tt := range tests {
		err := Expiry{At: at(tt.expiresAt)}.Check(now)
		if (err == nil) != tt.ok {
			t.Errorf("Check(%s) = %v, want ok %v", tt.expiresAt, err, tt.ok)
		}
	}
}

func FuzzParseExpiry(f *testing.F) {
	for _, seed := range []string{"2026-12-01", "2026-12-01 18:00", "3d", "2w", "36h", "1mo", "9999mo 9999w", "\x1b[31m", "１d",
		"fri", "24 Dec", "Dec 24th, 2026", "24.12.", "in 3 days", "eod", "12/24/2026", "90m"} {
		f.Add(seed)
	}
	now := at("2026-11-23T14:02:52Z")
	f.Fuzz(func(t *testing.T, text string) {
		e, err := ParseExpiry(text, now, time.UTC)
		if err != nil {
			return
		}
		if e.Through && !e.StopsAt().Equal(e.At) {
			t.Errorf("%q is a day that ends at %s", text, e.At)
		}
		if e.Check(now) == nil && (e.StopsAt().Before(now) || e.At.After(LatestExpiry(now))) {
			t.Errorf("%q passed its check but stops at %s", text, e.StopsAt())
		}
	})
}

func TestNoTimeAtAllIsRefused(t *testing.T) {
	for _, text := range []string{"0d", "0h", "0mo", "0w 0d", "00 days"} {
		if e, err := ParseExpiry(text, now, time.UTC); !errors.Is(err, errNoSpan) {
			t.Errorf("%s: %+v, %v", text, e, err)
		}
	}
}
