package screen

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
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
	Base
	title string
	// verb names what Enter does.
	verb string
	// about says what else will happen to a link of that name, or nothing; it may be nil.
	about func(name string) string
	// present is the link to be changed, nil for a new one.
	present *model.Token
	// named reports whether the name is asked for.
	named  bool
	name   textinput.Model
	expiry expiryField
	focus  field
	// tried reports whether it was to be sent with something wrong in it.
	tried bool
	// err is why the server did not do it.
	err error
	// submit sends what was asked for.
	submit func(name string, e model.Expiry) tea.Cmd
}

// Asking implements the interface of that name.
func (*form) Asking() {}

// TakesText implements TextTaker.
func (*form) TakesText() bool { return true }

// Written implements Writer: what was typed stays where nothing was done.
func (f *form) Written(h Host, o session.Outcome) (cmd tea.Cmd, stays bool) {
	if o.Done() || f.present == nil && h.Frame().cantCreate() != "" { // there is a live link by now: nothing is left to be filled in
		return nil, false
	}
	f.err = o.Err
	return nil, true
}

// GivenUp implements Writer.
func (*form) GivenUp() bool { return false }

// Update implements Screen.
func (f *form) Update(_ Host, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(LinksChanged); ok {
		return nil
	}
	f.err, f.tried = nil, false
	return f.edit(draw.Printable(msg))
}

// Keys implements Screen.
func (f *form) Keys(h Host) []Action {
	k := h.Frame().Keys
	choosing := f.focus == choiceField
	return []Action{
		{Key: draw.Does(k.Submit, f.verb), Do: func() tea.Cmd { return f.send(h) }},
		{Key: k.Left, Do: nothing(func() { f.choose(-1) }), Unlisted: true, Off: !choosing},
		{Key: k.Right, Do: nothing(func() { f.choose(1) }), Off: !choosing},
		{Key: k.Next, Do: nothing(func() { f.moveFocus(1) }), Unlisted: len(f.fields()) == 1},
		{Key: k.Previous, Do: nothing(func() { f.moveFocus(-1) }), Unlisted: true},
		{Key: k.Cancel, Do: nothing(h.Close)},
	}
}

func (f *form) choose(by int) {
	f.err, f.tried = nil, false
	f.expiry.choose(by)
}

// edit gives what was typed or pasted to the field that has the focus.
func (f *form) edit(msg tea.Msg) tea.Cmd {
	if f.focus == choiceField {
		press, ok := msg.(tea.KeyPressMsg)
		if ok && (press.Text == "" || press.Text == " ") { // whoever begins to write means a custom time
			return nil
		}
		f.expiry.begin()
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

func (f *form) send(h Host) tea.Cmd {
	at := h.Frame()
	name := strings.TrimSpace(f.name.Value())
	if f.named && name == "" {
		f.tried = true
		f.setFocus(nameField)
		return nil
	}
	e, err := f.expiry.value(at.Now, at.Loc)
	if err != nil {
		f.tried = true
		f.setFocus(customField)
		return nil
	}
	return f.submit(name, e)
}

// compare reports whether the link stops sooner or later than it does now, and by how much.
func (f *form) compare(at Frame, d *draw.Details) {
	if f.present == nil {
		return
	}
	e, err := f.expiry.value(at.Now, at.Loc)
	switch moved := draw.Moved(f.present.StopsAt(), e.StopsAt()); {
	case err != nil || f.present.StopsAt().IsZero():
	case moved == "":
		d.Hint(draw.Vital, "the same as now")
	default:
		d.Hint(draw.Vital, "that is "+moved)
	}
}

// View implements Screen.
func (f *form) View(at Frame) draw.Page {
	d := draw.NewDetails(at.Styles, at.Width)
	d.Page.Add(draw.Keep, " "+at.Styles.Title.Render(f.title))
	d.Page.Add(draw.FirstGap, "")
	if f.present != nil {
		d.Fact(draw.Heading, "Now", draw.UTC(f.present.StopsAt()), draw.Relative(f.present.StopsAt(), at.Now))
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
	d.Choice(draw.Keep, "Works for", f.expiry.choices(), f.expiry.chosen, f.focus == choiceField)
	if f.expiry.isCustom() {
		d.Input(draw.Keep, "Until", f.expiry.custom)
	}
	d.Page.Add(draw.Gap, "")
	f.expiry.preview(at, d, f.tried)
	f.compare(at, d)
	if f.about != nil {
		if text := f.about(strings.TrimSpace(f.name.Value())); text != "" {
			d.Page.Add(draw.Aside, "")
			d.Page.Add(draw.Warning, draw.Paragraph(at.Styles.Warning, text, at.Width-2)...)
		}
	}
	if f.err != nil {
		d.Page.Add(draw.Aside, "")
		d.Page.Add(draw.Keep, draw.Paragraph(at.Styles.Failure, "! "+draw.Sentence(f.err), at.Width-2)...)
	}
	return d.Page
}
