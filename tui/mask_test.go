package tui

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/mask"
)

// leak is a piece of a secret that can be read on the screen, row by row or across
// rows; empty when there is none.
func leak(screen string, secrets []string) string {
	rows := ansi.Strip(screen)
	solid := func(text string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \n\\'", r) {
				return -1
			}
			return r
		}, text)
	}
	across := solid(rows)
	for _, secret := range secrets {
		runes := []rune(solid(secret))
		for i := range len(runes) - 5 {
			if p := string(runes[i : i+6]); strings.Contains(rows, p) || strings.Contains(across, p) {
				return p
			}
		}
	}
	return ""
}

func secretsOf(d *driver) []string {
	var all []string
	for _, t := range d.m.session.Links.Tokens {
		all = append(all, t.Secret)
	}
	return all
}

func TestNoScreenOfAnySizeShowsAMaskedSecret(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	leaked := 0
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			d := start(t, 120, 40, s.links...)
			d.press("m")
			s.reach(d)
			d.m.mask.On = true // whatever the scene pressed
			secrets := secretsOf(d)
			for width := 40; width <= 200; width += 1 + width/40 {
				for height := 12; height <= 60; height += 7 {
					d.send(tea.WindowSizeMsg{Width: width, Height: height})
					if p := leak(d.m.View().Content, secrets); p != "" {
						t.Fatalf("%q can be read in a window of %d×%d:\n%s", p, width, height, d.screen())
					}
					if !strings.Contains(d.screen(), "masked") {
						t.Fatalf("the header does not say it in a window of %d×%d:\n%s", width, height, d.screen())
					}
				}
			}
			d.m.mask.On = false
			if leak(d.m.View().Content, secrets) != "" {
				leaked++
			}
		})
	}
	if leaked < 5 {
		t.Errorf("only %d scenes show a secret unmasked, so this test tells little", leaked)
	}
}

func TestMaskHidesPiecesHoweverTheyAreBroken(t *testing.T) {
	for _, secret := range []string{
		"7374e0e870581acac974df208476638c", strings.Repeat("0123456789abcdef", 32), "a b'c\\d%e/f?g=h&i", "山田太郎長い名前の秘密", "abcdef",
	} {
		k := mask.Mask{On: true}
		k.Learn([]model.Token{{Secret: secret, URL: "https://acme.io/new-user?invite=" + url.QueryEscape(secret)}})
		for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret)} {
			for width := 1; width <= 90; width++ {
				text := "curl 'https://acme.io/invite/" + form + "/validate'"
				for _, screen := range []string{
					strings.Join(draw.Hardwrap(text, width), "\n"), strings.Join(draw.Hardwrap(text, width), "'\\\n'"),
					strings.Join(draw.Hardwrap(text, width), "\n      "), draw.Truncate(text, width), draw.NewStyles().Warning.Render(text) + "\x1b[7m…",
				} {
					got := k.Hide(screen)
					if p := leak(got, []string{form}); p != "" {
						t.Fatalf("%q at %d: %q can be read in %q", secret, width, p, got)
					}
					if a, b := draw.Width(strings.ReplaceAll(got, "\n", "")), draw.Width(strings.ReplaceAll(screen, "\n", "")); a != b {
						t.Fatalf("%d columns for %d: %q, %q", a, b, got, screen)
					}
				}
			}
		}
	}
}

func TestMaskLeavesTheRest(t *testing.T) {
	k := mask.Mask{On: true}
	k.Learn([]model.Token{{Secret: "7374e0e870581acac974df208476638c", URL: "https://acme.io/x"}, {Secret: "short"}, {Secret: ""}})
	screen := "\x1b[1m ● Active\x1b[m   7374e short 山田 \x1b]8;;https://acme.io\x07x\x1b]8;;\x07\n1 Dec 2026"
	if got := k.Hide(screen); got != screen {
		t.Errorf("%q became %q", screen, got)
	}
	if got := k.Hide("a7374e0e870581acac974df208476638cb"); got != "a"+strings.Repeat("•", 32)+"b" {
		t.Errorf("it became %q", got)
	}
}

func TestMaskTakesNoHostForASecret(t *testing.T) {
	d := start(t, 120, 40, live("default"))
	d.press("m", "x")
	d.shows("https://flags.demo.example/api/admin/invite-link/tokens", "https://flags.demo.example/invite/••••")
}

func TestCopyingCopiesTheMaskedSecret(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	link, _ := d.m.session.Current()
	d.shows(link.URL)
	d.press("m")
	d.hides(link.Secret[:6])
	d.shows("Secrets are masked; copying", " masked ")
	d.press("c")
	d.shows("Copied to the clipboard. The copy is not masked.")
	if len(d.copies) != 1 || d.copies[0] != link.URL {
		t.Errorf("copied %q", d.copies)
	}
	d.press("g")
	d.shows("Secrets are masked, and the code would show this one")
	d.hides("▀", "▄")
	d.press("m")
	d.shows("▀", link.URL)
}

func TestANewSecretIsMaskedAtOnceAndAnOldOneStaysSo(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	old := secretsOf(d)
	d.press("m", "r", "y")
	d.shows("Rotated", "The copy is not masked.")
	if all := secretsOf(d); len(all) != 2 || leak(d.m.View().Content, all) != "" {
		t.Errorf("of %q, some can be read:\n%s", all, d.screen())
	}
	d.run(d.m.Switch(another(t, d, live("default"))))
	d.send(d.m.Say(d.m.styles.Warning, "it was "+old[0]))
	if p := leak(d.m.View().Content, append(secretsOf(d), old...)); p != "" {
		t.Errorf("%q can be read:\n%s", p, d.screen())
	}
}

func TestErrorsAndTheFarewellAreMasked(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("m")
	secret := secretsOf(d)[0]
	d.net.set(answer(500, "application/json", fmt.Sprintf(`{"message":"no token %s here"}`, secret)))
	d.press("d", "y")
	d.shows("no token ••••••")
	if p := leak(d.m.View().Content, []string{secret}); p != "" {
		t.Errorf("%q can be read:\n%s", p, d.screen())
	}
	d.m.farewell = "It was not deleted: " + secret
	if text, _ := d.m.Farewell(false); leak(text, []string{secret}) != "" {
		t.Errorf("the farewell is %q", text)
	}
}

func TestMaskedFromTheStart(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	after := d.m.after
	d.m = New(Options{Instance: d.m.session.Instance, Now: d.m.Now, Location: time.UTC, Masked: true})
	d.m.after = after
	d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	d.run(d.m.Init())
	if p := leak(d.m.View().Content, secretsOf(d)); p != "" {
		t.Errorf("%q can be read:\n%s", p, d.screen())
	}
	d.shows("new-user?invite=••••••••", "masked")
}
