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

	"unleash-invite/exit"
	"unleash-invite/model"
)

// limit holds what ends a link while it is watched, which Unleash itself can't: so many people, or an hour of the day.
type limit struct {
	joins int
	until string
	then  string

	at     time.Time
	secret string // of the link that it is about
}

func (l *limit) flags(c *cobra.Command) {
	c.Flags().IntVar(&l.joins, "max-joins", 0, "end the current link once `N` people have joined with it in all")
	c.Flags().StringVar(&l.until, "until", "", "end it at that `TIME`, such as 18:00, 2026-12-01T18:00 or 3h")
	c.Flags().StringVar(&l.then, "then", "delete", "how it ends: `delete` or rotate")
}

func (l *limit) given() bool { return l.joins > 0 || l.until != "" }

// begin checks that what is to be done at the limit may be done, and sets the link's own expiry no later than needed.
// Where it may not, the exit code says why.
func (l *limit) begin(ctx context.Context, t *target, links model.Links, w *writing) (code int, ok bool) {
	if !l.given() {
		return 0, true
	}
	name := cmp.Or(t.Profile, t.Host)
	current, _ := links.Current(t.now())
	var err error
	switch {
	case l.then != "delete" && l.then != "rotate":
		err = errors.New("--then takes delete or rotate")
	case l.joins < 0:
		err = errors.New("--max-joins takes a number of people")
	case t.readOnly:
		err = errors.New("this is read-only, so no link can be ended: leave out --read-only, or change the profile")
	case t.Production && !slices.Contains(w.confirm, name):
		err = fmt.Errorf("this is production: give --confirm %q to %s the link at the limit", name, l.then)
	case !w.yes && !slices.Contains(w.confirm, name):
		err = fmt.Errorf("give --yes to %s the link at the limit", l.then)
	case l.until != "":
		l.at, err = hour(l.until, t.now())
	}
	switch {
	case err != nil:
		return t.fail(exit.Usage, err), false
	case !current.Live(t.now()):
		t.note("no link is live, so there is nothing to end")
		return exit.NothingToDo, false
	}
	l.secret = current.Secret
	return l.shorten(ctx, t, current, w)
}

// shorten sets the expiry to the first 00:00 UTC that is not before the limit, unless the link stops before that anyway.
func (l *limit) shorten(ctx context.Context, t *target, current model.Token, w *writing) (code int, ok bool) {
	if l.at.IsZero() {
		return 0, true
	}
	stops := model.EarliestExpiry(l.at.Add(-time.Nanosecond))
	if w.dryRun || !current.StopsAt().After(stops) {
		return 0, true
	}
	if _, err := t.API.ChangeExpiry(ctx, current, stops); !done(err) {
		return t.fail(exit.Failure, err), false
	}
	return 0, true
}

// hour is the next time of the day that the text tells, or any time that an expiry may be.
func hour(text string, now time.Time) (time.Time, error) {
	if clock, err := time.Parse("15:04", text); err == nil {
		local := now.In(time.Local)
		at := time.Date(local.Year(), local.Month(), local.Day(), clock.Hour(), clock.Minute(), 0, 0, time.Local)
		if !at.After(now) {
			return at, errors.New("that time has passed today: give the date, too, as in 2026-12-01T18:00")
		}
		return at, nil
	}
	if span, err := time.ParseDuration(text); err == nil && span > 0 {
		return now.Add(span), nil
	}
	e, err := model.ParseExpiry(text, now, time.Local)
	if err == nil && !e.At.After(now) {
		err = errors.New("that time has passed: give a later one")
	}
	return e.At, err
}

// reached ends the link where the limit is reached. What fails is tried again at the next look.
func (p *program) reached(ctx context.Context, t *target, w *watching, links model.Links) (over bool) {
	l := &w.limit
	if !l.given() {
		return false
	}
	shown, _ := links.Find(l.secret)
	var why string
	switch n := shown.JoinedCount(); {
	case l.joins > 0 && n >= l.joins:
		why = fmt.Sprintf("%d joined, the limit is %d", n, l.joins)
		if n > l.joins {
			why = fmt.Sprintf("%d joined, %d more than the limit of %d", n, n-l.joins, l.joins)
		}
	case !l.at.IsZero() && !t.now().Before(l.at):
		why = "it is " + stamp(t.now())
	default:
		return false
	}
	if !shown.Enabled {
		t.note("%s; the link is deleted already", why)
		return true
	}
	if w.dryRun {
		t.note("%s: would %s the link", why, l.then)
		return true
	}
	e, err := l.end(ctx, t, links, shown)
	if err != nil {
		p.say(t, why+", but the link could not be ended: "+err.Error())
		return false
	}
	e.Detail = why
	p.tell(ctx, t, *w, e)
	return true
}

// end deletes or rotates the link.
func (l *limit) end(ctx context.Context, t *target, links model.Links, shown model.Token) (event, error) {
	if l.then == "rotate" {
		old := []model.Token{shown}
		after, made, err := t.API.Rotate(ctx, model.Rotation{
			Old: old, Beside: links.Live(t.now()),
			Name: cmp.Or(strings.TrimSpace(shown.Name), model.DefaultName), ExpiresAt: shown.Lifetime().From(t.now()).At,
		}, func(model.StepReport) {})
		if fresh, ok := after.Find(made.Secret); ok {
			made = fresh
		}
		if !done(err) {
			return event{}, err
		}
		return event{Event: "rotated", Link: new(asLink(made, t.now())), Replaced: 1}, nil
	}
	after, err := t.API.DeleteLink(ctx, shown)
	if !done(err) {
		return event{}, err
	}
	if fresh, ok := after.Find(shown.Secret); ok {
		shown = fresh
	}
	return event{Event: "deleted", Link: new(asLink(shown, t.now()))}, nil
}
