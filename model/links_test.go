package model

import (
	"slices"
	"testing"
	"time"
)

var now = at("2026-11-23T14:02:52Z")

func token(name, expiresAt string, change ...func(*Token)) Token {
	t := Token{
		Secret: name + expiresAt, Name: name, Enabled: true,
		ExpiresAt: at(expiresAt), CreatedAt: at("2026-11-01T00:00:00Z"),
	}
	for _, c := range change {
		c(&t)
	}
	return t
}

func deleted(t *Token)              { t.Enabled = false }
func accepted(t *Token)             { t.Verdict = Accepted }
func rejected(t *Token)             { t.Verdict = Rejected }
func made(when string) func(*Token) { return func(t *Token) { t.CreatedAt = at(when) } }

func TestStatus(t *testing.T) {
	tests := []struct {
		name  string
		token Token
		want  Status
	}{
		{"accepted", token("a", "2026-12-01T00:00:00Z", accepted), StatusActive},
		{"accepted, within a day", token("a", "2026-11-24T09:00:00Z", accepted), StatusEndingSoon},
		{"accepted against the day rule", token("a", "2026-11-23T20:00:00Z", accepted), StatusEndingSoon},
		{"rejected on its last day", token("a", "2026-11-23T20:00:00Z", rejected), StatusRefused},
		{"rejected with days to go", token("a", "2026-12-01T00:00:00Z", rejected), StatusRefused},
		{"rejected after expiry", token("a", "2026-11-20T00:00:00Z", rejected), StatusExpired},
		{"deleted", token("a", "2026-12-01T00:00:00Z", deleted), StatusDeleted},
		{"deleted and accepted", token("a", "2026-12-01T00:00:00Z", deleted, accepted), StatusDeleted},
		{"unverified, days to go", token("a", "2026-12-01T00:00:00Z"), StatusActive},
		{"unverified, last day", token("a", "2026-11-23T20:00:00Z"), StatusRefused},
		{"unverified, past", token("a", "2026-11-23T10:00:00Z"), StatusExpired},
	}
	for _, tt := range tests {
		if got := tt.token.Status(now); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestCurrent(t *testing.T) {
	tests := []struct {
		name   string
		tokens []Token
		want   string
	}{
		{"live default before a later other", []Token{
			token("other", "2026-12-20T00:00:00Z", accepted),
			token("default", "2026-12-01T00:00:00Z", accepted),
		}, "default2026-12-01T00:00:00Z"},
		{"live other before a refused default", []Token{
			token("default", "2026-12-01T00:00:00Z", rejected),
			token("other", "2026-11-30T00:00:00Z", accepted),
		}, "other2026-11-30T00:00:00Z"},
		{"of live others the one that stops latest", []Token{
			token("a", "2026-11-30T00:00:00Z", accepted),
			token("b", "2026-12-02T00:00:00Z", accepted),
			token("c", "2026-12-01T00:00:00Z", accepted),
		}, "b2026-12-02T00:00:00Z"},
		{"of two live defaults the one that stops latest", []Token{
			token("default", "2026-12-05T00:00:00Z", accepted),
			token("default", "2026-12-01T00:00:00Z", accepted),
		}, "default2026-12-05T00:00:00Z"},
		{"none live: a refused one before one deleted later", []Token{
			token("default", "2026-12-05T00:00:00Z", rejected, made("2026-11-02T00:00:00Z")),
			token("x", "2026-11-05T00:00:00Z", deleted, made("2026-11-03T00:00:00Z")),
		}, "default2026-12-05T00:00:00Z"},
		{"none live: an expired one before a deleted default", []Token{
			token("x", "2026-11-05T00:00:00Z", rejected, made("2026-11-01T00:00:00Z")),
			token("default", "2026-12-05T00:00:00Z", deleted, made("2026-11-20T00:00:00Z")),
		}, "x2026-11-05T00:00:00Z"},
		{"of enabled ones the default", []Token{
			token("x", "2026-11-20T00:00:00Z", rejected),
			token("default", "2026-11-05T00:00:00Z", rejected),
		}, "default2026-11-05T00:00:00Z"},
		{"of enabled others the one that stopped last", []Token{
			token("x", "2026-11-20T00:00:00Z", rejected, made("2026-10-01T00:00:00Z")),
			token("y", "2026-11-05T00:00:00Z", rejected, made("2026-11-02T00:00:00Z")),
		}, "x2026-11-20T00:00:00Z"},
		{"all deleted: the most recently made", []Token{
			token("default", "2026-12-05T00:00:00Z", deleted, made("2026-11-02T00:00:00Z")),
			token("x", "2026-11-05T00:00:00Z", deleted, made("2026-11-03T00:00:00Z")),
		}, "x2026-11-05T00:00:00Z"},
	}
	for _, tt := range tests {
		slices.Reverse(tt.tokens)
		for range 2 { // the server promises no order
			slices.Reverse(tt.tokens)
			got, ok := Links{Tokens: tt.tokens}.Current(now)
			if !ok || got.Secret != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, got.Secret, tt.want)
			}
		}
	}
	if got, ok := (Links{}).Current(now); ok {
		t.Errorf("no tokens, but current is %+v", got)
	}
}

func TestLiveAndLeftovers(t *testing.T) {
	links := Links{Tokens: []Token{
		token("other", "2026-12-20T00:00:00Z", accepted),
		token("default", "2026-11-20T00:00:00Z", rejected),
		token("default", "2026-11-19T00:00:00Z", deleted),
		token("default", "2026-12-01T00:00:00Z", accepted),
		token("old", "2026-11-20T00:00:00Z", rejected),
	}}
	if got := secrets(links.Live(now)); !slices.Equal(got, []string{"default2026-12-01T00:00:00Z", "other2026-12-20T00:00:00Z"}) {
		t.Errorf("live: %q", got)
	}
	if got := secrets(links.Leftovers(now)); !slices.Equal(got, []string{"default2026-11-20T00:00:00Z"}) {
		t.Errorf("leftovers: %q", got)
	}
	if _, ok := links.Find("old2026-11-20T00:00:00Z"); !ok {
		t.Error("a token isn't found by its secret")
	}
	if _, ok := links.Find("nowhere"); ok {
		t.Error("a secret that isn't there is found")
	}
}

func TestSortedPutsLiveLinksFirst(t *testing.T) {
	links := Links{Tokens: []Token{
		token("deleted", "2026-12-01T00:00:00Z", deleted),
		token("expired", "2026-11-20T00:00:00Z", rejected),
		token("soon", "2026-11-24T00:00:00Z", accepted),
		token("refused", "2026-11-23T20:00:00Z", rejected),
		token("active", "2026-12-20T00:00:00Z", accepted),
		token("expired before", "2026-11-19T00:00:00Z", rejected),
	}}
	var names []string
	for _, t := range links.Sorted(now) {
		names = append(names, t.Name)
	}
	if want := []string{"active", "soon", "refused", "expired", "expired before", "deleted"}; !slices.Equal(names, want) {
		t.Errorf("sorted: %q, want %q", names, want)
	}
	if links.Tokens[0].Name != "deleted" {
		t.Error("the list itself was sorted")
	}
}

func secrets(tokens []Token) []string {
	var s []string
	for _, t := range tokens {
		s = append(s, t.Secret)
	}
	return s
}

func TestLabel(t *testing.T) {
	for want, p := range map[string]Person{
		"Ann":       {Name: "Ann", Username: "ann"},
		"ann":       {Username: "ann"},
		"(no name)": {ID: 7},
	} {
		if got := p.Label(); got != want {
			t.Errorf("label of %+v: %q, want %q", p, got, want)
		}
	}
}

func TestLiveFollowsTheServersVerdict(t *testing.T) {
	last := token("a", "2026-11-23T20:00:00Z", accepted)
	if !last.Live(now) {
		t.Error("accepted by the server, but not live")
	}
	if later := last.ExpiresAt.Add(48 * time.Hour); token("a", later.Format(time.RFC3339), rejected).Live(now) {
		t.Error("rejected by the server, but live")
	}
}
