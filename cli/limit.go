package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"unleash-invite/exit"
	"unleash-invite/model"
)

// limit ends a link while it is watched, which Unleash itself can't: after so many people, or at a time of day.
type limit struct {
	until, then string
	model.Limit
}

func (l *limit) flags(c *cobra.Command) {
	c.Flags().IntVar(&l.Joins, "max-joins", 0, "close the current link once `N` people have joined with it in all")
	c.Flags().StringVar(&l.until, "until", "", "close it at this `TIME`, such as 18:00, 2026-12-01T18:00 or 3h")
	c.Flags().StringVar(&l.then, "then", "delete", "`HOW` to close it: delete or rotate")
}

func (l *limit) given() bool { return l.Joins > 0 || l.until != "" }

// whole checks that the flags make a limit, or none: one that is no limit would let everybody in.
func (l *limit) whole(flags *pflag.FlagSet) error {
	switch {
	case flags.Changed("max-joins") && l.Joins < 1:
		return errors.New("--max-joins takes a number of people, 1 or more")
	case flags.Changed("until") && l.until == "":
		return errors.New("--until is empty: give it a time")
	case l.then != "delete" && l.then != "rotate":
		return errors.New("--then takes delete or rotate")
	case flags.Changed("then") && !l.given():
		return errors.New("--then needs a limit: add --max-joins or --until")
	}
	return nil
}

// begin checks that the action at the limit is allowed, and sets the link's own expiry no later than needed.
// Where it may not, the exit code says why.
func (l *limit) begin(ctx context.Context, t *target, links model.Links, w *writing) (code int, ok bool) {
	if !l.given() {
		return 0, true
	}
	name := cmp.Or(t.Profile, t.Host)
	current, _ := links.Current(t.now())
	var err error
	switch {
	case t.readOnly:
		err = errors.New("this is read-only, so no link can be closed: leave out --read-only, or change the profile")
	case t.Production && !slices.Contains(w.confirm, name):
		err = fmt.Errorf("this is production: add --confirm %q to %s the link at the limit", name, l.then)
	case !w.yes && !slices.Contains(w.confirm, name):
		err = fmt.Errorf("add --yes to %s the link at the limit", l.then)
	case l.until != "":
		l.At, err = model.ParseDeadline(l.until, t.now(), time.Local)
	}
	switch {
	case err != nil:
		return t.fail(exit.Usage, err), false
	case !current.Live(t.now()):
		t.note("no link is live, so there is nothing to limit")
		return exit.NothingToDo, false
	}
	l.Secret, l.Rotate = current.Secret, l.then == "rotate"
	return l.shorten(ctx, t, current, w)
}

// shorten sets the expiry no later than needed, unless the link stops before that anyway.
func (l *limit) shorten(ctx context.Context, t *target, current model.Token, w *writing) (code int, ok bool) {
	stops := l.Expiry()
	if stops.IsZero() || w.dryRun || !current.StopsAt().After(stops) {
		return 0, true
	}
	if _, err := t.API.ChangeExpiry(ctx, current, stops); !done(err) {
		return t.fail(exit.Failure, err), false
	}
	return 0, true
}

// reached ends the link where the limit is reached. What fails is tried again at the next look.
func (p *program) reached(ctx context.Context, t *target, w *watching, links model.Links, known *memory) (over bool) {
	l := &w.limit
	if !l.given() {
		return false
	}
	shown, _ := links.Find(l.Secret)
	why := l.Reached(shown, t.now())
	if why == "" {
		return false
	}
	if !shown.Enabled {
		t.note("%s; the link is already deleted", why)
		return true
	}
	if w.dryRun {
		t.note("%s: would %s the link", why, l.then)
		return true
	}
	after, e, err := l.end(ctx, t, links, shown)
	if err != nil {
		p.say(t, why+", but closing the link failed and will be tried again: "+err.Error())
		return false
	}
	e.Detail = why
	if last, ok := after.Find(l.Secret); ok { // with those who joined while it was ended
		e.Detail = cmp.Or(l.Reached(last, t.now()), why)
		for _, late := range known.newcomers(last, t.accountsOfNew(ctx, known, after), t.now()) {
			p.tell(ctx, t, *w, late)
		}
	}
	p.tell(ctx, t, *w, e)
	return true
}

// end deletes or rotates the link.
func (l *limit) end(ctx context.Context, t *target, links model.Links, shown model.Token) (model.Links, event, error) {
	if l.Rotate {
		old := []model.Token{shown}
		after, made, err := t.API.Rotate(ctx, model.Rotation{
			Old: old, Beside: links.Live(t.now()),
			Name: cmp.Or(strings.TrimSpace(shown.Name), model.DefaultName), ExpiresAt: shown.Lifetime().From(t.now()).At,
		}, func(model.StepReport) {})
		if fresh, ok := after.Find(made.Secret); ok {
			made = fresh
		}
		if !done(err) {
			return after, event{}, err
		}
		return after, event{Event: "rotated", Link: new(asLink(made, t.now())), Replaced: 1}, nil
	}
	after, err := t.API.DeleteLink(ctx, shown)
	if !done(err) {
		return after, event{}, err
	}
	if fresh, ok := after.Find(shown.Secret); ok {
		shown = fresh
	}
	return after, event{Event: "deleted", Link: new(asLink(shown, t.now()))}, nil
}
