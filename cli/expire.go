package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"unleash-invite/model"
)

func (p *program) expireCommand() *cobra.Command {
	var w writing
	var l lasting
	c := p.command(&cobra.Command{
		Use: "expire", Short: "Change the expiry of the current link, and print its URL",
		Long: "Change the expiry of the current link, or of the one given by --only, and print its URL.",
	}, p.writes(&w, func(_ context.Context, t *target, links model.Links) (plan, error) { return p.expiring(t, links, w, l) }))
	l.register(c, "")
	c.MarkFlagsOneRequired("for", "until")
	w.registerOnly(c)
	w.register(c, false)
	return c
}

func (p *program) expiring(t *target, links model.Links, w writing, l lasting) (plan, error) {
	shown, err := w.chosen(t, links)
	switch {
	case err != nil:
		return plan{}, err
	case !shown.Enabled:
		return plan{}, errors.New("the link is deleted, so its expiry was not changed: restore it, or create another")
	}
	e, err := l.expiry(t, week())
	if err != nil {
		return plan{}, err
	}
	to := asLink(shown, t.now())
	to.ExpiresAt, to.StopsAt = stamp(e.At), stamp(e.StopsAt())
	return plan{
		changes: []change{{Action: "expire", Link: to}}, made: &shown,
		act: func(ctx context.Context) (model.Links, error) { return t.API.ChangeExpiry(ctx, shown, e.At) },
	}, nil
}

// chosen is the link of --only, else the current one.
func (w *writing) chosen(t *target, links model.Links) (model.Token, error) {
	if w.only != "" {
		return find(links, w.only)
	}
	current, ok := links.Current(t.now())
	if !ok {
		return current, errors.New("there is no link: create one")
	}
	return current, nil
}
