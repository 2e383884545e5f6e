package tui

import (
	"context"
	"fmt"

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

// openDelete asks whether the link is to go.
func (m *Model) openDelete(shown model.Token) tea.Cmd {
	text := "Nobody will be able to join with it."
	if n := len(shown.Joined); n == 1 {
		text += " The user who joined keeps their account."
	} else if n > 1 {
		text += fmt.Sprintf(" The %d users who joined keep their accounts.", n)
	}
	const declined = "Nothing was deleted."
	act := func() tea.Cmd { return m.deleteLink(shown) }
	m.ask(&confirm{
		shown: shown, question: "Delete this link?", consequence: text,
		yes: "delete it", no: "cancel", declined: declined, act: act,
	}, "delete its link", declined, act)
	return nil
}

func (m *Model) deleteLink(shown model.Token) tea.Cmd {
	api := m.on.API
	op := func(ctx context.Context) (model.Links, error) { return api.DeleteLink(ctx, shown) }
	write := m.write("Deleting the link", op, func(_ model.Links, besides string) (string, tea.Cmd) {
		return "Deleted: nobody can join with that link any more. u brings it back." + besides, nil
	})
	m.action.deletes = []string{shown.Secret}
	return write
}
