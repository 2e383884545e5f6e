package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// maintenance switches maintenance mode off, and on again where it was switched off here.
func maintenance(h Host, t model.Token) Action {
	f := h.Frame()
	off := Action{
		Key: draw.Does(f.Keys.Maintenance, "maintenance off"), Why: f.barOr(""),
		Do: func() tea.Cmd { return askMaintenanceOff(h, t) },
	}
	switch {
	case t.Secret == "":
		off.Off = true
	case f.Server.Maintenance:
	case f.MaintenanceLifted():
		off.Key = draw.Does(f.Keys.Maintenance, "maintenance on again")
		off.Do = func() tea.Cmd { return setMaintenance(h, true) }
	default:
		off.Off = true
	}
	return off
}

func askMaintenanceOff(h Host, t model.Token) tea.Cmd {
	const declined = "Maintenance mode stays on."
	act := func() tea.Cmd { return setMaintenance(h, false) }
	return ask(h, &confirm{
		shown: t, question: "Switch maintenance mode off?",
		consequence: "Everyone can change things on this instance until o switches it on again.",
		yes:         "switch it off", no: "cancel", declined: declined, act: act,
	}, "switch maintenance mode off", declined, act)
}

func setMaintenance(h Host, on bool) tea.Cmd {
	doing, done := "Switching maintenance mode off", "Maintenance mode is off: links can be deleted. o switches it on again."
	if on {
		doing, done = "Switching maintenance mode on", "Maintenance mode is on again."
	}
	api := h.Session().Instance.API
	return h.Write(session.Write{
		Doing: doing,
		Do: func(ctx context.Context) (model.Links, error) {
			_, err := api.SetMaintenance(ctx, on)
			links, _ := api.Look(context.WithoutCancel(ctx)) // if it fails, the next look tells
			return links, err
		},
	}, func(_ model.Links, besides string) (string, tea.Cmd) {
		h.Session().MaintenanceSet(on)
		return done + besides, nil
	})
}
