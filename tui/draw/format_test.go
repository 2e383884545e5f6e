package draw

import (
	"testing"
	"time"
)

func TestMoved(t *testing.T) {
	from := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	for by, want := range map[time.Duration]string{
		0: "", 72 * time.Hour: "3 days later", -24 * time.Hour: "1 day sooner", 36 * time.Hour: "1 day 12 hours later", -90 * time.Minute: "1 hour 30 minutes sooner",
	} {
		if got := Moved(from, from.Add(by)); got != want {
			t.Errorf("%s: %q, want %q", by, got, want)
		}
	}
	if got := Moved(time.Time{}, from); got != "" {
		t.Errorf("from unknown: %q", got)
	}
}
