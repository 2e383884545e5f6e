package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"unleash-invite/model"
)

// lasting are the flags that tell until when a link works.
type lasting struct{ span, until string }

func (l *lasting) register(c *cobra.Command, without string) {
	c.Flags().StringVar(&l.span, "for", "", "how long it works: a `SPAN` such as 36h, 3d, 2w or 1mo, rounded up to 00:00 UTC"+without)
	c.Flags().StringVar(&l.until, "until", "",
		"until when: a `TIME` such as \"2026-12-24 18:00\", or the last full day, such as 2026-12-24, \"24 Dec\" or fri")
	c.MarkFlagsMutuallyExclusive("for", "until")
}

// expiry is the one that the flags ask for, else that of the span.
func (l *lasting) expiry(t *target, span model.Span) (model.Expiry, error) {
	now := t.now()
	e := span.From(now)
	if text := l.span + l.until; text != "" {
		var err error
		if e, err = model.ParseExpiry(text, now, time.Local); err != nil {
			return e, wrong(err)
		}
	}
	if err := e.Check(now); err != nil {
		return e, wrong(err)
	}
	if e.Early() {
		t.note("Unleash refuses a link from the start of the day it expires: it stops working at %s", stamp(e.StopsAt()))
	}
	return e, nil
}

// week is how long a link works that nothing else is said of.
func week() model.Span { return model.Span{Days: 7} }

func (p *program) createCommand() *cobra.Command {
	var w writing
	var l lasting
	var name string
	c := p.command(&cobra.Command{
		Use: "create", Short: "Create a link if none is live, and print its URL",
		Long: "Create a link and print its URL once the server has accepted it. If a link is live, nothing is created: rotate replaces it.",
	}, p.writes(&w, func(_ context.Context, t *target, links model.Links) (plan, error) {
		return p.creating(t, links, l, name)
	}))
	l.register(c, " (default: 1w)")
	c.Flags().StringVar(&name, "name", model.DefaultName, "the link's `NAME`; the Admin UI shows the one named default")
	w.register(c, false)
	return c
}

func (p *program) creating(t *target, links model.Links, l lasting, name string) (plan, error) {
	if live := links.Live(t.now()); len(live) > 0 {
		return plan{}, fmt.Errorf("nothing was created, because %q is live until %s: rotate or delete it first",
			live[0].Name, stamp(live[0].StopsAt()))
	}
	if name == "" {
		return plan{}, wrong(errors.New("--name is empty: give the link a name"))
	}
	e, err := l.expiry(t, week())
	if err != nil {
		return plan{}, err
	}
	made := &model.Token{}
	return plan{
		changes: []change{{Action: "create", Link: wanted(name, e)}}, made: made,
		act: func(ctx context.Context) (after model.Links, err error) {
			after, *made, err = t.API.CreateLink(ctx, name, e.At)
			return after, err
		},
	}, nil
}

// wanted is a link that is to be made.
func wanted(name string, e model.Expiry) link {
	return link{Name: name, ExpiresAt: stamp(e.At), StopsAt: stamp(e.StopsAt())}
}
