package tui

import (
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// field is a part of a form that can have the focus.
type field int

const (
	nameField field = iota
	choiceField
	customField
)

// form asks for an expiry and, for a new link, its name.
type form struct {
	title string
	// verb is what Enter does.
	verb string
	// about says what else will happen to a link of that name, or nothing; it may be nil.
	about func(name string) string
	// present is the link to be changed, nil for a new one.
	present *model.Token
	// named says that the name is asked for.
	named  bool
	name   textinput.Model
	expiry expiryField
	focus  field
	// tried says that it was to be sent with something wrong in it.
	tried bool
	// err is why the server did not do it.
	err error
	// submit sends what was asked for.
	submit func(name string, e model.Expiry) tea.Cmd
}

func (f *form) update(m *Model, msg tea.Msg) tea.Cmd {
	msg = printable(msg)
	if _, ok := msg.(linksChangedMsg); ok {
		return nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, m.keyMap.Cancel):
			m.close()
			return nil
		case key.Matches(press, m.keyMap.Submit):
			return f.send(m)
		case key.Matches(press, m.keyMap.Next):
			f.moveFocus(1)
			return nil
		case key.Matches(press, m.keyMap.Previous):
			f.moveFocus(-1)
			return nil
		}
	}
	f.err, f.tried = nil, false
	return f.edit(m, msg)
}

// edit gives what was typed or pasted to the field that has the focus.
func (f *form) edit(m *Model, msg tea.Msg) tea.Cmd {
	if f.focus == choiceField {
		press, ok := msg.(tea.KeyPressMsg)
		if ok && !f.expiry.choose(m.keyMap, press) {
			return nil
		}
		f.expiry.chosen = len(f.expiry.presets)
		f.setFocus(customField)
	}
	var cmd tea.Cmd
	if f.focus == nameField {
		f.name, cmd = f.name.Update(msg)
	} else {
		f.expiry.custom, cmd = f.expiry.custom.Update(msg)
	}
	return cmd
}

// fields are those that can have the focus now.
func (f *form) fields() []field {
	fields := []field{choiceField}
	if f.named {
		fields = []field{nameField, choiceField}
	}
	if f.expiry.isCustom() {
		fields = append(fields, customField)
	}
	return fields
}

// moveFocus goes to the next field or, with -1, to the one before.
func (f *form) moveFocus(by int) {
	fields := f.fields()
	for i, at := range fields {
		if at == f.focus {
			f.setFocus(fields[(i+by+len(fields))%len(fields)])
			return
		}
	}
	f.setFocus(choiceField)
}

func (f *form) setFocus(to field) {
	f.focus = to
	f.name.Blur()
	f.expiry.custom.Blur()
	switch to {
	case nameField:
		f.name.Focus()
	case customField:
		f.expiry.custom.Focus()
	case choiceField:
	}
}

func (f *form) send(m *Model) tea.Cmd {
	name := strings.TrimSpace(f.name.Value())
	if f.named && name == "" {
		f.tried = true
		f.setFocus(nameField)
		return nil
	}
	e, err := f.expiry.value(m.now(), m.loc)
	if err != nil {
		f.tried = true
		f.setFocus(customField)
		return nil
	}
	return f.submit(name, e)
}

func (f *form) keys(m *Model) []key.Binding {
	k := m.keyMap
	bindings := []key.Binding{does(k.Submit, f.verb), k.Next}
	if f.focus == choiceField {
		bindings = []key.Binding{does(k.Submit, f.verb), k.Right, k.Next}
	}
	if len(f.fields()) == 1 {
		bindings = bindings[:len(bindings)-1]
	}
	return append(bindings, k.Cancel)
}

func (f *form) view(m *Model, width, _ int) page {
	d := newDetails(m.styles, width)
	d.page.add(0, " "+m.styles.title.Render(f.title))
	d.page.add(9, "")
	if f.present != nil {
		d.fact(5, "Now", utc(f.present.StopsAt()), relative(f.present.StopsAt(), m.now()))
	}
	if f.named {
		d.input(0, "Name", f.name)
		switch name := strings.TrimSpace(f.name.Value()); {
		case name == "":
			d.wrong(1, f.tried, `the link needs a name: "default" is the one that the Admin UI shows`)
		case name != model.DefaultName:
			d.hint(4, `the Admin UI shows only a link named "default"`)
		}
	}
	focused := f.focus == choiceField
	d.choice(0, "Works for", f.expiry.choices(m.styles, focused), focused)
	if f.expiry.isCustom() {
		d.input(0, "Until", f.expiry.custom)
	}
	d.page.add(8, "")
	f.expiry.preview(m, d, f.tried)
	if f.about != nil {
		if text := f.about(strings.TrimSpace(f.name.Value())); text != "" {
			d.page.add(7, "")
			d.page.add(2, paragraph(m.styles.warning, text, width-2)...)
		}
	}
	if f.err != nil {
		d.page.add(7, "")
		d.page.add(0, paragraph(m.styles.failure, "! "+Sentence(f.err), width-2)...)
	}
	return d.page
}

// input adds a row with a text field.
func (d *details) input(drop int, label string, in textinput.Model) {
	text, cursor := fieldView(in, max(d.width-d.indent-1, 1))
	r := row{text: d.focused(label, in.Focused()) + text, drop: drop}
	if cursor != nil {
		cursor.X += d.indent
		r.cursor = cursor
	}
	d.page = append(d.page, r)
}

// fieldView is the part of a field's text around the cursor that fits the width.
// The field itself counts runes, not columns, which is wrong for wide ones.
func fieldView(in textinput.Model, width int) (string, *tea.Cursor) {
	text := []rune(in.Value())
	at := min(in.Position(), len(text))
	from, to := at, at
	used := 1 // for the cursor behind the last rune
	for from > 0 && used+widthOf(string(text[from-1])) <= width {
		from--
		used += widthOf(string(text[from]))
	}
	for to < len(text) && used+widthOf(string(text[to])) <= width {
		used += widthOf(string(text[to]))
		to++
	}
	cursor := in.Cursor()
	if cursor != nil {
		cursor.X = widthOf(string(text[from:at]))
	}
	return string(text[from:to]), cursor
}

// choice adds a row of choices, below its label where both don't fit. The
// bracket of the first stands in the margin, so that the words are aligned.
func (d *details) choice(drop int, label, choices string, focus bool) {
	head := d.focused(label, focus)
	if d.indent+widthOf(choices) > d.width {
		d.page.add(drop, head, " "+choices)
		return
	}
	d.page.add(drop, strings.TrimSuffix(head, " ")+choices)
}

// printable drops from typed and pasted text what is not to be seen: control
// and format characters, line breaks.
func printable(msg tea.Msg) tea.Msg {
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
