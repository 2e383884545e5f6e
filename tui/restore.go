package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// cantRestore says why the link can't be restored, or nothing.
func cantRestore(t model.Token) string {
	if t.Secret == "" || t.Enabled {
		return "Only a deleted link can be restored."
	}
	return ""
}

// undone is the link that u brings back: the one that was deleted last, here.
func (m *Model) undone() (model.Token, bool) {
	t, ok := m.links.Find(m.undo)
	return t, ok && !t.Enabled
}

// restore brings a deleted link back; with another live it asks first.
func (m *Model) restore(t model.Token) tea.Cmd {
	if live := m.links.Live(m.now()); len(live) > 0 {
		m.open(confirm{
			shown: t, question: "Restore this link?",
			consequence: `The link "` + live[0].Name + `" is live, too: both would let people in.`,
			yes:         "restore it", no: "leave it", declined: "Nothing was restored.",
			act: func() tea.Cmd { return m.restoreLink(t) },
		})
		return nil
	}
	return m.restoreLink(t)
}

func (m *Model) restoreLink(shown model.Token) tea.Cmd {
	api := m.on.API
	op := func(ctx context.Context) (model.Links, error) { return api.RestoreLink(ctx, shown) }
	return m.write("Restoring the link", op, func(links model.Links, besides string) (string, tea.Cmd) {
		t, _ := links.Find(shown.Secret)
		if !t.Live(m.now()) {
			return "Restored, but nobody can join with it: it is " + t.Status(m.now()).String() + "." + besides, nil
		}
		return "Restored: it works until " + utc(t.StopsAt()) + "." + besides, nil
	})
}
