// Package qrcode draws a text as a QR code in half blocks.
package qrcode

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
	"github.com/charmbracelet/x/ansi"
)

// The blank modules around a code: as many as the standard wants, and as few as
// still scan where the window is low.
const quietZone, leastQuietZone = 4, 2

// Code is a QR code.
type Code struct{ modules barcode.Barcode }

// New makes the code of a text: the one with the fewest modules, since they
// are then the largest, and among these the one with the most error correction. It
// is false when the text is too long for any.
func New(text string) (code Code, ok bool) {
	for _, level := range []qr.ErrorCorrectionLevel{qr.L, qr.M, qr.Q, qr.H} {
		next, err := qr.Encode(text, level, qr.Unicode)
		if err != nil || ok && next.Bounds().Dx() > code.size() {
			break
		}
		code, ok = Code{next}, true
	}
	return code, ok
}

// size is how many modules the code has on a side.
func (c Code) size() int { return c.modules.Bounds().Dx() }

// Fit is a code as it fits a window: each module is scale×scale half rows.
type Fit struct {
	code         Code
	scale, quiet int
}

// Fit makes the most of so many columns and rows: the modules as large as they can
// be, then the quiet zone. It is false when the code does not fit.
func (c Code) Fit(width, height int) (best Fit, ok bool) {
	for quiet := quietZone; quiet >= leastQuietZone; quiet-- {
		if scale := min(width, 2*height) / (c.size() + 2*quiet); scale > best.scale {
			best = Fit{c, scale, quiet}
		}
	}
	return best, best.scale > 0
}

// Least is the size in columns and rows below which the code does not fit.
func (c Code) Least() (width, height int) {
	side := c.size() + 2*leastQuietZone
	return side, (side + 1) / 2
}

// Columns is the width of the code, its quiet zone included; it is also its
// height in half rows.
func (f Fit) Columns() int { return (f.code.size() + 2*f.quiet) * f.scale }

// Rows draws the code in half blocks, two half rows a row: what is drawn is dark,
// and what is blank is light.
func (f Fit) Rows() []string {
	side := f.Columns()
	rows := make([]string, 0, (side+1)/2)
	for y := 0; y < side; y += 2 {
		var b strings.Builder
		for x := range side {
			switch above, below := f.dark(x, y), f.dark(x, y+1); {
			case above && below:
				b.WriteRune('█')
			case above:
				b.WriteRune('▀')
			case below:
				b.WriteRune('▄')
			default:
				b.WriteByte(' ')
			}
		}
		rows = append(rows, b.String())
	}
	return rows
}

// dark reports whether the module at the column and half row is dark.
func (f Fit) dark(x, y int) bool {
	x, y = x/f.scale-f.quiet, y/f.scale-f.quiet
	n := f.code.size()
	if x < 0 || y < 0 || x >= n || y >= n {
		return false
	}
	r, _, _, _ := f.code.modules.At(x, y).RGBA()
	return r == 0
}

// Style makes what is drawn dark and what is blank light, whatever the theme:
// black and white of the 256 colours, as themes give the first 16 a meaning of
// their own. A terminal of 16 colours gets the nearest two. Without colours
// (plain) only the theme's own two are left, and which of them is dark can't be
// known without asking: a dark background is taken for granted, unless inverted.
func Style(plain, inverted bool) lipgloss.Style {
	dark, light := ansi.IndexedColor(16), ansi.IndexedColor(231)
	switch {
	case plain:
		return lipgloss.NewStyle().Reverse(!inverted)
	case inverted:
		dark, light = light, dark
	}
	return lipgloss.NewStyle().Foreground(dark).Background(light)
}
