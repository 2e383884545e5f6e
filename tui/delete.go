package tui

import (
	"context"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// cantDelete says why the link can't be deleted, or nothing.
func cantDelete(t model.Token) string {
	switch {
	case t.Secret == "":
		return "There is no link to delete."
	case !t.Enabled:
		return "The link is deleted already."
	}
	return ""
}

// confirmDelete asks whether the link is to go; any key but y keeps it.
type confirmDelete struct{ shown model.Token }

func (m *Model) openDelete(shown model.Token) tea.Cmd {
	m.open(confirmDelete{shown})
	return nil
}

func (c confirmDelete) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	m.close()
	if key.Matches(press, m.keyMap.Confirm) {
		return m.deleteLink(c.shown)
	}
	return m.say(m.styles.faint, "Nothing was deleted.")
}

func (m *Model) deleteLink(shown model.Token) tea.Cmd {
	api := m.api
	op := func(ctx context.Context) (model.Links, error) { return api.DeleteLink(ctx, shown) }
	return m.write("Deleting the link", op, func(model.Links) (string, tea.Cmd) {
		m.undo = shown.Secret
		return "Deleted: nobody can join with that link any more. u brings it back.", nil
	})
}

func (confirmDelete) keys(m *Model) []key.Binding {
	return []key.Binding{does(m.keyMap.Confirm, "delete it"), does(m.keyMap.Cancel, "keep it")}
}

func (c confirmDelete) view(m *Model, width, _ int) page {
	p := m.question(c.shown, width, "Delete this link?")
	text := "From then on nobody can join with it."
	if n := len(c.shown.Joined); n == 1 {
		text += " The one person who joined keeps the account."
	} else if n > 1 {
		text += fmt.Sprintf(" The %d people who joined keep their accounts.", n)
	}
	p.add(2, paragraph(m.styles.warning, text, width-2)...)
	return p
}

// question shows a link and asks something about it.
func (m *Model) question(t model.Token, width int, text string) page {
	var p page
	status, mark, meaning := m.statusOf(t)
	p.add(0, m.headlineOf(status, mark, meaning, width)...)
	p.add(9, "")
	p.add(1, linkRows(t.URL, width)...)
	p.add(8, "")
	p.add(0, paragraph(m.styles.strong, text, width-2)...)
	return p
}
