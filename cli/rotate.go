package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"unleash-invite/model"
)

func (p *program) rotateCommand() *cobra.Command {
	var w writing
	var l lasting
	var due time.Duration
	c := p.command(&cobra.Command{
		Use: "rotate", Short: "Delete every live link, create a new one, and print its URL",
		Long: "Delete every live link, or that of --only, make sure that the server refuses it, create a new one, make sure that the server\n" +
			"accepts it, and print its URL. Existing accounts stay.\n\n  L=$(unleash-invite rotate -q --yes)",
	}, p.writes(&w, func(_ context.Context, t *target, links model.Links) (plan, error) {
		return p.rotating(t, links, w, l, due)
	}))
	l.register(c, " (default: the old link's lifetime)")
	c.Flags().DurationVar(&due, "if-ends-within", 0, "only if the link ends within this `TIME`, such as 48h; otherwise the exit code is 4")
	w.registerOnly(c)
	w.register(c, true)
	return c
}

func (p *program) rotating(t *target, links model.Links, w writing, l lasting, due time.Duration) (plan, error) {
	now := t.now()
	current, found := links.Current(now)
	if w.only != "" {
		var err error
		if current, err = find(links, w.only); err != nil {
			return plan{}, err
		}
		if !current.Enabled {
			return plan{}, errors.New("that link is already deleted, so nothing was rotated: create a new one")
		}
	}
	if due > 0 && current.Live(now) && current.StopsAt().Sub(now) > due {
		return plan{}, nothingError{fmt.Errorf("not due: people can join until %s", stamp(current.StopsAt()))}
	}
	wish := model.Rotation{Old: links.Live(now), Name: strings.TrimSpace(current.Name)}
	if w.only != "" {
		wish.Old, wish.Beside = []model.Token{current}, wish.Old
	}
	if wish.Name == "" {
		wish.Name = model.DefaultName
	}
	span := week()
	if found {
		span = current.Lifetime()
	}
	e, err := l.expiry(t, span)
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
