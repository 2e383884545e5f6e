package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
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
	for _, secret := range slices.Backward(m.deleted) {
		if t, ok := m.links.Find(secret); ok && !t.Enabled {
			return t, true
		}
	}
	return model.Token{}, false
}

// noteDeleted takes in which links the write that is over was to delete, if it came
// so far that it sent anything.
func (m *Model) noteDeleted() {
	sent := slices.ContainsFunc(m.sent.requests(), func(r model.Request) bool { return r.Body != "" }) // as all writes have
	if sent {
		m.deleted = append(slices.Clone(m.deleted), m.action.deletes...)
	}
}

// settleDeleted forgets the links that are enabled after a write, now that this is known.
func (m *Model) settleDeleted() {
	m.deleted = slices.DeleteFunc(slices.Clone(m.deleted), func(secret string) bool {
		t, ok := m.links.Find(secret)
		return ok && t.Enabled
	})
}

// bothLive says what it means that a link works beside a live one.
func bothLive(live model.Token) string {
	return `The link "` + live.Name + `" is live, too: both would let people in.`
}

// restore brings a deleted link back; with another live it asks first.
func (m *Model) restore(t model.Token) tea.Cmd {
	live := m.links.Live(m.now())
	if len(live) > 0 {
		m.open(&confirm{
			shown: t, question: "Restore this link?",
			consequence: bothLive(live[0]),
			yes:         "restore it", no: "cancel", declined: "Nothing was restored.",
			act: func() tea.Cmd { return m.restoreLink(t, live) },
		})
		return nil
	}
	return m.restoreLink(t, nil)
}

func (m *Model) restoreLink(shown model.Token, beside []model.Token) tea.Cmd {
	api := m.on.API
	op := func(ctx context.Context) (model.Links, error) { return api.RestoreLink(ctx, shown, beside) }
	return m.write("Restoring the link", op, func(links model.Links, besides string) (string, tea.Cmd) {
		t, _ := links.Find(shown.Secret)
		if !t.Live(m.now()) {
			return "Restored, but nobody can join with it: it is " + t.Status(m.now()).String() + "." + besides, nil
		}
		return "Restored: it works until " + draw.UTC(t.StopsAt()) + "." + besides, nil
	})
}
