package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
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
	msg = draw.Printable(msg)
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
	bindings := []key.Binding{draw.Does(k.Submit, f.verb), k.Next}
	if f.focus == choiceField {
		bindings = []key.Binding{draw.Does(k.Submit, f.verb), k.Right, k.Next}
	}
	if len(f.fields()) == 1 {
		bindings = bindings[:len(bindings)-1]
	}
	return append(bindings, k.Cancel)
}

func (f *form) view(m *Model, width, _ int) draw.Page {
	d := draw.NewDetails(m.styles, width)
	d.Page.Add(draw.Keep, " "+m.styles.Title.Render(f.title))
	d.Page.Add(draw.FirstGap, "")
	if f.present != nil {
		d.Fact(draw.Heading, "Now", draw.UTC(f.present.StopsAt()), draw.Relative(f.present.StopsAt(), m.now()))
	}
	if f.named {
		d.Input(draw.Keep, "Name", f.name)
		switch name := strings.TrimSpace(f.name.Value()); {
		case name == "":
			d.Wrong(draw.Vital, f.tried, `the link needs a name: "default" is the one that the Admin UI shows`)
		case name != model.DefaultName:
			d.Hint(draw.Hint, `the Admin UI shows only a link named "default"`)
		}
	}
	focused := f.focus == choiceField
	d.Choice(draw.Keep, "Works for", f.expiry.choices(m.styles, focused), focused)
	if f.expiry.isCustom() {
		d.Input(draw.Keep, "Until", f.expiry.custom)
	}
	d.Page.Add(draw.Gap, "")
	f.expiry.preview(m, d, f.tried)
	if f.about != nil {
		if text := f.about(strings.TrimSpace(f.name.Value())); text != "" {
			d.Page.Add(draw.Aside, "")
			d.Page.Add(draw.Warning, draw.Paragraph(m.styles.Warning, text, width-2)...)
		}
	}
	if f.err != nil {
		d.Page.Add(draw.Aside, "")
		d.Page.Add(draw.Keep, draw.Paragraph(m.styles.Failure, "! "+draw.Sentence(f.err), width-2)...)
	}
	return d.Page
}
