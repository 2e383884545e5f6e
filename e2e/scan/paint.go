// Package scan reads QR codes off a terminal's screen as a phone would: it paints
// the cells, photographs the picture, and reads the photograph.
package scan

import (
	"image"
	"image/color"
	"image/draw"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// A cell's size in pixels: twice as high as wide, as terminals have it.
const cellWidth, cellHeight = 6, 12

// Theme holds a terminal's first 16 colours and its own two.
type Theme struct {
	Name                   string
	Foreground, Background color.RGBA
	// Black and White are the colours 0 and 15.
	Black, White color.RGBA
}

// Themes are dark and light ones. In the last, a Base16 one, colour 0 is the light
// background and 15 the darkest, so that black on white comes out the other way round.
func Themes() []Theme {
	black, white := color.RGBA{A: 255}, color.RGBA{255, 255, 255, 255}
	night, cream, ink := color.RGBA{0, 43, 54, 255}, color.RGBA{253, 246, 227, 255}, color.RGBA{88, 110, 117, 255}
	return []Theme{
		{"dark", color.RGBA{204, 204, 204, 255}, color.RGBA{24, 24, 27, 255}, black, white},
		{"light", color.RGBA{40, 40, 40, 255}, color.RGBA{250, 250, 250, 255}, black, white},
		{"Solarized dark", color.RGBA{131, 148, 150, 255}, night, color.RGBA{7, 54, 66, 255}, cream},
		{"Base16 light", ink, cream, cream, night},
	}
}

// Paint draws the emulator's screen; of its letters it draws something as dark.
func Paint(e *vt.Emulator, theme Theme) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, e.Width()*cellWidth, e.Height()*cellHeight))
	for y := range e.Height() {
		for x := range e.Width() {
			paintCell(img, image.Pt(x*cellWidth, y*cellHeight), e.CellAt(x, y), theme)
		}
	}
	return img
}

func paintCell(img *image.RGBA, at image.Point, c *uv.Cell, theme Theme) {
	front, back, glyph := theme.Foreground, theme.Background, " "
	if c != nil {
		front, back = theme.resolve(c.Style.Fg, front), theme.resolve(c.Style.Bg, back)
		if c.Style.Attrs&uv.AttrReverse != 0 {
			front, back = back, front
		}
		glyph = c.Content
	}
	fill := func(x0, y0, x1, y1 int, c color.Color) {
		draw.Draw(img, image.Rect(x0, y0, x1, y1).Add(at), image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(0, 0, cellWidth, cellHeight, back)
	switch glyph {
	case "", " ":
	case "█":
		fill(0, 0, cellWidth, cellHeight, front)
	case "▀":
		fill(0, 0, cellWidth, cellHeight/2, front)
	case "▄":
		fill(0, cellHeight/2, cellWidth, cellHeight, front)
	default:
		fill(1, 3, cellWidth-1, 5, front)
		fill(2, 5, 4, cellHeight-2, front)
	}
}

// resolve returns what a cell's colour looks like; the other when it has none.
func (t Theme) resolve(c color.Color, other color.RGBA) color.RGBA {
	switch c {
	case nil:
		return other
	case ansi.Black:
		return t.Black
	case ansi.BrightWhite:
		return t.White
	}
	if rgba, ok := color.RGBAModel.Convert(c).(color.RGBA); ok {
		return rgba
	}
	return other
}
