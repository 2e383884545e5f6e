package client

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Everything that a server sends may be shown on the admin's terminal, and
// whoever signs up chooses their own display name. So text is made safe here,
// while it is decoded: no string of a wire type is a bare string.

// The most runes that are kept of a text.
const (
	textLimit  = 1000 // names and the like
	wordsLimit = 300  // what a server says of an error
)

// marksLimit is the most combining marks kept on one character: enough for any
// script, too few to climb over the neighbouring lines.
const marksLimit = 4

// text is a name or another short text from the server: always safe to print.
type text string

// UnmarshalText takes what a server sent and keeps what is safe of it.
func (t *text) UnmarshalText(raw []byte) error {
	*t = text(clean(string(raw), textLimit))
	return nil
}

// words are a server's own words about an error: always safe to print.
type words string

// UnmarshalText takes what a server sent and keeps what is safe of it.
func (w *words) UnmarshalText(raw []byte) error {
	*w = words(clean(string(raw), wordsLimit))
	return nil
}

// clean makes a text safe to print in one line: printable runes and single
// spaces alone, at most limit of them; the last one is "…" when some were cut.
// Escape sequences go with all that they carry. Cleaning twice changes nothing.
func clean(s string, limit int) string {
	if plain(s) {
		return cut(s, limit)
	}
	var c cleaner
	for len(s) > 0 && c.runes <= limit {
		if n := sequence(s); n > 0 {
			s = s[n:]
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		if r != utf8.RuneError || size > 1 { // size 1: a byte that is no UTF-8
			c.add(r)
		}
		s = s[size:]
	}
	return cut(c.out.String(), limit)
}

// cleaner gathers the runes that are kept.
type cleaner struct {
	out   strings.Builder
	runes int
	space bool // one is due before the next rune
	marks int  // on the last character
}

func (c *cleaner) add(r rune) {
	switch {
	case r > ' ' && r <= '~': // most runes: spare them the tables
		c.marks = 0
	case unicode.IsSpace(r) || unicode.Is(unicode.Z, r):
		c.space = c.runes > 0
		return
	case !unicode.IsPrint(r), invisible(r):
		return
	case unicode.Is(unicode.M, r):
		if c.runes == 0 || c.space || c.marks == marksLimit {
			return
		}
		c.marks++
	default:
		c.marks = 0
	}
	if c.space {
		c.out.WriteByte(' ')
		c.runes++
		c.space = false
	}
	c.out.WriteRune(r)
	c.runes++
}

// invisible reports whether a rune shows nothing although Unicode counts it among the
// letters or marks: fillers, joiners, and the selectors of a character's variant.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// plain reports whether a text is safe as it stands; most are.
func plain(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && s[i+1] == ' ' {
			return false
		}
	}
	return true
}

// cut shortens a text of more than limit runes to that; the last one is an ellipsis.
func cut(s string, limit int) string {
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	seen := 0
	for i := range s {
		if seen == limit-1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
		seen++
	}
	return s
}
