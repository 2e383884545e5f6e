package model

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// StopsAt is when Unleash begins to refuse a link that expires at expiresAt.
// The server compares days, not hours: a link stops at 00:00 UTC of the day on
// which it expires (seen at GET /invite/<secret>/validate).
func StopsAt(expiresAt time.Time) time.Time { return midnight(expiresAt) }

// LatestExpiry is one calendar month from now, the most that Unleash grants to
// a new link: POST /api/admin/invite-link/tokens cuts what lies beyond, silently.
func LatestExpiry(now time.Time) time.Time {
	now = now.UTC()
	next := now.AddDate(0, 1, 0)
	if next.Day() != now.Day() { // the next month is shorter: its last day
		next = next.AddDate(0, 0, -next.Day())
	}
	return next
}

// EarliestExpiry is the next 00:00 UTC: a link that expires before it is refused from the start.
func EarliestExpiry(now time.Time) time.Time { return midnight(now).AddDate(0, 0, 1) }

// Expiry is a time that someone asked for, made into one to be sent.
type Expiry struct {
	// At is the expiresAt to send.
	At time.Time
	// RoundedUp reports whether At is the 00:00 UTC after the time asked for.
	RoundedUp bool
	// CutToMonth reports whether At is the last 00:00 UTC inside the month that Unleash grants.
	CutToMonth bool
	// Through means that a day was asked for, and At is the 00:00 UTC that ends it.
	Through bool
}

// LastFullDay is the last day on which the link works from beginning to end, as its 00:00 UTC.
func (e Expiry) LastFullDay() time.Time { return e.StopsAt().AddDate(0, 0, -1) }

// StopsAt is when Unleash will begin to refuse the link.
func (e Expiry) StopsAt() time.Time { return StopsAt(e.At) }

// Early reports whether Unleash will refuse the link before At, at the start of its day.
func (e Expiry) Early() bool { return !e.At.Equal(e.StopsAt()) }

// Span is a length of time: whole months, then days and hours.
type Span struct {
	Months, Days, Hours int
}

// Preset is a span offered for choice.
type Preset struct {
	Label string
	Span  Span
}

// Presets are the spans that the Admin UI offers, too.
func Presets() []Preset {
	return []Preset{
		{"48 hours", Span{Hours: 48}},
		{"1 week", Span{Days: 7}},
		{"1 month", Span{Months: 1}},
	}
}

// From is the expiry of a link that is to work for the span, counted from now.
// It is a 00:00 UTC, so that the time shown is the one that Unleash enforces: rounded
// up, or the last one that Unleash grants.
func (s Span) From(now time.Time) Expiry {
	end := now.UTC()
	for range s.Months {
		end = LatestExpiry(end)
	}
	end = end.AddDate(0, 0, s.Days+s.Hours/24).Add(time.Duration(s.Hours%24) * time.Hour)
	at := midnight(end)
	if !at.Equal(end) {
		at = at.AddDate(0, 0, 1)
	}
	latest := LatestExpiry(now)
	if at.After(latest) && !end.After(latest) {
		return Expiry{At: midnight(latest), CutToMonth: true}
	}
	return Expiry{At: at, RoundedUp: !at.Equal(end)}
}

// Check says why Unleash would not do what the expiry promises: its last day
// has already begun, or it lies beyond the month that Unleash grants.
func (e Expiry) Check(now time.Time) error {
	latest := LatestExpiry(now)
	switch {
	case !e.At.After(now) && e.Through:
		return fmt.Errorf("that day has passed: the earliest is today, %s", midnight(now).Format(dayLayout))
	case !e.At.After(now):
		return fmt.Errorf("that time has passed: the earliest is %s UTC", EarliestExpiry(now).Format(dateLayout))
	case !e.StopsAt().After(now):
		return fmt.Errorf("a link is refused from the start of the day it expires: the earliest is %s UTC",
			EarliestExpiry(now).Format(dateLayout))
	case e.At.After(latest) && e.Through:
		return fmt.Errorf("a link lasts one month at most: its last full day can be %s",
			Expiry{At: latest}.LastFullDay().Format(dayLayout))
	case e.At.After(latest):
		return fmt.Errorf("a link lasts one month at most: the latest is %s UTC",
			midnight(latest).Format(dateLayout))
	}
	return nil
}

const (
	dateLayout = "2006-01-02 15:04"
	dayLayout  = "Mon 2 Jan"
)

var (
	spanForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:\d{1,4}\s*(?:hours?|h|days?|d|weeks?|w|months?|mo)\s*)+$`)
	})
	tooFine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:\d+\s*(?:h|hours?)\s*)?\d+\s*(?:m|mins?|minutes?|s|secs?|seconds?)$`)
	})
	introduction = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:in|for|until|till|through|on) `) })
	one          = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:an?|one) `) })
	spanPart     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\d{1,4})\s*(mo|[hdw])`) })
)

var (
	errNoSpan     = errors.New("a link has to work for at least an hour: use 1h or more, or delete the link")
	errAmbiguous  = errors.New("that could be day/month or month/day: use 2026-12-24 or 24 Dec")
	errTooFine    = errors.New("links stop at midnight UTC, not by the minute: use today, 1d, or 1mo for a month")
	errExpiryForm = errors.New("not a time: use 24 Dec, 2026-12-24, 2026-12-24 18:00, fri, tomorrow, 3d, 2w, 36h or 1mo")
)

// ParseExpiry reads what was typed: the last day on which the link is to work (see parseDay), a date and time (in loc,
// unless it ends in Z, UTC or an offset), or a span from now ("3d", "2w", "36h", "1mo", "in 3 days"). A day means
// through that day, so that the 00:00 UTC after it is sent. The expiry still needs its Check.
func ParseExpiry(text string, now time.Time, loc *time.Location) (Expiry, error) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	if introduced := introduction().FindString(text); introduced != "" {
		text = text[len(introduced):]
	}
	if length := one().ReplaceAllString(text, "1 "); spanForm().MatchString(length) {
		span := parseSpan(length)
		if span == (Span{}) {
			return Expiry{}, errNoSpan
		}
		return span.From(now), nil
	}
	if day, ok := parseDay(text, now.In(loc)); ok {
		return Expiry{At: day.AddDate(0, 0, 1), Through: true}, nil
	}
	at, err := parseTime(strings.ToUpper(text), loc)
	switch {
	case err == nil:
		return Expiry{At: at.UTC()}, nil
	case numericDate().MatchString(text) && strings.ContainsAny(text, "-/"):
		return Expiry{}, errAmbiguous
	case tooFine().MatchString(text):
		return Expiry{}, errTooFine
	}
	return Expiry{}, err
}

func parseSpan(text string) Span {
	var s Span
	for _, part := range spanPart().FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(part[1]) // four digits at most
		switch part[2] {
		case "h":
			s.Hours += n
		case "d":
			s.Days += n
		case "w":
			s.Days += 7 * n
		case "mo":
			s.Months += n
		}
	}
	return s
}

func parseTime(text string, loc *time.Location) (time.Time, error) {
	if local, ok := strings.CutSuffix(text, " UTC"); ok {
		text, loc = local, time.UTC
	}
	text = strings.Replace(text, "T", " ", 1)
	for _, layout := range []string{"2006-01-02 15:04Z07:00", "2006-01-02 15:04:05Z07:00"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, nil
		}
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05"} {
		if at, err := time.ParseInLocation(layout, text, loc); err == nil {
			return at, nil
		}
	}
	return time.Time{}, errExpiryForm
}

// midnight is the 00:00 UTC that begins the day of t.
func midnight(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
