package draw

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Text is measured as most terminals do, and Bubble Tea, which asks them nothing
// here: rune by rune. Whole characters would measure less than is drawn in Thai
// or Hindi, or of a thumb with a skin tone.

// Width is how many columns a line of text takes; control sequences take none.
func Width(line string) int {
	for i := range len(line) {
		if line[i] < ' ' || line[i] > '~' {
			return ansi.StringWidthWc(line)
		}
	}
	return len(line) // most texts, and lists are long
}

// mostWidth is the width in a terminal that measures whole characters, where that is more.
func mostWidth(line string) int { return max(Width(line), ansi.StringWidth(line)) }

// Truncate cuts a line to at most width columns; a line that was cut ends with an ellipsis.
func Truncate(line string, width int) string {
	if Width(line) <= width {
		return line
	}
	// The spaces are cut off again: TruncateWc first asks, by whole characters, whether there is anything to cut.
	return ansi.TruncateWc(line+strings.Repeat(" ", max(width, 0)+1), width, "…")
}

// Hardwrap breaks a line wherever the width is reached.
func Hardwrap(line string, width int) []string {
	return strings.Split(ansi.HardwrapWc(line, max(width, 1), false), "\n")
}
