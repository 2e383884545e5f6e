package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// cantEdit says why the current link's expiry can't be changed now, or nothing.
func (m *Model) cantEdit() string {
	t, ok := m.current()
	switch {
	case m.unknown() != "":
		return m.unknown()
	case !ok:
		return "There is no link to change: n makes one."
	case !t.Enabled:
		return "The link was deleted, another expiry would not bring it back: n makes a new one."
	}
	return ""
}

// openEdit asks for another expiry; as it stands it is in 48 hours.
func (m *Model) openEdit() tea.Cmd {
	shown, _ := m.current()
	f := &form{title: "Change when the link stops working", verb: "save", present: &shown, expiry: newExpiryField(m.styles, 0)}
	f.expiry.limit = "; the server would take more here, but not for a new link"
	f.setFocus(choiceField)
	f.submit = func(_ string, e model.Expiry) tea.Cmd { return m.changeExpiry(shown, e) }
	m.open(f)
	return nil
}

func (m *Model) changeExpiry(shown model.Token, e model.Expiry) tea.Cmd {
	api := m.api
	op := func(ctx context.Context) (model.Links, error) { return api.ChangeExpiry(ctx, shown, e.At) }
	return m.write("Changing the expiry", op, func(links model.Links) string {
		t, _ := links.Find(shown.Secret)
		return "Changed: it works until " + utc(t.StopsAt()) + "."
	})
}
