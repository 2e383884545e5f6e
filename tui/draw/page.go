// Package draw lays out what the screens show: pages that give way row by row, lists, fields, widths, times, styles, keys.
package draw

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Drop is how early a row goes when the window is low: Keep never, FirstGap first.
type Drop int

// The order in which rows go, the last one first.
const (
	Keep Drop = iota
	Vital
	Warning
	Extra
	Hint
	Heading
	Beside // beside a heading
	Aside
	Gap
	FirstGap // below the title
)

// Row is one line of a screen.
type Row struct {
	Text string
	drop Drop
	// Part reports whether the row goes on with the text of the one above: they go together.
	Part bool
	// Cursor is where in the row the terminal's cursor stands, if it does.
	Cursor *tea.Cursor
}

// Page holds the rows of a screen, from top to bottom.
type Page []Row

// Add adds lines that belong together and go together.
func (p *Page) Add(drop Drop, lines ...string) {
	for i, line := range lines {
		*p = append(*p, Row{Text: line, drop: drop, Part: i > 0})
	}
}

// Fit drops rows until the page is no higher than height; when nothing may go
// any more, from the end.
func (p Page) Fit(height int) Page {
	p = slices.Clone(p)
	for len(p) > height {
		first := 0
		for i, r := range p {
			if !r.Part && r.drop >= p[first].drop {
				first = i
			}
		}
		if p[first].drop == Keep {
			return p[:height]
		}
		end := first + 1
		for end < len(p) && p[end].Part {
			end++
		}
		p = slices.Delete(p, first, end)
	}
	return p
}

// AtMost cuts a text of more than n lines.
func AtMost(n int, lines []string) []string {
	if len(lines) <= n {
		return lines
	}
	return append(slices.Clone(lines[:n-1]), lines[n-1]+" …")
}

// Paragraph is text broken into styled lines with a margin.
func Paragraph(pen Pen, text string, width int) []string {
	lines := Lines(pen, Wrap(text, width))
	for i, line := range lines {
		lines[i] = " " + line
	}
	return lines
}

// Wrap breaks text at its spaces, and inside a word only when it is too long.
func Wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && Width(line)+1+Width(word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		broken := Hardwrap(word, width)
		lines = append(lines, broken[:len(broken)-1]...)
		line = broken[len(broken)-1]
	}
	return append(lines, line)
}
