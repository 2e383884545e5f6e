package tui

import (
	"strings"
	"testing"

	"unleash-invite/tui/session"
)

func TestTheTitleTellsTheStatusAndWhere(t *testing.T) {
	d := start(t, 80, 24, live("default"), live("party"))
	title := func() string { return d.m.View().WindowTitle }
	if got := title(); got != "unleash-invite: ● Active +1 — flags.acme.io" {
		t.Errorf("%q", got)
	}
	before := title()
	d.press("r")
	if d.later(); title() != before {
		t.Errorf("%q, then %q", before, title())
	}
	d.press("esc", "d", "y")
	if got := title(); got != "unleash-invite: ● Active — flags.acme.io" {
		t.Errorf("%q", got)
	}
	secret := d.m.session.Links.Tokens[0].Secret
	d.m.session.Instance.Host = "a\x1b]0;x\x07\u202eb\n" + secret
	d.press("m")
	if got := title(); strings.ContainsAny(got, "\x1b\x07\u202e\n") || strings.Contains(got, secret) {
		t.Errorf("%q", got)
	}
	d.begin(80, 24, session.Instance{})
	if got := title(); got != "unleash-invite" {
		t.Errorf("%q", got)
	}
}

func TestAnUnencryptedSessionSaysSoOnEveryScreen(t *testing.T) {
	for address, want := range map[string]bool{
		"http://flags.acme.io": true, "https://flags.acme.io": false, "http://localhost:4242": false, "http://127.0.0.1:4242": false,
	} {
		for _, keys := range [][]string{{}, {"l"}, {"j"}, {"x"}, {"e"}, {"d"}, {"r"}, {"?"}, {"p"}, {"p", "n"}} {
			for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
				d := start(t, size[0], size[1], live("default", "Ann"))
				onProduction(d)
				d.m.session.Instance.Address = address
				d.press(keys...)
				header, _, _ := strings.Cut(d.screen(), "\n")
				if got := strings.Contains(header, "no TLS"); got != want {
					t.Errorf("%s after %q: %q", address, keys, header)
				}
			}
		}
	}
	d := start(t, 80, 24, live("default"))
	d.m.session.Instance.Address, d.m.session.Instance.Way.UnixSocket = "http://flags.acme.io", "/run/unleash.sock"
	d.hides("no TLS")
}
