package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"unleash-invite/exit"
	"unleash-invite/model"
)

// writing are the flags that every command which writes has.
type writing struct {
	yes, dryRun bool
	confirm     []string
	only        string
}

func (w *writing) register(c *cobra.Command, asks bool) {
	c.Flags().BoolVar(&w.dryRun, "dry-run", false, "show what would be changed, and change nothing")
	c.Flags().StringArrayVar(&w.confirm, "confirm", nil, "allow it on production: the `NAME` of the profile, or the host")
	if asks {
		c.Flags().BoolVarP(&w.yes, "yes", "y", false, "do it; without this the command only says what it would do")
	}
}

func (w *writing) registerOnly(c *cobra.Command) {
	c.Flags().StringVar(&w.only, "only", "", "only the link of this `SECRET` (its beginning is enough)")
}

// plan is a write to come, made from what is true on the server.
type plan struct {
	changes []change
	// asks reports whether the screen would ask first.
	asks bool
	act  func(context.Context) (model.Links, error)
	// made is the link whose URL is printed, once it is done; nil prints what changed.
	made *model.Token
	// partly lists, after an error, the changes that were made anyway; it may be nil.
	partly func() []change
	// touched reports, after an error, that links were written anyway; it may be nil.
	touched func(model.Links) bool
}

// nothingError reports that there is nothing to do, and whether that is fine.
type nothingError struct {
	error
	fine bool
}

// writes runs a command that writes: look, plan, ask, act, tell.
func (p *program) writes(w *writing, planned func(context.Context, *target, model.Links) (plan, error)) func(context.Context) error {
	return func(ctx context.Context) error {
		p.shows = true
		return p.run(ctx, nil, func(ctx context.Context, t *target) int { return p.write(ctx, t, w, planned) })
	}
}

func (p *program) write(ctx context.Context, t *target, w *writing, planned func(context.Context, *target, model.Links) (plan, error)) int {
	if t.readOnly {
		return t.fail(exit.Usage, errors.New("this is read-only, so nothing was changed: leave out --read-only, or change the profile"))
	}
	name := cmp.Or(t.Profile, t.Host)
	confirmed := slices.Contains(w.confirm, name)
	if t.Production && !confirmed && t.many {
		t.report.Skipped = "skipped: this is production, and --confirm does not name it"
		return exit.OK
	}
	links, err := t.look(ctx)
	if links.FetchedAt.IsZero() || err != nil {
		return t.fail(exit.Failure, err)
	}
	do, err := planned(ctx, t, links)
	if nothing, ok := err.(nothingError); ok { //nolint:errorlint // it is never wrapped
		if links.MayHideLive(t.now()) {
			return t.fail(exit.Failure, errHidden)
		}
		t.note("%s", nothing.Error())
		t.report.Changes = &[]change{}
		if nothing.fine {
			return exit.OK
		}
		return exit.NothingToDo
	}
	switch {
	case errors.As(err, new(usageError)):
		return t.fail(exit.Usage, err)
	case err != nil:
		return t.fail(exit.Failure, err)
	}
	return p.agreed(ctx, t, w, do, name, confirmed)
}

// agreed does it where it was agreed to, and else says what would be done.
func (p *program) agreed(ctx context.Context, t *target, w *writing, do plan, name string, confirmed bool) int {
	t.report.Changes, t.report.DryRun = &do.changes, true
	switch {
	case w.dryRun:
		t.text = sentences("would ", do.changes)
		return exit.OK
	case t.Production && !confirmed:
		return t.fail(exit.Usage, fmt.Errorf("this is production, so nothing was changed: add --confirm %q to %s", name, inWords(do.changes)))
	case do.asks && !w.yes && !confirmed:
		return t.fail(exit.Usage, fmt.Errorf("nothing was changed: add --yes to %s", inWords(do.changes)))
	}
	t.report.DryRun = false
	return p.act(ctx, t, do)
}

// act does what was planned, and reports what is true afterwards.
func (p *program) act(ctx context.Context, t *target, do plan) int {
	after, err := do.act(ctx)
	if !done(err) {
		after, err = t.await(ctx, do, after, err)
	}
	now := t.now()
	if !after.FetchedAt.IsZero() {
		live := asLinks(after.Live(now), now)
		t.report.Live = &live
	}
	if !done(err) {
		return t.undone(do, after, err)
	}
	if err != nil {
		t.note("%s", err)
	}
	if do.made != nil {
		made := *do.made
		if fresh, ok := after.Find(made.Secret); ok {
			made = fresh
		}
		l := asLink(made, now)
		t.report.Link, t.text = &l, made.URL+"\n"
		if last := len(do.changes) - 1; last >= 0 {
			do.changes[last].Link = l
		}
		return exit.OK
	}
	t.text = sentences("", do.changes)
	if p.quiet {
		t.text = ""
		for _, each := range do.changes {
			t.text += each.essential() + "\n"
		}
	}
	return exit.OK
}

// undone reports a write that was not done, or only in part.
func (t *target) undone(do plan, after model.Links, err error) int {
	made, code := on("delete", deletedBefore(err), t), exit.Failure
	if do.partly != nil {
		made = append(made, do.partly()...)
	}
	if t.report.Changes = &made; len(made) > 0 {
		code = exit.Partly
	}
	if do.made == nil { // else a URL would be taken from standard output
		t.text = sentences("", made)
	}
	if do.touched != nil && do.touched(after) {
		code = exit.Partly
		t.note("%s", holds(t.report.Live, len(pendingOf(err)) > 0))
	}
	return t.fail(code, forScripts(err, do.made))
}

// holds says which links are live after an operation that went wrong on its way; unsure reports whether a write may still arrive.
func holds(live *[]link, unsure bool) string {
	switch {
	case unsure && live != nil && len(*live) == 0:
		return "no link is live so far"
	case live == nil:
		return "it is not known which links are live: run status"
	case len(*live) == 0:
		return "no link is live now: rotate or create makes a new one, restore brings back the old one"
	}
	var names []string
	for _, l := range *live {
		names = append(names, l.Name+" "+short(l.Secret))
	}
	return "live now: " + strings.Join(names, ", ")
}

// short is the beginning of a secret.
func short(secret string) string { return secret[:min(len(secret), 8)] }

// sentences are the changes, a line each: action, secret, name.
func sentences(before string, changes []change) string {
	var text strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&text, "%s%s\n", before, c.inWords(before == ""))
	}
	return text.String()
}

// inWords is a change as a phrase.
func (c change) inWords(past bool) string {
	action := c.Action
	if past {
		action = map[string]string{
			"remove": "removed", "delete": "deleted", "restore": "restored", "create": "created", "expire": "changed",
		}[action]
	}
	if c.Person != nil {
		return fmt.Sprintf("%s %d %s %s", action, c.Person.ID, cmp.Or(c.Person.Email, "-"), c.Person.Name)
	}
	text := action + " " + c.Link.Name
	if c.Link.Secret != "" {
		text = action + " " + c.Link.Secret + " " + c.Link.Name
	}
	if c.Action == "create" || c.Action == "expire" {
		text += " until " + c.Link.StopsAt
	}
	return text
}

// essential returns what -q prints of a change.
func (c change) essential() string {
	if c.Person != nil {
		return strconv.FormatInt(c.Person.ID, 10)
	}
	return c.Link.Secret
}

// inWords are changes as one phrase without the whole secrets.
func inWords(changes []change) string {
	var all []string
	for _, c := range changes {
		c.Link.Secret = short(c.Link.Secret)
		all = append(all, c.inWords(false))
	}
	return strings.Join(all, ", ")
}

// on are changes of one sort to links.
func on(action string, tokens []model.Token, t *target) []change {
	all := []change{}
	for _, l := range asLinks(tokens, t.now()) {
		all = append(all, change{Action: action, Link: l})
	}
	return all
}
