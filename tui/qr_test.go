package tui

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"

	"unleash-invite/demo"
	"unleash-invite/e2e/scan"
	"unleash-invite/model"
)

// linkOf is an invite link of so many characters; a long one has a long path.
func linkOf(length int) string {
	link := "https://flags.acme.io/new-user?invite=7374e0e870581acac974df208476638c"
	if n := length - len(link); n > 0 {
		path := make([]byte, n)
		for i, r := 0, rand.New(rand.NewPCG(1, 2)); i < n; i++ {
			path[i] = "abcdefghijklmnopqrstuvwxyz0123456789-."[r.IntN(38)]
		}
		path[0] = '/'
		link = strings.Replace(link, "/new-user", string(path)+"/new-user", 1)
	}
	return link
}

// showCode opens the code of a link of so many characters.
func showCode(d *driver, length int) string {
	link := linkOf(length)
	d.m.session.Links.Tokens[0].URL = link
	d.press("g")
	return link
}

// emulate shows the screen's bytes on a terminal of that many colours.
func emulate(t *testing.T, d *driver, profile colorprofile.Profile) *vt.Emulator {
	t.Helper()
	var out bytes.Buffer
	w := colorprofile.Writer{Forward: &out, Profile: profile}
	if _, err := w.WriteString(strings.ReplaceAll(d.m.View().Content, "\n", "\r\n")); err != nil {
		t.Fatal(err)
	}
	e := vt.NewEmulator(d.m.window.Width, d.m.window.Height)
	t.Cleanup(func() { _ = e.Close() })
	if _, err := e.Write(out.Bytes()); err != nil {
		t.Fatal(err)
	}
	return e
}

func reads(e *vt.Emulator, theme scan.Theme, photo scan.Photo) (string, error) {
	return scan.Read(photo.Take(scan.Paint(e, theme)))
}

func TestTheDrawnCodeScans(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, size := range [][2]int{{40, 12}, {80, 24}, {80, 30}, {120, 40}, {200, 60}} {
		for _, length := range []int{70, 100, 250, 500} {
			t.Run(fmt.Sprintf("%dx%d-%d", size[0], size[1], length), func(t *testing.T) {
				d := start(t, size[0], size[1], live("default"))
				link := showCode(d, length)
				if needed := regexp.MustCompile(`(\d+)×(\d+) is\s+needed`).FindStringSubmatch(d.screen()); needed != nil {
					width, _ := strconv.Atoi(needed[1])
					height, _ := strconv.Atoi(needed[2])
					if width <= size[0] && height <= size[1] {
						t.Fatalf("%v is what it has", needed)
					}
					d.send(tea.WindowSizeMsg{Width: width, Height: height - 1})
					d.shows("The window is too small")
					d.send(tea.WindowSizeMsg{Width: width, Height: height})
				}
				d.hides("too small")
				scans(t, emulate(t, d, colorprofile.ANSI256), link)
			})
		}
	}
}

// scans reads the link off the screen: on every theme straight and in one more
// way, on the first in all.
func scans(t *testing.T, e *vt.Emulator, link string) {
	t.Helper()
	for i, theme := range scan.Themes() {
		for j, photo := range scan.Photos() {
			if i > 0 && j > 0 && j != i+1 {
				continue
			}
			if text, err := reads(e, theme, photo); err != nil || text != link {
				t.Errorf("%s, %s: read %q (%v)", theme.Name, photo.Name, text, err)
			}
		}
	}
}

func TestALinkOf73CharactersFits80x24(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	link := showCode(d, 73)
	d.shows(link, "● Active", "stops working Tue 1 Dec 2026 00:00 UTC, checked just now", "c copy")
	scans(t, emulate(t, d, colorprofile.ANSI256), link)
}

func TestTheCodeWithFewColoursScansOneWayOrInverted(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	themes := scan.Themes()
	for _, c := range []struct {
		profile colorprofile.Profile
		theme   scan.Theme
		invert  bool
	}{
		{colorprofile.ANSI, themes[0], false},
		{colorprofile.ANSI, themes[1], false},
		{colorprofile.ANSI, themes[2], false},
		{colorprofile.ANSI, themes[3], true},
		{colorprofile.ASCII, themes[0], false},
		{colorprofile.ASCII, themes[1], true},
		{colorprofile.ASCII, themes[2], false},
		{colorprofile.ASCII, themes[3], true},
	} {
		t.Run(c.profile.String()+" "+c.theme.Name, func(t *testing.T) {
			d := start(t, 80, 24, live("default"))
			d.send(tea.ColorProfileMsg{Profile: c.profile})
			link := showCode(d, 73)
			for _, inverted := range []bool{false, true} {
				text, err := reads(emulate(t, d, c.profile), c.theme, scan.Photos()[0])
				if want := inverted == c.invert; (text == link) != want {
					t.Errorf("inverted %v: read %q (%v)", inverted, text, err)
				}
				d.press("i")
			}
		})
	}
}

func TestNobodyIsInvitedByADeadLink(t *testing.T) {
	gone, expired, refused := live("default"), live("default"), live("default")
	gone.Deleted = true
	expired.ExpiresAt = noon.AddDate(0, 0, -3)
	refused.ExpiresAt = noon.Add(3 * time.Hour)
	for status, link := range map[string]demo.Link{"Deleted": gone, "Expired": expired, "Refused": refused} {
		d := start(t, 120, 40, link)
		d.press("g")
		d.shows("○ "+status, "Nobody can join with this link, so there is no code to scan.")
		d.hides("▀", "▄")
	}
}

func TestACodeThatMayNotWorkSaysSo(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("g")
	d.shows("▀")
	d.net.set(refuse)
	d.now = d.now.Add(time.Minute)
	d.refreshed()
	d.shows("▀", "? Unknown it was Active 1 minute ago")
}

// The code takes the header's row where it needs it, but not the word that other links are live.
func TestTheCodeAnnouncesOtherLiveLinks(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		d := start(t, size[0], size[1], live("default"), live("other"))
		d.press("g")
		d.shows("● Active +1 stops working")
	}
}

func TestTheCodeFollowsTheCurrentLink(t *testing.T) {
	d := start(t, 120, 40, live("default"))
	d.press("g")
	old, _ := d.m.session.Current()
	wish := model.Rotation{Old: []model.Token{old}, Name: "default", ExpiresAt: noon.AddDate(0, 0, 7)}
	_, made, err := d.api.Rotate(t.Context(), wish, func(model.StepReport) {})
	if err != nil {
		t.Fatal(err)
	}
	d.refreshed()
	text, err := reads(emulate(t, d, colorprofile.ANSI256), scan.Themes()[0], scan.Photos()[0])
	if text != made.URL {
		t.Errorf("read %q (%v), not %q", text, err, made.URL)
	}
}

func TestTheChosenLinksCode(t *testing.T) {
	other := live("other")
	other.ExpiresAt = noon.AddDate(0, 0, 20) // stands first
	d := start(t, 120, 40, live("default"), other)
	d.press("l")
	chosen := d.m.session.Links.Sorted(d.now)[0]
	d.press("g")
	if current, _ := d.m.session.Current(); current.Secret == chosen.Secret {
		t.Fatal("the current link was chosen")
	}
	text, err := reads(emulate(t, d, colorprofile.ANSI256), scan.Themes()[0], scan.Photos()[0])
	if text != chosen.URL {
		t.Errorf("read %q (%v), not %q", text, err, chosen.URL)
	}
	d.press("c", "esc")
	d.shows("All links")
	if len(d.copies) != 1 || d.copies[0] != chosen.URL {
		t.Errorf("copied %q", d.copies)
	}
}
