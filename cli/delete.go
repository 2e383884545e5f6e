package cli

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"unleash-invite/model"
)

func (p *program) deleteCommand() *cobra.Command {
	var w writing
	var all bool
	c := p.command(&cobra.Command{
		Use: "delete", Short: "Delete the current link, so that nobody can join with it",
		Long: "Delete the current link, the one given by --only, or all live ones. Existing accounts stay. restore undoes it.",
	}, p.writes(&w, func(_ context.Context, t *target, links model.Links) (plan, error) {
		return p.deleting(t, links, w, all)
	}))
	c.Flags().BoolVar(&all, "all-live", false, "all links that people can join with")
	w.registerOnly(c)
	c.MarkFlagsMutuallyExclusive("only", "all-live")
	w.register(c, true)
	return c
}

func (p *program) deleting(t *target, links model.Links, w writing, all bool) (plan, error) {
	old := links.Live(t.now())
	if !all {
		shown, err := w.chosen(t, links)
		if err != nil && w.only != "" {
			return plan{}, err
		}
		old = []model.Token{shown}
	}
	if len(old) == 0 || !old[0].Enabled {
		return plan{}, nothingError{error: errors.New("there is nothing to delete")}
	}
	deleted, changes := 0, on("delete", old, t)
	return plan{
		changes: changes, asks: true, partly: func() []change { return changes[:deleted] },
		act: func(ctx context.Context) (after model.Links, err error) {
			for _, each := range old {
				if ctx.Err() != nil {
					return after, context.Cause(ctx)
				}
				if after, err = t.API.DeleteLink(ctx, each); !done(err) {
					return after, err
				}
				deleted++
			}
			return after, err
		},
		touched: func(model.Links) bool { return deleted > 0 },
	}, nil
}

// anyGone reports whether one of the links is deleted now.
func anyGone(old []model.Token) func(model.Links) bool {
	return func(after model.Links) bool {
		return slices.ContainsFunc(old, func(each model.Token) bool {
			now, found := after.Find(each.Secret)
			return found && !now.Enabled
		})
	}
}

func (p *program) restoreCommand() *cobra.Command {
	var w writing
	c := p.command(&cobra.Command{
		Use: "restore", Short: "Restore a deleted link: the same URL works again",
		Long: "Restore the deleted link that was created last, or the one given by --only: the same URL works again, unless it has expired.\n" +
			"If another link is live, it needs --yes, because both would let people in.",
	}, p.writes(&w, func(_ context.Context, t *target, links model.Links) (plan, error) { return p.restoring(t, links, w) }))
	w.registerOnly(c)
	w.register(c, true)
	return c
}

func (p *program) restoring(t *target, links model.Links, w writing) (plan, error) {
	var shown model.Token
	var err error
	if w.only != "" {
		shown, err = find(links, w.only)
	} else {
		shown, err = lastDeleted(links)
	}
	switch {
	case err != nil:
		return plan{}, err
	case shown.Enabled:
		return plan{}, nothingError{error: errors.New("that link is not deleted")}
	}
	beside := links.Live(t.now())
	return plan{
		changes: on("restore", []model.Token{shown}, t), asks: len(beside) > 0,
		act: func(ctx context.Context) (model.Links, error) { return t.API.RestoreLink(ctx, shown, beside) },
	}, nil
}

// lastDeleted is the deleted link that was made last.
func lastDeleted(links model.Links) (model.Token, error) {
	var last model.Token
	for _, t := range links.Tokens {
		if !t.Enabled && (last.Secret == "" || t.CreatedAt.After(last.CreatedAt)) {
			last = t
		}
	}
	if last.Secret == "" {
		return last, nothingError{error: errors.New("there is no deleted link to restore")}
	}
	return last, nil
}
