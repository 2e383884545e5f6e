package screen

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// sort takes the links as they are now; the chosen one stays so.
func (s *links) sort(f Frame) {
	chosen, _ := s.chosen()
	s.all = f.Links.Sorted(f.Now)
	s.rows, s.wanted = everyRow(len(s.all)), ""
	current, _ := f.Current()
	s.current, s.name, s.oldest = current.Secret, draw.Width(current.Name+currentMark), model.Token{}
	for i := range s.all {
		t := &s.all[i]
		s.name = max(s.name, draw.Width(t.Name))
		if answered(*t) && (s.oldest.Secret == "" || t.AskedAt.Before(s.oldest.AskedAt)) {
			s.oldest = *t
		}
	}
	s.sift(f)
	s.choose(f, chosen)
}

// everyRow has all rows from 0 to n-1.
func everyRow(n int) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	return rows
}

// sift takes the links through the filter; the chosen one stays so.
func (s *links) sift(f Frame) {
	chosen, _ := s.chosen()
	wanted := strings.ToLower(strings.TrimSpace(s.filter.Value()))
	from := s.rows
	if !strings.HasPrefix(wanted, s.wanted) || pasted(wanted) { // else what was let through before is enough to look at
		from = everyRow(len(s.all))
	}
	if wanted != "" {
		from = s.matching(f, from, wanted)
	}
	s.rows, s.wanted = from, wanted
	s.choose(f, chosen)
}

// matching are those of the rows that the filter asks for, in lower case.
func (s *links) matching(f Frame, from []int, wanted string) []int {
	rows := make([]int, 0, len(from))
	for _, i := range from {
		if matches(&s.all[i], wanted, f.Now) {
			rows = append(rows, i)
		}
	}
	return rows
}

// matches reports whether the link is one that the filter asks for, in lower case.
func matches(t *model.Token, wanted string, now time.Time) bool {
	if holds(t.Name, wanted) || holds(t.Status(now).String(), wanted) || holds(t.CreatedBy, wanted) || ofLink(t, wanted) {
		return true
	}
	for i := range t.Joined {
		if p := &t.Joined[i]; holds(p.Name, wanted) || holds(p.Username, wanted) {
			return true
		}
	}
	return false
}

// choose chooses the link if it is among those to be seen, and else the row of before.
func (s *links) choose(f Frame, t model.Token) {
	for row, i := range s.rows {
		if s.all[i].Secret == t.Secret {
			s.list.Chosen = row
		}
	}
	s.list.Keep(len(s.rows), s.height(f))
}

// pasted reports whether an address was given rather than a word.
func pasted(wanted string) bool { return strings.Contains(wanted, "://") }

// ofLink reports whether the secret begins like that, or is in an address that was given. What
// all addresses have in common tells nothing.
func ofLink(t *model.Token, wanted string) bool {
	if pasted(wanted) {
		return strings.Contains(wanted, strings.ToLower(t.Secret))
	}
	return len(t.Secret) >= len(wanted) && strings.EqualFold(t.Secret[:len(wanted)], wanted)
}

// holds reports whether the text has the words in it, which are in lower case. It makes no copy, as there may be a
// hundred thousand texts at every key.
func holds(text, words string) bool {
	if words == "" {
		return true
	}
	for len(text) >= 1 {
		if c := text[0]; c < utf8.RuneSelf && lower(c) != words[0] { // as nearly always
			text = text[1:]
			continue
		}
		if begins(text, words) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	return false
}

// begins reports whether the text begins with the words, which are in lower case.
func begins(text, words string) bool {
	for words != "" {
		if text == "" {
			return false
		}
		if c := text[0]; c < utf8.RuneSelf {
			if lower(c) != words[0] {
				return false
			}
			text, words = text[1:], words[1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		wanted, length := utf8.DecodeRuneInString(words)
		if unicode.ToLower(r) != wanted {
			return false
		}
		text, words = text[size:], words[length:]
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
