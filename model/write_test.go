package model

import (
	"testing"
	"time"
)

// A creation without an answer is found by what was not there before.
func TestCreationWithoutAnAnswer(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, 20+n, 0, 0, 0, 0, time.UTC) }
	old := Token{Secret: "old", Name: "default", Enabled: true, ExpiresAt: day(7)}
	token := func(secret, name string, days, minute int, enabled bool) Token {
		return Token{Secret: secret, Name: name, ExpiresAt: day(days), Enabled: enabled, CreatedAt: day(0).Add(time.Duration(minute) * time.Minute)}
	}
	by := func(creator string, t Token) Token { t.CreatedBy = creator; return t }
	tests := map[string]struct {
		new  []Token
		want string
	}{
		"by us, under either name": {[]Token{by("ann@acme.io", token("a", "default", 7, 1, true)), by("ann", token("b", "default", 5, 1, true))}, "a"},
		"by somebody else":         {[]Token{by("bob", token("a", "default", 7, 1, true))}, ""},
		"by us and somebody else":  {[]Token{by("bob", token("a", "default", 7, 1, true)), by("ann", token("b", "default", 5, 1, true))}, "b"},

		"nothing new":            {nil, ""},
		"ours":                   {[]Token{token("a", "default", 7, 1, true)}, "a"},
		"ours, but cut":          {[]Token{token("a", "default", 5, 1, true)}, "a"},
		"another name":           {[]Token{token("a", "other", 7, 1, true)}, ""},
		"deleted again":          {[]Token{token("a", "default", 7, 1, false)}, ""},
		"ours and another's":     {[]Token{token("a", "default", 3, 1, true), token("b", "default", 7, 1, true), token("c", "default", 4, 9, true)}, "b"},
		"which one is not known": {[]Token{token("a", "default", 3, 1, true), token("b", "default", 4, 2, true), token("c", "default", 4, 1, true)}, "b"},
	}
	for name, test := range tests {
		w := Write{Token: Token{Name: "default"}, ExpiresAt: day(7), Before: []string{"old"}, Names: []string{"ann@acme.io", "ann"}}
		after := Links{Tokens: append([]Token{old}, test.new...)}
		if got, found := w.Arrived(after); got.Secret != test.want || found != (test.want != "") {
			t.Errorf("%s: %q, want %q", name, got.Secret, test.want)
		}
	}
}
