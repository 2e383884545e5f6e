package tui

import (
	"fmt"
	"math"
	"strings"
	"time"

	"unleash-invite/model"
)

const timeLayout = "Mon 2 Jan 2006 15:04"

// utc is a time as Unleash enforces it.
func utc(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.UTC().Format(timeLayout) + " UTC"
}

// day is the date alone, in UTC.
func day(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.UTC().Format("2 Jan 2006")
}

// local is the same time where the person is, empty where that is UTC.
func local(t time.Time, loc *time.Location) string {
	t = t.In(loc)
	if _, offset := t.Zone(); offset == 0 {
		return ""
	}
	return t.Format(timeLayout + " MST")
}

// relative tells a time as seen from now: "in 7 days 9 hours", "2 hours ago".
func relative(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	if d := t.Sub(now); d > 0 {
		return "in " + span(d)
	}
	return span(now.Sub(t)) + " ago"
}

// span is a length of time in its two largest units, cut, never rounded up.
func span(d time.Duration) string {
	days, hours, minutes := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60
	switch {
	case days > 0 && hours > 0 && days < 30:
		return count(days, "day") + " " + count(hours, "hour")
	case days > 0:
		return count(days, "day")
	case hours > 0 && minutes > 0:
		return count(hours, "hour") + " " + count(minutes, "minute")
	case hours > 0:
		return count(hours, "hour")
	case minutes > 0:
		return count(minutes, "minute")
	default:
		return count(int(d.Seconds()), "second")
	}
}

func count(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// names lists people, the latest to join first; of many the latest alone.
func names(people []model.Person) string {
	const most = 20 // more than any window shows
	var all []string
	for i, p := range people {
		if i == most {
			return strings.Join(all, ", ") + ", …"
		}
		all = append(all, p.Label())
	}
	return strings.Join(all, ", ")
}

// bar draws a lifetime as a line of the width: what is left of it, then what is gone.
func bar(from, to, now time.Time, width int) (left, gone string) {
	whole, rest := to.Sub(from), to.Sub(now)
	n := 0
	if whole > 0 && width > 0 {
		n = int(math.Ceil(float64(width) * min(max(float64(rest)/float64(whole), 0), 1)))
	}
	return strings.Repeat("━", n), strings.Repeat("─", max(0, width-n))
}
