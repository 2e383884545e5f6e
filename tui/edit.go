package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// cantEdit says why the link's expiry can't be changed, or nothing.
func cantEdit(t model.Token) string {
	switch {
	case t.Secret == "":
		return "There is no link to change: n makes one."
	case !t.Enabled:
		return "The link was deleted, and another expiry would not bring it back: l, then u restores it."
	}
	return ""
}

// openEdit asks for another expiry; as it stands it is in 48 hours.
func (m *Model) openEdit(shown model.Token) tea.Cmd {
	f := &form{title: "Change when the link stops working", verb: "save", present: &shown, expiry: newExpiryField(m.styles, 0)}
	f.expiry.limit = "; the server would take more here, but not for a new link"
	f.setFocus(choiceField)
	if live := m.links.Live(m.now()); !shown.Live(m.now()) && len(live) > 0 {
		f.about = func(string) string { return bothLive(live[0]) }
	}
	f.submit = func(_ string, e model.Expiry) tea.Cmd { return m.changeExpiry(shown, e) }
	m.open(f)
	return nil
}

func (m *Model) changeExpiry(shown model.Token, e model.Expiry) tea.Cmd {
	api := m.on.API
	op := func(ctx context.Context) (model.Links, error) { return api.ChangeExpiry(ctx, shown, e.At) }
	return m.write("Changing the expiry", op, func(links model.Links, besides string) (string, tea.Cmd) {
		t, _ := links.Find(shown.Secret)
		return "Changed: " + m.outcome(t, e) + besides, nil
	})
}
