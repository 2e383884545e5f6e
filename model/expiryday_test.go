package model

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestADayMeansThroughThatDay(t *testing.T) {
	monday := at("2026-11-23T14:02:52Z")
	for last, spellings := range map[string][]string{
		"2026-11-23": {"today", "Today", "eod", "EOD", "end of day", "tonight", "mon", "Monday", "23 Nov", "until today"},
		"2026-11-24": {"tomorrow", " TOMORROW ", "tue", "Tues", "tuesday"},
		"2026-11-27": {"fri", "Fri.", "Friday", "this friday", "until Friday", "on fri", "fri 27 nov"},
		"2026-11-29": {"sun", "Sunday"},
		"2026-12-24": {
			"24 Dec", "Dec 24", "24 December", "December 24", "24 December 2026", "24  dec  2026", "DEC 24 2026", "Dec 24, 2026",
			"24th December", "24th of December", "December 24th, 2026", "Thu 24 Dec", "Thursday, 24 December 2026", "24-Dec-2026", "24. Dec.",
			"24.12.", "24.12", "24.12.2026", "24. 12. 2026", "24.12.26", "2026-12-24", "2026/12/24", "through 24 Dec",
		},
		"2027-01-05": {"5 Jan", "jan 5", "5.1.", "05.01.2027", "2027-1-5"},
		"2027-09-01": {"1 sept", "Sept. 1", "1 sep", "1 september"},
		"2026-01-05": {"5 jan 2026", "5.1.2026"}, // Check refuses it
	} {
		for _, text := range spellings {
			e, err := ParseExpiry(text, monday, time.UTC)
			if want := at(last + "T00:00:00Z"); err != nil || !e.Through || !e.LastFullDay().Equal(want) || e.Early() {
				t.Errorf("%q: last full day %s, through %t, %v, want %s", text, e.LastFullDay(), e.Through, err, last)
			}
		}
	}
}

func TestADayIsTheUsersOwn(t *testing.T) {
	for _, tt := range []struct{ text, now, last string }{
		{"today", "2026-11-23T23:30:00Z", "2026-11-24"}, // in Auckland
		{"tomorrow", "2026-11-23T23:30:00Z", "2026-11-25"},
		{"tue", "2026-11-23T23:30:00Z", "2026-11-24"},
	} {
		e, err := ParseExpiry(tt.text, at(tt.now), time.FixedZone("NZDT", 13*3600))
		if got := e.LastFullDay().Format(time.DateOnly); err != nil || got != tt.last {
			t.Errorf("%s: %s, %v", tt.text, got, err)
		}
	}
	west := time.FixedZone("PST", -8*3600)
	evening := at("2026-11-24T04:00:00Z") // Monday there, and over in UTC
	for text, last := range map[string]string{"today": "2026-11-24", "tomorrow": "2026-11-24", "wed": "2026-11-25"} {
		e, err := ParseExpiry(text, evening, west)
		if got := e.LastFullDay().Format(time.DateOnly); err != nil || got != last || e.Check(evening) != nil {
			t.Errorf("%s: %s, %v, %v", text, got, err, e.Check(evening))
		}
	}
}

func TestSpansAsPeopleSayThem(t *testing.T) {
	for text, want := range map[string]string{
		"in 3 days": "2026-11-27", "for 3 days": "2026-11-27", "In 2 Weeks": "2026-12-08", "a week": "2026-12-01", "in an hour": "2026-11-24",
		"one month": "2026-12-23", "in 36h": "2026-11-26",
	} {
		e, err := ParseExpiry(text, at("2026-11-23T14:02:52Z"), time.UTC)
		if got := e.At.Format(time.DateOnly); err != nil || got != want || e.Through {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
}

func TestWhatIsNoDayGetsASentenceThatHelps(t *testing.T) {
	for want, spellings := range map[error][]string{
		errAmbiguous:  {"12/24/2026", "24/12/2026", "12/24", "1-2-2026", "24/12/26", "1/2"},
		errTooFine:    {"90m", "90 min", "30 minutes", "in 45 minutes", "1h30m", "10s", "3m"},
		errNoSpan:     {"0d", "0 days", "in 0 days", "0h"},
		errExpiryForm: {"32 Dec", "24.13.", "31.02.2026", "30 Feb", "29 Feb", "someday", "fr", "24 De", "next", "in", "in a", "24 Dec 26 x", "12.24.", "0 Dec"},
	} {
		for _, text := range spellings {
			if e, err := ParseExpiry(text, at("2026-11-23T14:02:52Z"), time.UTC); !errors.Is(err, want) {
				t.Errorf("%q: %+v, %v, want %v", text, e, err, want)
			}
		}
	}
}

func TestCheckNamesTheLastFullDay(t *testing.T) {
	monday := at("2026-11-23T14:02:52Z")
	for text, want := range map[string]string{
		"22 Dec": "", "today": "",
		"23 Dec":     "its last full day can be Tue 22 Dec",
		"2026-11-22": "that day has passed: the earliest is today, Mon 23 Nov",
	} {
		e, err := ParseExpiry(text, monday, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Check(monday); (err == nil) != (want == "") || err != nil && !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
