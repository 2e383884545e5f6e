package screen

import (
	"context"
	"fmt"
	"slices"

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

// restoreTogether brings back what was deleted together, after a question where that is more than one link.
func restoreTogether(h Host, links []model.Token) tea.Cmd {
	if len(links) == 1 {
		return restore(h, links[0])
	}
	f := h.Frame()
	live := f.Links.Live(f.Now)
	consequence := "All of them would let people in."
	if len(live) > 0 {
		consequence = `All of them would let people in, beside the live link "` + live[0].Name + `".`
	}
	return openQuestion(h, &confirm{
		shown: links[0], question: fmt.Sprintf("Restore the %d links that were deleted together?", len(links)),
		consequence: consequence, yes: "restore them", no: "cancel", declined: "Nothing was restored.",
		act: func() tea.Cmd { return restoreLinks(h, links, live) },
	})
}

func restoreLinks(h Host, shown, beside []model.Token) tea.Cmd {
	api := h.Session().Instance.API
	return h.Write(session.Write{
		Doing: "Restoring the links",
		Do: func(ctx context.Context) (links model.Links, err error) {
			agreed := slices.Clone(beside)
			for _, t := range shown {
				now, failed := api.RestoreLink(ctx, t, agreed)
				if links = now; failed != nil {
					return links, failed
				}
				agreed = append(agreed, t)
			}
			return links, nil
		},
	}, func(links model.Links, besides string) (string, tea.Cmd) {
		live := 0
		for _, t := range shown {
			if now, _ := links.Find(t.Secret); now.Live(h.Frame().Now) {
				live++
			}
		}
		return fmt.Sprintf("Restored %d links: people can join with %d of them.", len(shown), live) + besides, nil
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
