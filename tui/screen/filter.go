package screen

import (
	"strings"
	"time"
	"unicode/utf8"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// sort takes the links as they are now; the chosen one stays so.
func (s *links) sort(f Frame) {
	chosen, _ := s.chosen()
	s.all = f.Links.Sorted(f.Now)
	s.tokens, s.wanted = s.all, ""
	current, _ := f.Current()
	s.current, s.name = current.Secret, draw.Width(current.Name+currentMark)
	for i := range s.all {
		s.name = max(s.name, draw.Width(s.all[i].Name))
	}
	s.sift(f)
	s.choose(f, chosen)
}

// sift takes the links through the filter; the chosen one stays so.
func (s *links) sift(f Frame) {
	chosen, _ := s.chosen()
	wanted := strings.ToLower(strings.TrimSpace(s.filter.Value()))
	if !strings.HasPrefix(wanted, s.wanted) || pasted(wanted) { // else what was let through before is enough to look at
		s.tokens = s.all
	}
	if wanted != "" {
		var kept []model.Token
		for i := range s.tokens {
			if matches(&s.tokens[i], wanted, f.Now) {
				kept = append(kept, s.tokens[i])
			}
		}
		s.tokens = kept
	}
	s.wanted = wanted
	s.choose(f, chosen)
}

// choose chooses the link if it is among those to be seen, and else the row of before.
func (s *links) choose(f Frame, t model.Token) {
	for i := range s.tokens {
		if s.tokens[i].Secret == t.Secret {
			s.list.Chosen = i
		}
	}
	s.list.Keep(len(s.tokens), s.height(f))
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

// holds reports whether the text has the words in it, in either case. Most texts and
// words are ASCII: for those it makes no copy of either.
func holds(text, words string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return strings.Contains(strings.ToLower(text), words)
		}
	}
	for ; len(text) >= len(words); text = text[1:] {
		i := 0
		for i < len(words) && (text[i] == words[i] || 'A' <= text[i] && text[i] <= 'Z' && text[i]+'a'-'A' == words[i]) {
			i++
		}
		if i == len(words) {
			return true
		}
	}
	return false
}
