package tui

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

// qrCode is a QR code.
type qrCode struct{ modules barcode.Barcode }

// newQRCode makes the code of a text: the one with the fewest modules, since they
// are then the largest, and among these the one with the most error correction. It
// is false when the text is too long for any.
func newQRCode(text string) (code qrCode, ok bool) {
	for _, level := range []qr.ErrorCorrectionLevel{qr.L, qr.M, qr.Q, qr.H} {
		next, err := qr.Encode(text, level, qr.Unicode)
		if err != nil || ok && next.Bounds().Dx() > code.size() {
			break
		}
		code, ok = qrCode{next}, true
	}
	return code, ok
}

// size is how many modules the code has on a side.
func (c qrCode) size() int { return c.modules.Bounds().Dx() }

// qrFit is a code as it fits a window: each module is scale×scale half rows.
type qrFit struct {
	code         qrCode
	scale, quiet int
}

// fit makes the most of so many columns and rows: the modules as large as they can
// be, then the quiet zone. It is false when the code does not fit.
func (c qrCode) fit(width, height int) (best qrFit, ok bool) {
	for quiet := quietZone; quiet >= leastQuietZone; quiet-- {
		if scale := min(width, 2*height) / (c.size() + 2*quiet); scale > best.scale {
			best = qrFit{c, scale, quiet}
		}
	}
	return best, best.scale > 0
}

// least is the size in columns and rows below which the code does not fit.
func (c qrCode) least() (width, height int) {
	side := c.size() + 2*leastQuietZone
	return side, (side + 1) / 2
}

// columns is the width of the code, its quiet zone included; it is also its
// height in half rows.
func (f qrFit) columns() int { return (f.code.size() + 2*f.quiet) * f.scale }

// rows draws the code in half blocks, two half rows a row: what is drawn is dark,
// and what is blank is light.
func (f qrFit) rows() []string {
	side := f.columns()
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

// dark says whether the module at the column and half row is dark.
func (f qrFit) dark(x, y int) bool {
	x, y = x/f.scale-f.quiet, y/f.scale-f.quiet
	n := f.code.size()
	if x < 0 || y < 0 || x >= n || y >= n {
		return false
	}
	r, _, _, _ := f.code.modules.At(x, y).RGBA()
	return r == 0
}

// qrStyle makes what is drawn dark and what is blank light, whatever the theme:
// black and white of the 256 colours, as themes give the first 16 a meaning of
// their own. A terminal of 16 colours gets the nearest two. Without colours
// (plain) only the theme's own two are left, and which of them is dark can't be
// known without asking: a dark background is taken for granted, unless inverted.
func qrStyle(plain, inverted bool) lipgloss.Style {
	dark, light := ansi.IndexedColor(16), ansi.IndexedColor(231)
	switch {
	case plain:
		return lipgloss.NewStyle().Reverse(!inverted)
	case inverted:
		dark, light = light, dark
	}
	return lipgloss.NewStyle().Foreground(dark).Background(light)
}
