package screen

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// cantCreate is why no link can be made now, or empty.
func (f Frame) cantCreate() string {
	live := f.Links.Live(f.Now)
	switch {
	case !f.Known():
		return f.unknownOr("")
	case len(live) > 0:
		name := draw.Truncate(live[0].Name, 30)
		return `The link "` + name + `" is live, and Unleash allows one at a time: r replaces it, d deletes it.`
	}
	return ""
}

// newCreate asks for a new link; as it stands it is named "default" and works for a week.
func newCreate(h Host) *form {
	s := h.Frame()
	f := &form{
		title: "New invite link", verb: "create", named: true,
		name: draw.NewInput(s.Styles, 100), expiry: newExpiryField(s.Styles, 1),
	}
	f.name.SetValue(model.DefaultName)
	f.setFocus(choiceField)
	leftovers := len(s.Links.Leftovers(s.Now))
	f.about = func(name string) string {
		if leftovers == 0 || name != model.DefaultName {
			return ""
		}
		return "The link named default that no longer works will be deleted in the same step: it would hide this one in the Admin UI."
	}
	agreed := s.Unsettled() // to open the form
	f.submit = func(name string, e model.Expiry) tea.Cmd {
		send := func() tea.Cmd { agreed = false; return create(h, name, e) }
		if agreed {
			return send()
		}
		return settled(h, "create it", send)()
	}
	return f
}

func create(h Host, name string, e model.Expiry) tea.Cmd {
	api := h.Session().Instance.API
	var made model.Token
	return h.Write(session.Write{
		Doing: "Creating the link",
		Do: func(ctx context.Context) (model.Links, error) {
			links, token, err := api.CreateLink(ctx, name, e.At)
			made = token
			return links, err
		},
		Made: func() model.Token { return made },
	}, func(_ model.Links, besides string) (string, tea.Cmd) {
		text := "Created: " + h.Frame().outcome(made, e)
		if besides != "" && h.Session().Unsettled() { // no list shows it, so it is copied while it is known
			text += besides
			return text, CopyLink(h, made, text+" ")
		}
		return text + " c copies it." + besides, nil
	})
}

// outcome says what the server made of the expiry that was asked for.
func (f Frame) outcome(t model.Token, asked model.Expiry) string {
	text := "it works until " + draw.UTC(t.StopsAt()) + "."
	switch {
	case t.Verdict == model.Unverified:
		text = "the server did not say whether it works."
	case !t.Live(f.Now):
		text = "but the server refuses it."
	}
	if t.ExpiresAt.Before(asked.At.Truncate(time.Second)) {
		text += " The server shortened what was asked for, " + draw.UTC(asked.At) + "."
	}
	return text
}
