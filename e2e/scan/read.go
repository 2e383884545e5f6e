package scan

import (
	"image"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// Read reads the dark-on-light QR code in a photograph. As a phone's reader does, it
// tries again with another rule for what is dark, and with the noise smoothed away.
func Read(photo *image.Gray) (text string, err error) {
	for _, each := range []*image.Gray{photo, Photo{Scale: 0.5, Contrast: 1}.Take(blurred(photo))} {
		source := gozxing.NewLuminanceSourceFromImage(each)
		for _, binarizer := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(source), gozxing.NewGlobalHistgramBinarizer(source)} {
			if text, err = read(binarizer); err == nil {
				return text, nil
			}
		}
	}
	return "", err
}

func read(binarizer gozxing.Binarizer) (string, error) {
	bitmap, err := gozxing.NewBinaryBitmap(binarizer)
	if err != nil {
		return "", err
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil {
		return "", err
	}
	return result.GetText(), nil
}

// blurred is the picture with each pixel the mean of nine.
func blurred(from *image.Gray) *image.Gray {
	to := image.NewGray(from.Rect)
	for y := 1; y < from.Rect.Dy()-1; y++ {
		for x := 1; x < from.Rect.Dx()-1; x++ {
			sum := 0
			for i := range 9 {
				sum += int(from.Pix[(y+i/3-1)*from.Stride+x+i%3-1])
			}
			to.Pix[y*to.Stride+x] = uint8(sum / 9)
		}
	}
	return to
}
