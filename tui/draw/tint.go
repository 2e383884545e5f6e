package draw

import (
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
)

// Pen writes words in a style.
type Pen interface{ Render(text ...string) string }

// Tint is a colour. Only the mark that words begin with has it, since on most themes one or another of the sixteen colours
// can't be read on the background; words without a mark are bold.
type Tint struct {
	colour lipgloss.Style
	// words are those behind a mark.
	words lipgloss.Style
	// Lasts reports that what is said in it stays until a key is pressed.
	Lasts bool
}

// marks are the symbols that words may begin with.
const marks = "●○?!✓✗━"

// Render writes the text. A mark alone, or a bar, is in the colour as a whole.
func (t Tint) Render(text ...string) string {
	all := strings.Join(text, " ")
	mark, rest := t.split(all)
	switch {
	case all == "":
		return ""
	case mark == "":
		return lipgloss.NewStyle().Bold(true).Render(all)
	}
	return t.colour.Render(mark) + t.Behind(rest)
}

// Behind writes what follows a mark, as on the rows below its own.
func (t Tint) Behind(text string) string {
	if text == "" {
		return ""
	}
	return t.words.Render(text)
}

// split parts the mark, with the spaces before it, from the words.
func (Tint) split(text string) (mark, rest string) {
	words := strings.TrimLeft(text, " ")
	r, size := utf8.DecodeRuneInString(words)
	at := len(text) - len(words) + size
	if size == 0 || !strings.ContainsRune(marks, r) {
		return "", text
	}
	for at < len(text) && strings.HasPrefix(text[at:], string(r)) { // a bar
		at += size
	}
	if at < len(text) && text[at] != ' ' {
		return "", text
	}
	return text[:at], text[at:]
}

// Lines writes a text that was broken into lines.
func Lines(pen Pen, lines []string) []string {
	written := make([]string, len(lines))
	t, tinted := pen.(Tint)
	for i, line := range lines {
		written[i] = pen.Render(line)
		if tinted && i > 0 {
			if mark, _ := t.split(lines[0]); mark != "" {
				written[i] = t.Behind(line)
			}
		}
	}
	return written
}

// Chip is a word that must be seen: in reverse, between edges of a colour.
type Chip struct{ edge, word lipgloss.Style }

// Render writes the word with a column on each side.
func (c Chip) Render(text ...string) string {
	return c.edge.Render(" ") + c.word.Render(strings.TrimSpace(strings.Join(text, " "))) + c.edge.Render(" ")
}
