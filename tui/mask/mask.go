// Package mask hides the secrets of links on a finished screen.
package mask

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// Mask hides the secrets of links on a screen that others see. It works on the
// finished screen, so that no screen can show one by mistake, and on pieces of
// secrets, so that one that is cut or broken into lines is hidden as well.
type Mask struct {
	On     bool
	known  map[string]bool
	pieces map[piece]struct{}
}

const pieceLength = 6

// piece is a part of a secret: fewer characters of it may be seen.
type piece [pieceLength]rune

// Learn records the secrets of links; whatever it once knew stays hidden.
func (k *Mask) Learn(tokens []model.Token) {
	for _, t := range tokens {
		k.Add(t.Secret)
		if u, err := url.Parse(t.URL); err == nil {
			for _, values := range u.Query() {
				for _, v := range values {
					k.Add(v)
				}
			}
		}
	}
}

// Add records one secret, as it is and as addresses have it.
func (k *Mask) Add(secret string) {
	if k.known[secret] {
		return
	}
	if k.known == nil {
		k.known, k.pieces = map[string]bool{}, map[piece]struct{}{}
	}
	k.known[secret] = true
	for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret)} {
		var p piece
		n := 0
		for _, r := range form {
			if !counts(r) {
				continue
			}
			copy(p[:], p[1:])
			p[len(p)-1] = r
			if n++; n >= len(p) {
				k.pieces[p] = struct{}{}
			}
		}
	}
}

// counts reports whether a character counts when secrets are looked for: not what a
// broken line, an indent, or a shell's quoting puts between two others.
func counts(r rune) bool { return !unicode.IsSpace(r) && r != '\\' && r != '\'' }

// Hide puts a bullet in place of each character of what looks like a part of a
// secret, so that nothing moves; control sequences stay as they are.
func (k *Mask) Hide(screen string) string {
	if !k.On || len(k.pieces) == 0 {
		return screen
	}
	text, at := seen(screen)
	hidden := make([]bool, len(text))
	for i := range text {
		if i+pieceLength > len(text) {
			break
		}
		if _, ok := k.pieces[piece(text[i:i+pieceLength])]; ok {
			for j := range pieceLength {
				hidden[i+j] = true
			}
		}
	}
	var b strings.Builder
	from := 0
	for i, r := range text {
		if hidden[i] {
			b.WriteString(screen[from:at[i]])
			b.WriteString(strings.Repeat("•", draw.Width(string(r))))
			from = at[i] + utf8.RuneLen(r)
		}
	}
	return b.String() + screen[from:]
}

// seen are the characters of a screen that count, and where in it they are.
func seen(screen string) (text []rune, at []int) {
	for i := 0; i < len(screen); {
		if screen[i] == ansi.ESC {
			_, _, n, _ := ansi.DecodeSequence(screen[i:], ansi.NormalState, nil)
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(screen[i:])
		if counts(r) && r != utf8.RuneError {
			text, at = append(text, r), append(at, i)
		}
		i += size
	}
	return text, at
}
