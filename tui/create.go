package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// cantCreate says why no link can be made now, or nothing.
func (m *Model) cantCreate() string {
	now := m.now()
	live := m.links.Live(now)
	switch {
	case m.links.FetchedAt.IsZero():
		return m.unknownOr("")
	case len(live) > 0:
		name := draw.Truncate(live[0].Name, 30)
		return `The live link "` + name + `" is in the way: Unleash wants one at a time, so delete it first (d).`
	}
	return ""
}

// openCreate asks for a new link; as it stands it is named "default" and works for a week.
func (m *Model) openCreate() tea.Cmd {
	f := &form{
		title: "New invite link", verb: "create", named: true,
		name: draw.NewInput(m.styles, 100), expiry: newExpiryField(m.styles, 1),
	}
	f.name.SetValue(model.DefaultName)
	f.setFocus(choiceField)
	leftovers := len(m.links.Leftovers(m.now()))
	f.about = func(name string) string {
		if leftovers == 0 || name != model.DefaultName {
			return ""
		}
		return "The link named default that no longer works is deleted in the same step: it would hide this one in the Admin UI."
	}
	f.submit = func(name string, e model.Expiry) tea.Cmd { return m.create(name, e) }
	m.open(f)
	return nil
}

func (m *Model) create(name string, e model.Expiry) tea.Cmd {
	api := m.on.API
	var made model.Token
	op := func(ctx context.Context) (model.Links, error) {
		links, token, err := api.CreateLink(ctx, name, e.At)
		made = token
		return links, err
	}
	return m.write("Creating the link", op, func(_ model.Links, besides string) (string, tea.Cmd) {
		return "Created: " + m.outcome(made, e) + " c copies it." + besides, nil
	})
}

// outcome says what the server made of the expiry that was asked for.
func (m *Model) outcome(t model.Token, asked model.Expiry) string {
	text := "it works until " + draw.UTC(t.StopsAt()) + "."
	switch {
	case t.Verdict == model.Unverified:
		text = "the server did not say whether it works."
	case !t.Live(m.now()):
		text = "but the server refuses it."
	}
	if t.ExpiresAt.Before(asked.At.Truncate(time.Second)) {
		text += " The server cut what was asked for, " + draw.UTC(asked.At) + "."
	}
	return text
}
