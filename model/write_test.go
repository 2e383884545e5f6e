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
		w := Write{Token: Token{Name: "default"}, ExpiresAt: day(7), Before: map[string]bool{"old": true}, Names: []string{"ann@acme.io", "ann"}}
		after := Links{Tokens: append([]Token{old}, test.new...)}
		if got, found := w.Arrived(after); got.Secret != test.want || found != (test.want != "") {
			t.Errorf("%s: %q, want %q", name, got.Secret, test.want)
		}
	}
}

// A write whose answer was lost is watched until it shows, a minute at most.
func TestArrivals(t *testing.T) {
	sent := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	old := Token{Secret: "old", Name: "default", Enabled: true, ExpiresAt: sent.AddDate(0, 0, 7)}
	later := sent.AddDate(0, 0, 9)
	writes := map[string]struct {
		write Write
		shown func(Token) Token
	}{
		"deletion":    {Write{Kind: Deletion, Token: old}, func(t Token) Token { t.Enabled = false; return t }},
		"restoration": {Write{Kind: Restoration, Token: Token{Secret: "old"}}, func(t Token) Token { t.Enabled = true; return t }},
		"redating":    {Write{Kind: Redating, Token: old, ExpiresAt: later}, func(t Token) Token { t.ExpiresAt = later; return t }},
		"creation":    {Write{Kind: Creation, Token: Token{Name: "default"}}, func(t Token) Token { return t }},
	}
	for name, test := range writes {
		test.write.SentAt = sent
		before := old
		before.Enabled = test.write.Kind != Restoration
		nothing := Links{Tokens: []Token{before}}
		if test.write.Kind == Creation {
			nothing = Links{}
		}
		arrived, left := Arrivals([]Write{test.write}, nothing, sent.Add(59*time.Second))
		if len(arrived) != 0 || len(left) != 1 {
			t.Errorf("%s, on its way: arrived %+v, left %+v", name, arrived, left)
		}
		arrived, left = Arrivals([]Write{test.write}, nothing, sent.Add(WatchFor))
		if len(arrived) != 0 || len(left) != 0 {
			t.Errorf("%s, a minute later: arrived %+v, left %+v", name, arrived, left)
		}
		arrived, left = Arrivals([]Write{test.write}, Links{Tokens: []Token{test.shown(before)}}, sent)
		if len(arrived) != 1 || arrived[0].Secret != "old" || len(left) != 0 {
			t.Errorf("%s, shown: arrived %+v, left %+v", name, arrived, left)
		}
		if applied := test.write.Apply(before); test.write.Kind != Creation && !test.write.Shows(applied) {
			t.Errorf("%s, applied: %+v", name, applied)
		}
	}
}

// Two creations without an answer may make two links: one link is that of one of them, or of none.
func TestOneLinkIsOfOneWrite(t *testing.T) {
	sent := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	made := Token{Secret: "a", Name: "default", Enabled: true}
	one := Write{Kind: Creation, Token: Token{Name: "default"}, SentAt: sent, Before: map[string]bool{"old": true}}
	pending := []Write{one, {Kind: Deletion, Token: Token{Secret: "b"}, SentAt: sent}, one}
	arrived, left := Arrivals(pending, Links{Tokens: []Token{made}}, sent)
	if len(arrived) != 1 || len(left) != 2 || left[1].Kind != Creation {
		t.Fatalf("arrived %+v, left %+v", arrived, left)
	}
	if arrived, left = Arrivals(left, Links{Tokens: []Token{made}}, sent); len(arrived) != 0 || len(left) != 2 {
		t.Errorf("the same link again: arrived %+v, left %+v", arrived, left)
	}
	other := Token{Secret: "c", Name: "default", Enabled: true}
	if arrived, left = Arrivals(left, Links{Tokens: []Token{made, other}}, sent); len(arrived) != 1 || arrived[0].Secret != "c" || len(left) != 1 {
		t.Errorf("another link: arrived %+v, left %+v", arrived, left)
	}
	if arrived, _ = Arrivals(MadeOtherwise(pending, "a"), Links{Tokens: []Token{made}}, sent); len(arrived) != 0 {
		t.Errorf("made otherwise: arrived %+v", arrived)
	}
}
