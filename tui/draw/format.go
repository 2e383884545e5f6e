package draw

import (
	"fmt"
	"math"
	"strings"
	"time"

	"unleash-invite/model"
)

const timeLayout = "Mon 2 Jan 2006 15:04"

// UTC is a time as Unleash enforces it.
func UTC(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.UTC().Format(timeLayout) + " UTC"
}

// Day is the date alone, in UTC.
func Day(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.UTC().Format("2 Jan 2006")
}

// Local is the same time where the user is, empty where that is UTC.
func Local(t time.Time, loc *time.Location) string {
	t = t.In(loc)
	if _, offset := t.Zone(); offset == 0 {
		return ""
	}
	return t.Format(timeLayout + " MST")
}

// Relative tells a time as seen from now: "in 7 days 9 hours", "2 hours ago".
func Relative(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	switch d := t.Sub(now); {
	case d > 0:
		return "in " + Span(d)
	case d > -time.Second:
		return "just now"
	}
	return Span(now.Sub(t)) + " ago"
}

// Moved reports how far a time moves: "3 days later", "2 hours sooner"; nothing when it stays, or from is unknown.
func Moved(from, to time.Time) string {
	switch {
	case from.IsZero() || to.Equal(from):
		return ""
	case to.After(from):
		return Span(to.Sub(from)) + " later"
	default:
		return Span(from.Sub(to)) + " sooner"
	}
}

// Span is a length of time in its two largest units, cut, never rounded up.
func Span(d time.Duration) string {
	days, hours, minutes := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60
	switch {
	case days > 0 && hours > 0 && days < 30:
		return Count(days, "day") + " " + Count(hours, "hour")
	case days > 0:
		return Count(days, "day")
	case hours > 0 && minutes > 0:
		return Count(hours, "hour") + " " + Count(minutes, "minute")
	case hours > 0:
		return Count(hours, "hour")
	case minutes > 0:
		return Count(minutes, "minute")
	default:
		return Count(int(d.Seconds()), "second")
	}
}

// Count is a number with its unit, as in "2 hours".
func Count(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// Names lists people of a total, the latest to join first: as many as fit the width, then how many more there are.
func Names(people []model.Person, total, width int) string {
	if len(people) == 0 {
		return ""
	}
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Label()
	}
	for n := len(names); n > 1; n-- {
		if text := strings.Join(names[:n], ", ") + more(total-n); Width(text) <= width {
			return text
		}
	}
	rest := more(total - 1)
	return Truncate(names[0], max(width-Width(rest), 1)) + rest
}

func more(n int) string {
	if n < 1 {
		return ""
	}
	return fmt.Sprintf(", +%d more", n)
}

// Left is how much of a lifetime is left, as in "54%".
func Left(from, to, now time.Time) string {
	return fmt.Sprintf("%d%%", int(100*share(from, to, now)))
}

// share is how much of a lifetime is left, from 0 to 1.
func share(from, to, now time.Time) float64 {
	whole := to.Sub(from)
	if whole <= 0 {
		return 0
	}
	return min(max(float64(to.Sub(now))/float64(whole), 0), 1)
}

// bar draws a lifetime as a line of the width: what is left of it, then what is gone.
func bar(from, to, now time.Time, width int) (left, gone string) {
	n := int(math.Ceil(float64(max(width, 0)) * share(from, to, now)))
	return strings.Repeat("━", n), strings.Repeat("─", max(0, width-n))
}

// MaskedEmail stands for an e-mail where secrets are masked.
const MaskedEmail = "•••@•••"
