package screen

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/session"
)

// cantDelete says why the link can't be deleted, or nothing.
func cantDelete(t model.Token) string {
	switch {
	case t.Secret == "":
		return "There is no link to delete."
	case !t.Enabled:
		return "The link is already deleted."
	}
	return ""
}

// askDelete asks whether the link is to go.
func askDelete(h Host, shown model.Token) tea.Cmd {
	text := "Nobody will be able to join with it."
	if n := shown.JoinedCount(); n == 1 {
		text += " The user who joined keeps their account."
	} else if n > 1 {
		text += fmt.Sprintf(" The %d users who joined keep their accounts.", n)
	}
	const declined = "Nothing was deleted."
	act := func() tea.Cmd { return deleteLink(h, shown) }
	return ask(h, &confirm{
		shown: shown, question: "Delete this link?", consequence: text,
		yes: "delete it", no: "cancel", declined: declined, act: act,
	}, "delete its link", declined, act)
}

func deleteLink(h Host, shown model.Token) tea.Cmd {
	api := h.Session().Instance.API
	return h.Write(session.Write{
		Doing: "Deleting the link", Deletes: []string{shown.Secret},
		Do: func(ctx context.Context) (model.Links, error) { return api.DeleteLink(ctx, shown) },
	}, func(_ model.Links, besides string) (string, tea.Cmd) {
		return "Deleted: nobody can join with that link any more. u brings it back." + besides, nil
	})
}
