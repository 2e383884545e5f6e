package draw

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// NewInput is a one-line field that shows the terminal's own cursor.
func NewInput(s Styles, limit int) textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.CharLimit = limit
	in.SetVirtualCursor(false)
	in.SetStyles(s.field())
	in.KeyMap.Paste.SetEnabled(false) // it reads the server's clipboard, not the user's
	return in
}

// Input adds a row with a text field.
func (d *Details) Input(drop Drop, label string, in textinput.Model) {
	text, cursor := FieldView(in, max(d.Width-d.Indent-1, 1))
	r := Row{Text: d.Focused(label, in.Focused()) + text, drop: drop}
	if cursor != nil {
		cursor.X += d.Indent
		r.Cursor = cursor
	}
	d.Page = append(d.Page, r)
}

// FieldView is the part of a field's text around the cursor that fits the width.
// The field itself counts runes, not columns, which is wrong for wide ones.
func FieldView(in textinput.Model, width int) (string, *tea.Cursor) {
	text := []rune(in.Value())
	at := min(in.Position(), len(text))
	from, to := at, at
	used := 1 // for the cursor behind the last rune
	for from > 0 && used+Width(string(text[from-1])) <= width {
		from--
		used += Width(string(text[from]))
	}
	for to < len(text) && used+Width(string(text[to])) <= width {
		used += Width(string(text[to]))
		to++
	}
	cursor := in.Cursor()
	if cursor != nil {
		cursor.X = Width(string(text[from:at]))
	}
	return string(text[from:to]), cursor
}

// Choice adds a row of choices, the chosen one in brackets, below its label where both don't fit. The bracket of the
// first stands in the margin, so that the words are aligned. With the focus the cursor stands on the chosen one.
func (d *Details) Choice(drop Drop, label string, words []string, chosen int, focus bool) {
	var b strings.Builder
	at := 0
	for i, word := range words {
		switch {
		case i != chosen:
			b.WriteString(" " + word + " ")
			continue
		case focus:
			at = Width(b.String()) + 1
			b.WriteString(d.Styles.Chosen.Render("[" + word + "]"))
		default:
			b.WriteString(d.Styles.Strong.Render("[" + word + "]"))
		}
	}
	r := Row{Text: strings.TrimSuffix(d.Focused(label, focus), " "), drop: drop}
	if d.Indent+Width(b.String()) > d.Width {
		d.Page = append(d.Page, r)
		r = Row{Text: " ", drop: drop, Part: true}
	}
	at += Width(r.Text)
	r.Text += b.String()
	if focus {
		r.Cursor = &tea.Cursor{Position: tea.Position{X: at}}
	}
	d.Page = append(d.Page, r)
}

// Printable drops from typed and pasted text what is not to be seen: control
// and format characters, line breaks.
func Printable(msg tea.Msg) tea.Msg {
	keep := func(r rune) rune {
		switch {
		case unicode.IsPrint(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		default:
			return -1
		}
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		msg.Content = strings.Map(keep, msg.Content)
		return msg
	case tea.KeyPressMsg:
		msg.Text = strings.Map(keep, msg.Text)
		return msg
	}
	return msg
}

// Secret adds a row with a text field that shows how much was typed, not what.
func (d *Details) Secret(drop Drop, label string, in textinput.Model) {
	at := in.Position()
	in.SetValue(strings.Repeat("•", utf8.RuneCountInString(in.Value())))
	in.SetCursor(at)
	d.Input(drop, label, in)
}
