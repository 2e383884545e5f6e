package draw

import (
	"testing"
	"time"

	"unleash-invite/model"
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

func TestNamesTellHowManyMoreThereAre(t *testing.T) {
	people := []model.Person{{Name: "Ann Smith"}, {Name: "Bob"}, {Name: "Carol"}}
	for _, tt := range []struct {
		total, width int
		want         string
	}{
		{3, 80, "Ann Smith, Bob, Carol"},
		{3, 21, "Ann Smith, Bob, Carol"},
		{3, 20, "Ann Smith, +2 more"},
		{3, 12, "An…, +2 more"},
		{40, 80, "Ann Smith, Bob, Carol, +37 more"},
		{40, 30, "Ann Smith, Bob, +38 more"},
		{40, 20, "Ann Smith, +39 more"},
	} {
		if got := Names(people, tt.total, tt.width); got != tt.want {
			t.Errorf("%d in %d columns: %q, want %q", tt.total, tt.width, got, tt.want)
		}
	}
	if got := Names(nil, 0, 80); got != "" {
		t.Errorf("nobody: %q", got)
	}
}
