package tui

import (
	"context"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// cantDelete says why the current link can't be deleted now, or nothing.
func (m *Model) cantDelete() string {
	t, ok := m.current()
	switch {
	case m.unknown() != "":
		return m.unknown()
	case !ok:
		return "There is no link to delete."
	case !t.Enabled:
		return "The link is deleted already."
	}
	return ""
}

// confirmDelete asks whether the link is to go; any key but y keeps it.
type confirmDelete struct{ shown model.Token }

func (m *Model) openDelete() tea.Cmd {
	shown, _ := m.current()
	m.open(confirmDelete{shown})
	return nil
}

func (c confirmDelete) update(m *Model, msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, m.keyMap.Confirm) {
		return m.deleteLink(c.shown)
	}
	m.close()
	return m.say(m.styles.faint, "Nothing was deleted.")
}

func (m *Model) deleteLink(shown model.Token) tea.Cmd {
	api := m.api
	op := func(ctx context.Context) (model.Links, error) { return api.DeleteLink(ctx, shown) }
	return m.write("Deleting the link", op, func(model.Links) string {
		return "Deleted: nobody can join with that link any more."
	})
}

func (confirmDelete) keys(m *Model) []key.Binding {
	return []key.Binding{does(m.keyMap.Confirm, "delete it"), does(m.keyMap.Cancel, "keep it")}
}

func (c confirmDelete) view(m *Model, width, height int) page {
	p := statusScreen{}.view(m, width, height)[:0]
	p.add(0, m.headline(width)...)
	p.add(9, "")
	p.add(1, linkRows(c.shown.URL, width)...)
	p.add(8, "")
	p.add(0, paragraph(m.styles.strong, "Delete this link?", width-2)...)
	text := "From then on nobody can join with it."
	if n := len(c.shown.Joined); n == 1 {
		text += " The one person who joined keeps the account."
	} else if n > 1 {
		text += fmt.Sprintf(" The %d people who joined keep their accounts.", n)
	}
	p.add(2, paragraph(m.styles.warning, text, width-2)...)
	return p
}
