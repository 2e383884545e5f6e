package tui

import (
	"image/color"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"unicode"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// palette holds what a theme makes of its own two colours and of the three that the program uses, as 0xRRGGBB.
type palette struct{ foreground, background, red, green, yellow uint32 }

// palettes are those of usual themes, and all in which pictures are made.
func palettes() map[string]palette {
	return map[string]palette{
		"Catppuccin Mocha": {0xcdd6f4, 0x1e1e2e, 0xf38ba8, 0xa6e3a1, 0xf9e2af},
		"Catppuccin Latte": {0x4c4f69, 0xeff1f5, 0xd20f39, 0x40a02b, 0xdf8e1d},
		"Solarized dark":   {0x839496, 0x002b36, 0xdc322f, 0x859900, 0xb58900},
		"Solarized light":  {0x657b83, 0xfdf6e3, 0xdc322f, 0x859900, 0xb58900},
		"xterm":            {0xe5e5e5, 0x000000, 0xcd0000, 0x00cd00, 0xcdcd00},
		"xterm, light":     {0x000000, 0xffffff, 0xcd0000, 0x00cd00, 0xcdcd00},
		"GNOME":            {0xd0cfcc, 0x171421, 0xc01c28, 0x26a269, 0xa2734c},
		"Campbell":         {0xcccccc, 0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00},
		"One Half Light":   {0x383a42, 0xfafafa, 0xe45649, 0x50a14f, 0xc18401},
	}
}

// of is what the theme makes of a colour; nil is the other one.
func (p palette) of(c color.Color, other uint32) uint32 {
	switch c {
	case nil:
		return other
	case ansi.Red:
		return p.red
	case ansi.Green:
		return p.green
	case ansi.Yellow:
		return p.yellow
	}
	r, g, b, _ := c.RGBA()
	return r>>8<<16 | g>>8<<8 | b>>8
}

// luminance is that of WCAG 2, contrast the ratio of two.
func luminance(c uint32) float64 {
	linear := func(shift int) float64 {
		v := float64(c>>shift&0xff) / 255
		if v <= 0.03928 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}

func contrast(a, b uint32) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// look is how letters look.
type look struct {
	fg, bg         color.Color
	reverse, faint bool
}

// looks are those of the letters on a screen, each with a row that has it.
func (d *driver) looks() map[look]string {
	all := map[look]string{}
	e := emulate(d.t, d, colorprofile.ANSI)
	for y := range e.Height() {
		row := ""
		for x := range e.Width() {
			if c := e.CellAt(x, y); c != nil {
				row += c.Content
			}
		}
		for x := range e.Width() {
			c := e.CellAt(x, y)
			if c == nil || c.Content == "" {
				continue
			}
			if r := []rune(c.Content)[0]; unicode.IsLetter(r) || unicode.IsDigit(r) {
				all[look{c.Style.Fg, c.Style.Bg, c.Style.Attrs&uv.AttrReverse != 0, c.Style.Attrs&uv.AttrFaint != 0}] = row
			}
		}
	}
	return all
}

// Words are read from the back of a room: their contrast is 4.5 at least, or that of the theme's own text where the theme
// has less. Only the heads of tables, and what stands in an empty field, are faint.
func TestWordsCanBeReadOnUsualThemes(t *testing.T) {
	if testing.Short() {
		t.Skip("every screen is drawn in every theme")
	}
	heads := regexp.MustCompile(`Name .*(Stops|Joined|E-mail|Status)|asked +answered|name, |e\.g\.|as in`)
	for _, s := range scenes() {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
			d := start(t, size[0], size[1], s.links...)
			s.reach(d)
			for l, row := range d.looks() {
				if l.faint {
					if !heads.MatchString(row) {
						t.Errorf("%s: words are faint in %q", s.name, row)
					}
					continue
				}
				for name, p := range palettes() {
					front, back := p.of(l.fg, p.foreground), p.of(l.bg, p.background)
					want := min(4.5, contrast(p.foreground, p.background))
					if got := contrast(front, back); got < want {
						t.Errorf("%s, %s: contrast %.2f in %q", s.name, name, got, row)
					}
				}
			}
		}
	}
}

func TestTheThemesOfThePicturesAreMeasured(t *testing.T) {
	tapes, err := filepath.Glob("../screenshots/*/theme.tape")
	if err != nil || len(tapes) == 0 {
		t.Fatal(tapes, err)
	}
	var names []string
	for name := range palettes() {
		names = append(names, name)
	}
	for _, tape := range tapes {
		text, err := os.ReadFile(tape)
		theme := regexp.MustCompile(`Set Theme "(.*)"`).FindSubmatch(text)
		if err != nil || theme == nil || !slices.Contains(names, string(theme[1])) {
			t.Errorf("%s: %v, theme %q", tape, err, theme)
		}
	}
}
