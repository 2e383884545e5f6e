package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// cantCreate says why no link can be made now, or nothing.
func (m *Model) cantCreate() string {
	now := m.now()
	live := m.links.Live(now)
	switch {
	case m.unknown() != "":
		return m.unknown()
	case len(live) > 0:
		return `The live link "` + live[0].Name + `" is in the way: Unleash wants one at a time, so delete it first (d).`
	}
	return ""
}

// openCreate asks for a new link; as it stands it is named "default" and works for a week.
func (m *Model) openCreate() tea.Cmd {
	f := &form{
		title: "New invite link", verb: "create", named: true,
		name: newInput(m.styles, 100), expiry: newExpiryField(m.styles, 1),
	}
	f.name.SetValue(model.DefaultName)
	f.setFocus(choiceField)
	if n := len(m.links.Leftovers(m.now())); n > 0 {
		f.about = []string{"The expired link named default is deleted in the same step, since it would hide this one in the Admin UI."}
	}
	f.submit = func(name string, e model.Expiry) tea.Cmd { return m.create(name, e) }
	m.open(f)
	return nil
}

func (m *Model) create(name string, e model.Expiry) tea.Cmd {
	api := m.api
	var made model.Token
	op := func(ctx context.Context) (model.Links, error) {
		links, token, err := api.CreateLink(ctx, name, e.At)
		made = token
		return links, err
	}
	return m.write("Creating the link", op, func(model.Links) string {
		return "Created: it works until " + utc(made.StopsAt()) + ". c copies it."
	})
}
