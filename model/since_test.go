package model

import (
	"testing"
	"time"
)

func TestParseSince(t *testing.T) {
	kolkata := time.FixedZone("IST", 5*3600+1800)
	now := time.Date(2026, 11, 25, 14, 2, 52, 0, time.UTC) // a Wednesday
	for text, want := range map[string]string{
		"2h": "2026-11-25 12:02", " 2 Hours ago ": "2026-11-25 12:02", "30m": "2026-11-25 13:32", "1h 30min": "2026-11-25 12:32",
		"an hour ago": "2026-11-25 13:02", "3d": "2026-11-22 14:02", "since 2w": "2026-11-11 14:02", "1mo": "2026-10-25 14:02", "0h": "2026-11-25 14:02",
		"today": "2026-11-25 00:00", "yesterday": "2026-11-24 00:00", "wed": "2026-11-25 00:00", "thu": "2026-11-19 00:00",
		"last monday": "2026-11-23 00:00", "24 Nov": "2026-11-24 00:00", "24.11.": "2026-11-24 00:00", "Dec 24th": "2025-12-24 00:00",
		"25 nov": "2026-11-25 00:00", "26.11": "2025-11-26 00:00", "29 feb": "", "24 Dec 2025": "2025-12-24 00:00", "2026-11-01": "2026-11-01 00:00",
		"13:00": "2026-11-25 13:00", "18:00": "2026-11-24 18:00", "yesterday 18:00": "2026-11-24 18:00", "mon at 9:30": "2026-11-23 09:30",
		"24 Nov, 7:00": "2026-11-24 07:00", "2026-11-24 18:00": "2026-11-24 18:00", "2026-11-24T18:00:01Z": "2026-11-24 18:00",
		"2026-11-24 18:00+02:00": "2026-11-24 16:00", "since 2026-11-24 18:00 UTC": "2026-11-24 18:00",
	} {
		got, err := ParseSince(text, now, time.UTC)
		if at := got.Format(dateLayout); (err == nil) != (want != "") || err == nil && at != want {
			t.Errorf("%q: %s, %v, want %s", text, at, err, want)
		}
	}
	for text, want := range map[string]string{
		"today": "2026-11-24 18:30", "yesterday": "2026-11-23 18:30", "2026-11-24 18:00": "2026-11-24 12:30", "19:00": "2026-11-25 13:30",
		"20:00": "2026-11-24 14:30", "2026-11-24 18:00 UTC": "2026-11-24 18:00",
	} {
		if got, err := ParseSince(text, now, kolkata); err != nil || got.Format(dateLayout) != want {
			t.Errorf("in India %q: %s, %v, want %s", text, got, err, want)
		}
	}
}

func TestWhatIsNoTimeOfThePastSaysWhy(t *testing.T) {
	now := time.Date(2026, 11, 25, 14, 2, 52, 0, time.UTC)
	for text, want := range map[string]string{
		"": ErrNoSince.Error(), "soon": ErrNoSince.Error(), "24:00": ErrNoSince.Error(), "2": ErrNoSince.Error(), "tomorrow": ErrNoSince.Error(),
		"2026-12-01": "that time is still ahead: it is 2026-11-25 14:02 UTC now", "today 15:00": "that time is still ahead: it is 2026-11-25 14:02 UTC now",
		"1/2": errAmbiguous.Error(),
	} {
		if got, err := ParseSince(text, now, time.UTC); err == nil || err.Error() != want {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
}

func FuzzParseSince(f *testing.F) {
	for _, text := range []string{"2h", "yesterday 18:00", "24 Nov", "last mon", "2026-11-24 18:00Z", "since since", "9999mo 9999w"} {
		f.Add(text)
	}
	now := time.Date(2026, 11, 25, 14, 2, 52, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		if at, err := ParseSince(text, now, time.UTC); err == nil && at.After(now) {
			t.Errorf("%q is at %s", text, at)
		}
	})
}
