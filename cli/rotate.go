package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"unleash-invite/model"
)

// rotating holds what rotate was told.
type rotating struct {
	writing
	lasting
	due        time.Duration
	okIfNotDue bool
}

func (p *program) rotateCommand() *cobra.Command {
	var r rotating
	c := p.command(&cobra.Command{
		Use: "rotate", Short: "Delete every live link, create a new one, and print its URL",
		Long: "Delete every live link, or the one given by --only, make sure that the server refuses it, create a new one, make sure\n" +
			"that the server accepts it, and print its URL. Existing accounts stay.\n\n  L=$(unleash-invite rotate -q --yes)",
	}, p.writes(&r.writing, func(ctx context.Context, t *target, links model.Links) (plan, error) {
		do, err := r.plan(t, links)
		if err == nil {
			t.warnOfReaders(ctx, links)
		}
		return do, err
	}))
	r.lasting.register(c, " (default: the old link's lifetime)")
	spanFlag(c.Flags(), &r.due, "if-ends-within",
		"only if the link stops working within this `TIME`, such as 48h; otherwise the exit code is 4")
	c.Flags().BoolVar(&r.okIfNotDue, "ok-if-not-due", false, "exit 0 if it is not due, for schedulers that report every other code")
	r.registerOnly(c)
	r.writing.register(c, true)
	return c
}

func (r *rotating) plan(t *target, links model.Links) (plan, error) {
	now := t.now()
	current, found := links.Current(now)
	if r.only != "" {
		var err error
		if current, err = find(links, r.only); err != nil {
			return plan{}, err
		}
		if !current.Enabled {
			return plan{}, errors.New("that link is already deleted, so nothing was rotated: create a new one")
		}
	}
	if r.due > 0 && current.Live(now) && current.StopsAt().Sub(now) > r.due {
		return plan{}, nothingError{fmt.Errorf("not due: people can join until %s", stamp(current.StopsAt())), r.okIfNotDue}
	}
	wish := model.Rotation{Old: links.Live(now), Name: strings.TrimSpace(current.Name)}
	if r.only != "" {
		wish.Old, wish.Beside = []model.Token{current}, wish.Old
	}
	if wish.Name == "" {
		wish.Name = model.DefaultName
	}
	span := week()
	if found {
		span = current.Lifetime()
	}
	e, err := r.expiry(t, span)
	if err != nil {
		return plan{}, err
	}
	wish.ExpiresAt = e.At
	made, step := &model.Token{}, model.Step(-1) // none was taken
	gone := anyGone(wish.Old)
	return plan{
		changes: append(on("delete", wish.Old, t), change{Action: "create", Link: wanted(wish.Name, e)}), asks: true, made: made,
		act: func(ctx context.Context) (after model.Links, err error) {
			after, *made, err = t.API.Rotate(ctx, wish, func(s model.StepReport) { step = s.Step })
			return after, err
		},
		touched: func(after model.Links) bool {
			return len(wish.Old) > 0 && (step > model.StepDelete || step == model.StepDelete && gone(after))
		},
	}, nil
}

// warnOfReaders warns of accounts that can read the secret of the new link, where somebody joined.
func (t *target) warnOfReaders(ctx context.Context, links model.Links) {
	if !slices.ContainsFunc(links.Tokens, func(each model.Token) bool { return each.JoinedCount() > 0 }) {
		return
	}
	server, _ := t.API.Server(ctx) // without it the version is not known
	if !server.ViewersReadSecrets() {
		return
	}
	warning := "on Unleash " + server.Version + " every account can read the new link: after a leak remove strangers first"
	if server.Version == "" {
		warning = "every account may be able to read the new link: after a leak remove strangers first"
	}
	t.report.Warnings = append(t.report.Warnings, warning)
	t.note("%s", warning)
}
