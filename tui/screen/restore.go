package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// cantRestore is why the link can't be restored, or empty.
func cantRestore(t model.Token) string {
	if t.Secret == "" || t.Enabled {
		return "Only a deleted link can be restored."
	}
	return ""
}

// bothLive says what it means that a link works beside a live one.
func bothLive(live model.Token) string {
	return `The link "` + live.Name + `" is live, too: both would let people in.`
}

// restore brings a deleted link back; with another live it asks first.
func restore(h Host, t model.Token) tea.Cmd {
	f := h.Frame()
	live := f.Links.Live(f.Now)
	if len(live) == 0 {
		return restoreLink(h, t, nil)
	}
	return openQuestion(h, &confirm{
		shown: t, question: "Restore this link?",
		consequence: bothLive(live[0]),
		yes:         "restore it", no: "cancel", declined: "Nothing was restored.",
		act: func() tea.Cmd { return restoreLink(h, t, live) },
	})
}

func restoreLink(h Host, shown model.Token, beside []model.Token) tea.Cmd {
	api := h.Session().Instance.API
	return h.Write(session.Write{
		Doing: "Restoring the link",
		Do:    func(ctx context.Context) (model.Links, error) { return api.RestoreLink(ctx, shown, beside) },
	}, func(links model.Links, besides string) (string, tea.Cmd) {
		t, _ := links.Find(shown.Secret)
		if now := h.Frame().Now; !t.Live(now) {
			return "Restored, but nobody can join with it: it is " + t.Status(now).String() + "." + besides, nil
		}
		return "Restored: it works until " + draw.UTC(t.StopsAt()) + "." + besides, nil
	})
}
