package terminal

import (
	"runtime"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"unleash-invite/tui/draw"
)

// Kind describes a terminal as far as the environment does.
type Kind struct {
	// draws reports whether it can be drawn on at all.
	draws bool
	// noAlternate reports whether it has no second screen, noColour that it has or wants no colours.
	noAlternate, noColour bool
	// noTitle reports whether its window's title can't be put back: it has none, or GNU screen is between.
	noTitle bool
	// noSymbols reports whether it lacks the signs beyond letters, and ascii that it lacks all but ASCII.
	noSymbols, ASCII bool
	// Accessible reports that the user wants words in place of what is drawn or moves, as for a screen reader.
	Accessible bool
}

// Draws reports whether the terminal can show more than lines of plain text.
func Draws(environ []string) bool { return KindOf(environ).draws }

// KindOf reads the terminal's kind from the environment, as os.Environ gives it.
func KindOf(environ []string) Kind {
	term := lookup(environ, "TERM")
	var k Kind
	switch {
	case term == "":
		k.draws = runtime.GOOS == "windows" // whose consoles have no name
	case term == "dumb", term == "unknown":
	case strings.HasPrefix(term, "vt"): // hardware, and what claims to be just as able
		k = Kind{draws: true, noAlternate: true, noColour: true, noSymbols: true, ASCII: true}
	case term == "linux": // the console: UTF-8 with the signs of one font
		k = Kind{draws: true, noAlternate: true, noSymbols: true}
	default:
		k.draws = true
	}
	k.noTitle = k.noAlternate || inScreen(environ)
	if charset := charsetOf(environ); charset != "" && charset != "UTF8" {
		k.noSymbols, k.ASCII = true, true
	}
	if lookup(environ, "NO_COLOR") != "" || lookup(environ, "CLICOLOR") == "0" {
		k.noColour = true
	}
	k.Accessible = accessible(environ)
	return k
}

// accessible reports that the user wants words in place of drawings, by a variable that other programs know, too.
func accessible(environ []string) bool {
	wanted := lookup(environ, "ACCESSIBLE")
	return wanted != "" && wanted != "0"
}

// inScreen reports whether GNU screen is between, or may be on another machine.
func inScreen(environ []string) bool {
	return lookup(environ, "STY") != "" || strings.HasPrefix(lookup(environ, "TERM"), "screen") && lookup(environ, "TMUX") == ""
}

// lookup is the value of an environment variable.
func lookup(environ []string, name string) string {
	for _, v := range slices.Backward(environ) { // the last one counts
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}

// charsetOf is the character set of the locale, as in "UTF8"; empty when nothing says which.
func charsetOf(environ []string) string {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		locale := lookup(environ, name)
		if locale == "" {
			continue
		}
		locale, _, _ = strings.Cut(locale, "@")
		if language, charset, ok := strings.Cut(locale, "."); ok {
			return strings.ToUpper(strings.ReplaceAll(charset, "-", ""))
		} else if language == "C" || language == "POSIX" {
			return "ASCII"
		}
		return "" // a language's own character set: UTF-8 nowadays
	}
	return ""
}

// colours are the sixteen of the terminal's theme, or none; with 256 a QR code
// is black and white whatever the theme, see qrStyle.
func colours(environ []string) colorprofile.Profile {
	switch {
	case KindOf(environ).noColour:
		return colorprofile.ASCII // which keeps bold, faint and reverse
	case strings.Contains(lookup(environ, "TERM"), "256color"):
		return colorprofile.ANSI256
	}
	return colorprofile.ANSI
}

// drawnAs is the environment for Bubble Tea. It knows the abilities of a few kinds by name; those that it does not
// know it draws on as a VT102 would have it, which not all can do. All made in this century can do what xterm does.
func drawnAs(environ []string) []string {
	name := lookup(environ, "TERM")
	family, _, _ := strings.Cut(name, "-")
	switch family {
	case "", "alacritty", "contour", "foot", "ghostty", "kitty", "linux", "rio", "screen", "st", "tmux", "wezterm", "xterm":
		return environ
	}
	if strings.HasPrefix(name, "vt") {
		return environ
	}
	return append(slices.Clone(environ), "TERM=xterm")
}

// plainSymbols are signs of the same width for terminals that lack ours.
var plainSymbols = map[rune]rune{
	'●': '*', '•': '*', '✓': '+', '✗': 'x', '○': 'o', '━': '=', '─': '-', '…': '~', '—': '-', '·': '-', '×': 'x',
	'›': '>', '←': '<', '→': '>', '↑': '^', '↓': 'v',
}

// charset returns what draws text with the characters that the terminal has, keeping its width.
func charset(environ []string) func(string) string {
	k := KindOf(environ)
	if !k.noSymbols {
		return func(text string) string { return text }
	}
	return func(text string) string {
		var b strings.Builder
		for _, r := range text {
			switch plain, ok := plainSymbols[r]; {
			case r < 0x80:
				b.WriteRune(r)
			case ok:
				b.WriteRune(plain)
			case '⠀' <= r && r <= '⣿': // the spinner
				b.WriteRune('*')
			case k.ASCII:
				b.WriteString(strings.Repeat("?", draw.Width(string(r))))
			default:
				b.WriteRune(r)
			}
		}
		return b.String()
	}
}
