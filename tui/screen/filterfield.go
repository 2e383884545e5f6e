package screen

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"

	"unleash-invite/tui/draw"
)

// filterRow is the field that a list is filtered by, in place of its title, and at the right what it lets through.
func (f Frame) filterRow(filter textinput.Model, passed string) draw.Row {
	room := f.Width - 13 - draw.Width(passed)
	text, cursor := draw.FieldView(filter, room)
	if filter.Value() == "" {
		text = f.Styles.Faint.Render(draw.Truncate(filter.Placeholder, room))
	}
	if cursor != nil {
		cursor.X += 10
	}
	text += strings.Repeat(" ", max(room-draw.Width(text), 0))
	return draw.Row{Text: " Filter:  " + text + "  " + passed, Cursor: cursor}
}

// filterKeys are the keys while the filter is typed: those that end it, and of those that move in the list the ones that
// are no text.
func filterKeys(k draw.KeyMap, filter *textinput.Model, done func(), moves []Action) []Action {
	all := []Action{
		{Key: draw.Does(k.Submit, "done"), Do: nothing(done)},
		{Key: draw.Does(k.Cancel, "clear"), Do: nothing(func() { filter.SetValue(""); done() })},
	}
	for _, a := range moves {
		a.Key = withoutText(a.Key)
		all = append(all, a)
	}
	return all
}

// withoutText is the binding less the keys that are text in a field.
func withoutText(b key.Binding) key.Binding {
	b.SetKeys(slices.DeleteFunc(slices.Clone(b.Keys()), func(k string) bool { return len(k) == 1 || k == "space" })...)
	return b
}
