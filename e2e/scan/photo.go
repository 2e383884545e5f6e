package scan

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
)

// Photo is how a picture is taken.
type Photo struct {
	Name string
	// Scale is the size of the photograph by that of the picture.
	Scale float64
	// Tilt is by how much farther away the lower edge is than the upper, and Lean the
	// right one than the left, by the distance of the middle.
	Tilt, Lean float64
	// Contrast is how much of it is left, as on a projector in a bright room.
	Contrast float64
	// Noise is the strength of the sensor's, of 255.
	Noise float64
}

// Photos are ways of taking it, from the plain one to a bad one.
func Photos() []Photo {
	return []Photo{
		{Name: "straight", Scale: 1, Contrast: 1},
		{Name: "small", Scale: 0.67, Contrast: 1},
		{Name: "large", Scale: 1.7, Contrast: 1},
		{Name: "noisy", Scale: 1.2, Contrast: 0.8, Noise: 25},
		{Name: "tilted", Scale: 1.2, Tilt: 0.12, Contrast: 1},
		{Name: "from the side, on a pale projector", Scale: 1.3, Tilt: 0.05, Lean: 0.08, Contrast: 0.35, Noise: 6},
	}
}

// Take photographs the picture; the same photo of the same picture is the same again.
func (p Photo) Take(picture image.Image) *image.Gray {
	from := grey(picture)
	width, height := float64(from.Rect.Dx()), float64(from.Rect.Dy())
	to := image.NewGray(image.Rect(0, 0, int(width*p.Scale), int(height*p.Scale)))
	noise := rand.New(rand.NewPCG(1, 2))
	for y := range to.Rect.Dy() {
		for x := range to.Rect.Dx() {
			u, v := float64(x)/float64(to.Rect.Dx())-0.5, float64(y)/float64(to.Rect.Dy())-0.5
			away := 1 + p.Tilt*v + p.Lean*u // how far the screen is there
			light := at(from, (0.5+u/away)*width, (0.5+v/away)*height)
			light = 128 + (light-128)*p.Contrast
			if p.Noise > 0 {
				light += noise.NormFloat64() * p.Noise
			}
			to.SetGray(x, y, color.Gray{uint8(min(max(light, 0), 255))})
		}
	}
	return to
}

func grey(picture image.Image) *image.Gray {
	g := image.NewGray(picture.Bounds())
	draw.Draw(g, g.Rect, picture, image.Point{}, draw.Src)
	return g
}

// at is the light between four pixels, and beside the picture that of the wall.
func at(from *image.Gray, x, y float64) float64 {
	x0, y0 := int(x), int(y)
	if x < 0 || y < 0 || x0+1 >= from.Rect.Dx() || y0+1 >= from.Rect.Dy() {
		return 60
	}
	dx, dy := x-float64(x0), y-float64(y0)
	above, below := from.Pix[y0*from.Stride+x0:], from.Pix[(y0+1)*from.Stride+x0:]
	return (float64(above[0])*(1-dx)+float64(above[1])*dx)*(1-dy) + (float64(below[0])*(1-dx)+float64(below[1])*dx)*dy
}
