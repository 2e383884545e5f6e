package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/session"
)

// cantEdit is why the link's expiry can't be changed, or empty.
func cantEdit(t model.Token) string {
	switch {
	case t.Secret == "":
		return "There is no link to change: n creates one."
	case !t.Enabled:
		return "The link was deleted, and another expiry would not bring it back: l, then u, restores it."
	}
	return ""
}

// newEdit asks for another expiry; as it stands it is in 48 hours, and the custom time starts from the link's own.
func newEdit(h Host, shown model.Token) *form {
	s := h.Frame()
	f := &form{title: "Change when the link stops working", verb: "save", present: &shown, expiry: newExpiryField(s.Styles, 0)}
	f.expiry.propose(shown, s.Now)
	f.expiry.limit = "; the server would take more here, but not for a new link"
	f.setFocus(choiceField)
	if live := s.Links.Live(s.Now); !shown.Live(s.Now) && len(live) > 0 {
		f.about = func(string) string { return bothLive(live[0]) }
	}
	f.submit = func(_ string, e model.Expiry) tea.Cmd {
		if e.At.Equal(shown.ExpiresAt) {
			h.Close()
			return h.Say(s.Styles.Plain, "Nothing was changed: that is already its expiry.")
		}
		return changeExpiry(h, shown, e)
	}
	return f
}

func changeExpiry(h Host, shown model.Token, e model.Expiry) tea.Cmd {
	api := h.Session().Instance.API
	return h.Write(session.Write{
		Doing: "Changing the expiry",
		Do:    func(ctx context.Context) (model.Links, error) { return api.ChangeExpiry(ctx, shown, e.At) },
	}, func(links model.Links, besides string) (string, tea.Cmd) {
		t, _ := links.Find(shown.Secret)
		return "Changed: " + h.Frame().outcome(t, e) + besides, nil
	})
}
