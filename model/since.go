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

var (
	agoForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:\d{1,4}\s*(?:mo(?:nths?)?|m(?:in(?:ute)?s?)?|h(?:ours?)?|d(?:ays?)?|w(?:eeks?)?)\s*)+$`)
	})
	agoPart   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\d{1,4})\s*(mo|[mhdw])`) })
	timeOfDay = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:(.+?),? )?(?:at )?(\d{1,2}):(\d{2})$`) })
	sinceWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:since|from|after|last|on) `) })
)

// ErrNoSince is the error of ParseSince for a text that is no time.
var ErrNoSince = errors.New("not a time: use 2h, 30m, 3d, today, yesterday, mon, 24 Nov, 18:00 or 2026-11-24 18:00")

// ParseSince reads a time of the past as it was typed: how long ago it is ("2h", "3d", "30m ago"), the beginning of a day
// ("yesterday", "mon", "24 Nov", always the last such day), a time of day, or a day with one. Days and times are those of loc,
// unless a date and time ends in Z, UTC or an offset.
func ParseSince(text string, now time.Time, loc *time.Location) (time.Time, error) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for introduced := sinceWord().FindString(text); introduced != ""; introduced = sinceWord().FindString(text) {
		text = text[len(introduced):]
	}
	at, err := parsePast(text, now, loc)
	switch {
	case err != nil:
		return time.Time{}, err
	case at.After(now):
		return time.Time{}, fmt.Errorf("that time is still ahead: it is %s UTC now", now.UTC().Format(dateLayout))
	}
	return at.UTC(), nil
}

func parsePast(text string, now time.Time, loc *time.Location) (time.Time, error) {
	if length := one().ReplaceAllString(strings.TrimSuffix(text, " ago"), "1 "); agoForm().MatchString(length) {
		return goBack(length, now), nil
	}
	if day, ok := parseDayBefore(text, now.In(loc)); ok {
		return clock(day, 0, 0, loc), nil
	}
	if at, ok := parseTimeOfDay(text, now, loc); ok {
		return at, nil
	}
	at, err := parseTime(strings.ToUpper(text), loc)
	switch {
	case err == nil:
		return at, nil
	case numericDate().MatchString(text) && strings.ContainsAny(text, "-/"):
		return time.Time{}, errAmbiguous
	}
	return time.Time{}, ErrNoSince
}

// goBack goes back from now by the lengths of time in the text.
func goBack(text string, now time.Time) time.Time {
	for _, part := range agoPart().FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(part[1]) // four digits at most
		switch part[2] {
		case "m":
			now = now.Add(-time.Duration(n) * time.Minute)
		case "h":
			now = now.Add(-time.Duration(n) * time.Hour)
		case "d":
			now = now.AddDate(0, 0, -n)
		case "w":
			now = now.AddDate(0, 0, -7*n)
		case "mo":
			now = now.AddDate(0, -n, 0)
		}
	}
	return now
}

// parseDayBefore reads a day that is today or has passed.
func parseDayBefore(text string, now time.Time) (day time.Time, ok bool) {
	today := dateOfTime(now)
	switch text {
	case "today":
		return today, true
	case "yesterday":
		return today.AddDate(0, 0, -1), true
	}
	return parseNearDay(text, today, before)
}

// parseTimeOfDay reads a time of day, the last such, or one behind a day.
func parseTimeOfDay(text string, now time.Time, loc *time.Location) (at time.Time, ok bool) {
	m := timeOfDay().FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	hour, _ := strconv.Atoi(m[2])
	minute, _ := strconv.Atoi(m[3])
	if hour > 23 || minute > 59 {
		return time.Time{}, false
	}
	if m[1] != "" {
		day, ok := parseDayBefore(m[1], now.In(loc))
		return clock(day, hour, minute, loc), ok
	}
	today := dateOfTime(now.In(loc))
	if at = clock(today, hour, minute, loc); at.After(now) {
		at = clock(today.AddDate(0, 0, -1), hour, minute, loc)
	}
	return at, true
}

// dateOfTime is the 00:00 UTC of the day that it is then and there.
func dateOfTime(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// clock is a time of the day in the location.
func clock(day time.Time, hour, minute int, loc *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, loc)
}
