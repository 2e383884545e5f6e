package model

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

var (
	numericDate = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\d{1,2} ?[-/.] ?\d{1,2}(?: ?[-/.] ?(?:\d{4}|\d{2})| ?\.)?$`)
	})
	yearInFront  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$`) })
	monthInFront = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([a-z]+) (\d{1,2})( \d{4})?$`) })
	ordinal      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b(?: of\b)?`) })
)

// toward is where a day without a year, or a weekday, is looked for.
type toward int

const (
	after  toward = 1
	before toward = -1
)

// parseDay reads a day, in lower case and with single spaces: "today", "tomorrow", a weekday or a date. Weekdays and
// dates without a year are the next ones, today included. Days are those of now's location, and are returned as
// their 00:00 UTC.
func parseDay(text string, now time.Time) (day time.Time, ok bool) {
	today := dateOfTime(now)
	switch text {
	case "today", "tonight", "eod", "end of day":
		if utc := midnight(now); utc.After(today) { // in the west the day can be over in UTC
			return utc, true
		}
		return today, true
	case "tomorrow":
		return today.AddDate(0, 0, 1), true
	}
	return parseNearDay(text, today, after)
}

// parseNearDay reads a weekday or a date, of those without a year the nearest one, today included.
func parseNearDay(text string, today time.Time, where toward) (day time.Time, ok bool) {
	if weekday, ok := parseWeekday(text); ok {
		days := (int(where)*int(weekday-today.Weekday()) + 7) % 7
		return today.AddDate(0, 0, int(where)*days), true
	}
	switch {
	case yearInFront().MatchString(text):
		return dateOf("2006 1 2", words(text))
	case !numericDate().MatchString(text):
		return parseNamedMonth(text, today, where)
	case strings.ContainsAny(text, "-/"):
		return time.Time{}, false // the day or the month may come first
	}
	if at, ok := dateOf("2 1 06", words(text)); ok {
		return at, true
	}
	return nearDate("2 1", words(text), today, where)
}

// parseWeekday reads a weekday, whole or cut after its third letter or later.
func parseWeekday(text string) (time.Weekday, bool) {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "this "), ".")
	for day := time.Sunday; day <= time.Saturday; day++ {
		if len(text) >= 3 && strings.HasPrefix(strings.ToLower(day.String()), text) {
			return day, true
		}
	}
	return 0, false
}

// parseNamedMonth reads a date with the month's name, and maybe a weekday before it.
func parseNamedMonth(text string, today time.Time, where toward) (time.Time, bool) {
	text = words(ordinal().ReplaceAllString(text, "$1"))
	if first, rest, more := strings.Cut(text, " "); more {
		if _, ok := parseWeekday(first); ok {
			text = rest
		}
	}
	text = strings.Replace(text+" ", "sept ", "sep ", 1)
	text = strings.TrimSuffix(text, " ")
	if m := monthInFront().FindStringSubmatch(text); m != nil {
		text = m[2] + " " + m[1] + m[3]
	}
	if at, ok := nearDate("2 Jan", text, today, where); ok {
		return at, true
	}
	return nearDate("2 January", text, today, where)
}

// words has single spaces in place of what separates the parts of a date.
func words(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" .,-/", r) }), " ")
}

// nearDate reads the text in the layout, with a year behind it or as the nearest such day.
func nearDate(layout, text string, today time.Time, where toward) (time.Time, bool) {
	if at, ok := dateOf(layout+" 2006", text); ok {
		return at, true
	}
	for _, year := range []int{today.Year(), today.Year() + int(where)} {
		at, ok := dateOf(layout+" 2006", text+" "+strconv.Itoa(year))
		if ok && at.Compare(today) != -int(where) {
			return at, true
		}
	}
	return time.Time{}, false
}

func dateOf(layout, text string) (time.Time, bool) {
	at, err := time.Parse(layout, text)
	return at, err == nil
}
