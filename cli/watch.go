package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"unleash-invite/exit"
	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/mask"
)

// watching holds the settings of watch.
type watching struct {
	writing
	every time.Duration
	exec  string
	limit
}

func (p *program) watchCommand() *cobra.Command {
	w := watching{every: 5 * time.Second}
	var c *cobra.Command
	c = p.command(&cobra.Command{
		Use: "watch", Short: "Print a line for each change as it happens",
		Long: "Print a line for each change: joined, ended, live, deleted, restored, expiry, created, rotated, unreachable, reachable. What\n" +
			"happened during an outage is reported after it. It runs until it is stopped.\n\n" +
			"With --max-joins or --until it deletes or rotates the current link once that many people have joined in all, or at that time.\n" +
			"Before that, the link's expiry is set no later than the end of that day, so that it stops even if this program is killed.",
	}, func(ctx context.Context) error {
		if err := w.whole(c.Flags()); err != nil {
			return wrong(err)
		}
		p.streams = true
		return p.run(ctx, nil, func(ctx context.Context, t *target) int { return p.watch(ctx, t, w) })
	})
	c.Flags().DurationVar(&w.every, "every", w.every, "look every `TIME`")
	c.Flags().StringVar(&w.exec, "exec", "",
		"run the `COMMAND` for each change: JSON on its standard input, UNLEASH_INVITE_EVENT and others in its environment")
	w.flags(c)
	w.register(c, true)
	return c
}

// watch looks again and again, and reports what has changed.
func (p *program) watch(ctx context.Context, t *target, w watching) int {
	if w.every < time.Second {
		return t.fail(exit.Usage, errors.New("--every is too short: give 1s or more"))
	}
	links, err := p.firstLook(ctx, t, w)
	if links.FetchedAt.IsZero() {
		return t.fail(exit.Failure, err)
	}
	if code, ok := w.begin(ctx, t, links, &w.writing); !ok {
		return code
	}
	if !p.quiet {
		p.say(t, "watching "+t.Address+": ctrl+c stops")
	}
	known := remember(links)
	away := false
	for {
		if p.reached(ctx, t, &w, links, known) {
			return exit.OK
		}
		if p.wait(ctx, w.every); ctx.Err() != nil || p.out.err() != nil {
			return exit.Failure // by the signal, or as nobody can read it
		}
		fresh, err := t.API.LookInTurn(ctx, links, inTurn(w.every))
		t.looked(fresh)
		switch {
		case ctx.Err() != nil:
			return exit.Failure
		case fresh.FetchedAt.IsZero():
			if !away {
				p.tell(ctx, t, w, event{Event: "unreachable", Detail: draw.Sentence(err)})
			}
			away = true
			continue
		case away:
			p.tell(ctx, t, w, event{Event: "reachable"})
			away = false
		}
		links = fresh
		p.tellChanges(ctx, t, w, known, links)
	}
}

// firstLook is the look to which later ones are compared. One of many instances that can't be asked is asked again and again,
// since the others are watched meanwhile.
func (p *program) firstLook(ctx context.Context, t *target, w watching) (model.Links, error) {
	links, err := t.look(ctx)
	if !t.many || !links.FetchedAt.IsZero() || ctx.Err() != nil {
		return links, err
	}
	p.tell(ctx, t, w, event{Event: "unreachable", Detail: draw.Sentence(err)})
	for links.FetchedAt.IsZero() {
		if p.wait(ctx, w.every); ctx.Err() != nil || p.out.err() != nil {
			return links, err
		}
		links, err = t.look(ctx)
	}
	p.tell(ctx, t, w, event{Event: "reachable"})
	return links, err
}

// tellChanges tells what is otherwise than at the last look.
func (p *program) tellChanges(ctx context.Context, t *target, w watching, known *memory, links model.Links) {
	for _, each := range links.Tokens {
		if n := known.unlisted(each); n > 0 {
			p.say(t, fmt.Sprintf("%d more joined with %q since the last look than are listed", n, each.Name))
		}
	}
	for _, e := range known.changes(links, t.accountsOfNew(ctx, known, links), t.now()) {
		p.tell(ctx, t, w, e)
	}
}

// accountsOfNew are the accounts, asked for only where somebody joined: without them an event tells the name alone.
func (t *target) accountsOfNew(ctx context.Context, known *memory, links model.Links) map[int64]model.Account {
	if !known.newcomer(links) {
		return nil
	}
	accounts, _ := t.API.Accounts(ctx)
	return byID(accounts)
}

// inTurn is how many links beside the current one each look asks about, so that all looks of a minute send about as
// many requests as the screen's.
func inTurn(every time.Duration) int {
	const perMinute, listAndCurrent = 110, 2
	return max(int(perMinute*every/time.Minute)-listAndCurrent, 1)
}

// say writes a line to standard error as things happen.
func (p *program) say(t *target, text string) {
	p.telling.Lock()
	defer p.telling.Unlock()
	who := ""
	if t.many {
		who = t.Profile + ": "
	}
	_, _ = fmt.Fprintln(p.Stderr, "unleash-invite: "+who+draw.AsSentence(text))
}

func (p *program) wait(ctx context.Context, d time.Duration) {
	if p.Wait != nil {
		p.Wait(ctx, d)
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// tell prints an event and runs the command for it. One is told after the other, also those of many instances.
func (p *program) tell(ctx context.Context, t *target, w watching, e event) {
	e.Schema, e.Command, e.Profile, e.Instance, e.At = schema, "watch", t.Profile, t.Address, stamp(t.now())
	p.telling.Lock()
	defer p.telling.Unlock()
	hide := &mask.Mask{On: p.masked}
	if e.Link != nil {
		hide.Add(e.Link.Secret)
	}
	shown := e // the command gets all
	if p.masked && e.Person != nil {
		shown.Person = new(*e.Person)
		shown.Person.maskEmail()
	}
	if p.json {
		_ = p.printJSON(hide, shown) // the output remembers what went wrong
	} else {
		_, _ = io.WriteString(p.out, hide.Hide(shown.line(t.many)))
	}
	if w.exec == "" {
		return
	}
	if err := runFor(ctx, w.exec, e, p.Stderr); err != nil {
		_, _ = fmt.Fprintln(p.Stderr, "unleash-invite: "+draw.AsSentence(err.Error()))
	}
}

// line is an event in words: when, on which of many profiles, what, and the rest.
func (e event) line(many bool) string {
	words := []string{e.At}
	if many {
		words = append(words, e.Profile)
	}
	words = append(words, e.Event)
	switch {
	case e.Person != nil:
		who := model.Person{Name: e.Person.Name, Username: e.Person.Username}
		words = append(words, strconv.FormatInt(e.Person.ID, 10), short(e.Link.Secret), cmp.Or(e.Person.Email, "-"), who.Label())
	case e.Event == "rotated":
		words = append(words, e.Link.URL)
	case e.Link != nil:
		words = append(words, short(e.Link.Secret), e.Link.Status, "until", e.Link.StopsAt, e.Link.Name)
	}
	if e.Detail != "" {
		words = append(words, e.Detail)
	}
	return strings.Join(words, " ") + "\n"
}
