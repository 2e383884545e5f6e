package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unleash-invite/config"
	"unleash-invite/exit"
	"unleash-invite/model"
	"unleash-invite/parallel"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/mask"
)

// target is an instance that a command works on, and its outcome.
type target struct {
	Instance
	// clock is this computer's; ahead is how far the server's is ahead of it, as the last look told.
	clock func() time.Time
	ahead time.Duration
	// readOnly turns every write off.
	readOnly bool
	// many reports whether it is one of several, masked whether secrets and e-mails are hidden.
	many, masked bool

	report report
	// text goes to standard output, rows if it is a table whose head stands once.
	text string
	rows [][]string
	// seen are the links whose secrets the mask hides.
	seen []model.Token
	// notes go to standard error.
	notes []string
	err   error
}

// fleet reports whether several instances are meant.
func (p *program) fleet() bool { return p.all || len(p.flags.Profiles()) > 1 }

// run does a command's work on every instance that is meant.
func (p *program) run(ctx context.Context, head []string, work func(context.Context, *target) int) error {
	if p.fleet() {
		return p.untilSignal(ctx, func(ctx context.Context) error { return p.many(ctx, head, work) })
	}
	c, err := config.Load(&p.flags, p.Getenv, p.Stdin, p.Profiles) // a signal ends it as it ends every program
	if err != nil {
		return wrong(err)
	}
	return p.untilSignal(ctx, func(ctx context.Context) error { return p.each(ctx, c, head, work) })
}

// each does it on the one instance of the configuration.
func (p *program) each(ctx context.Context, c config.Config, head []string, work func(context.Context, *target) int) error {
	now := p.Clock(c)
	p.masked = c.Mask
	t := &target{clock: now, readOnly: c.ReadOnly, masked: c.Mask}
	var err error
	if t.Instance, err = p.Connect(c, now).First(ctx, c); err != nil {
		return wrong(err)
	}
	t.begin()
	p.code = p.bySignal(work(ctx, t))
	return p.print(c.Mask, head, []*target{t}, []int{p.code})
}

// many does it on the instances of several profiles, side by side. A failure of one is its own.
func (p *program) many(ctx context.Context, head []string, work func(context.Context, *target) int) error {
	c, names, err := p.flags.Fleet(p.Getenv)
	if err != nil {
		return wrong(err)
	}
	now := p.Clock(c)
	p.masked = c.Mask
	known := p.Connect(c, now)
	list, err := known.Profiles()
	if err != nil {
		return wrong(err)
	}
	if p.all {
		names = nil
		for _, each := range list {
			names = append(names, each.Name)
		}
	}
	if len(names) == 0 {
		return wrong(errors.New("there are no profiles: the program writes one when you connect and let it remember the instance"))
	}
	if err := all(list, names); err != nil {
		return wrong(err)
	}
	targets, codes := make([]*target, len(names)), make([]int, len(names))
	works := make([]func(), len(names))
	for n, name := range names {
		targets[n] = &target{Instance: Instance{Profile: name}, clock: now, readOnly: c.ReadOnly, many: true, masked: c.Mask}
		works[n] = func() {
			codes[n] = p.one(ctx, known, targets[n], work)
			if p.streams { // the others may go on for days
				p.complain(&mask.Mask{}, targets[n])
			}
		}
	}
	parallel.Run(works...)
	p.code = p.bySignal(together(codes, p.worst))
	return p.print(c.Mask, head, targets, codes)
}

// all checks that there are profiles of the names, each given once.
func all(list []config.Profile, names []string) error {
	given := map[string]bool{}
	for _, name := range names {
		if _, err := config.Named(list, name, "the list"); err != nil {
			return fmt.Errorf("--profile can't be used: %w", err)
		}
		if given[name] {
			return errors.New("a profile is named twice: name it once")
		}
		given[name] = true
	}
	return nil
}

func (p *program) one(ctx context.Context, known Instances, t *target, work func(context.Context, *target) int) int {
	in, err := known.Open(ctx, t.Profile)
	if err != nil {
		t.begin()
		return t.fail(exit.Failure, err)
	}
	t.Instance = in
	t.begin()
	return work(ctx, t)
}

// begin fills in what every report tells.
func (t *target) begin() {
	t.readOnly = t.readOnly || t.ReadOnly
	t.report = report{Schema: schema, Profile: t.Profile, Instance: t.Address, At: stamp(t.now())}
}

// now is the time by the server's clock, by which links are live or not, and spans count.
func (t *target) now() time.Time { return t.clock().Add(t.ahead) }

// looked records how the clocks differ.
func (t *target) looked(links model.Links) {
	if !links.FetchedAt.IsZero() {
		t.ahead = links.ClockDifference
		t.report.At = stamp(t.now())
	}
}

// look looks at all links.
func (t *target) look(ctx context.Context) (model.Links, error) {
	links, err := t.API.Look(ctx)
	t.looked(links)
	if links.Partial {
		t.note("the server's list is too long to be read whole, so there may be more links")
	}
	return links, err
}

// fail is an error with its exit code.
func (t *target) fail(code int, err error) int {
	t.err = err
	t.report.Error = draw.Sentence(err)
	return code
}

// note is something to say on standard error.
func (t *target) note(format string, args ...any) {
	t.notes = append(t.notes, draw.AsSentence(fmt.Sprintf(format, args...)))
}

// together is the exit code for many: that of all; where they differ the worst for commands that only look at the current
// link, and for the others that it was partly done, unless the rest had nothing to do.
func together(codes []int, worst bool) int {
	severity := map[int]int{exit.OK: 0, exit.NotJoinable: 1, exit.Failure: 2, exit.Usage: 3}
	code, same, failed := codes[0], true, false
	for _, each := range codes {
		same = same && each == codes[0]
		failed = failed || each != exit.OK && each != exit.NothingToDo
		if severity[each] > severity[code] {
			code = each
		}
	}
	switch {
	case same || worst:
		return code
	case failed:
		return exit.Partly
	}
	return exit.OK
}
