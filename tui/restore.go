package tui

import (
	"context"

	"charm.land/bubbles/v2/key"
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
		m.open(confirmRestore{t, live[0]})
		return nil
	}
	return m.restoreLink(t)
}

func (m *Model) restoreLink(shown model.Token) tea.Cmd {
	api := m.api
	op := func(ctx context.Context) (model.Links, error) { return api.RestoreLink(ctx, shown) }
	return m.write("Restoring the link", op, func(links model.Links) (string, tea.Cmd) {
		t, _ := links.Find(shown.Secret)
		if !t.Live(m.now()) {
			return "Restored, but nobody can join with it: it is " + t.Status(m.now()).String() + ".", nil
		}
		return "Restored: it works until " + utc(t.StopsAt()) + ".", nil
	})
}

// confirmRestore asks whether two links are to be live.
type confirmRestore struct{ shown, live model.Token }

func (c confirmRestore) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	m.close()
	if key.Matches(press, m.keyMap.Confirm) {
		return m.restoreLink(c.shown)
	}
	return m.say(m.styles.faint, "Nothing was restored.")
}

func (confirmRestore) keys(m *Model) []key.Binding {
	return []key.Binding{does(m.keyMap.Confirm, "restore it"), does(m.keyMap.Cancel, "leave it")}
}

func (c confirmRestore) view(m *Model, width, _ int) page {
	p := m.question(c.shown, width, "Restore this link?")
	p.add(2, paragraph(m.styles.warning, `The link "`+c.live.Name+`" is live, too: both would let people in.`, width-2)...)
	return p
}
