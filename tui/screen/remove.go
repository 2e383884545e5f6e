package screen

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

const notRemoved = "No account was removed."

// confirmRemove asks whether accounts are to be removed.
type confirmRemove struct {
	Question
	accounts []model.Account
	act      func() tea.Cmd
}

func askRemove(h Host, accounts []model.Account, act func() tea.Cmd) tea.Cmd {
	return ask(h, &confirmRemove{accounts: accounts, act: act}, "remove "+draw.Count(len(accounts), "account"), notRemoved, act)
}

// Update implements Screen.
func (*confirmRemove) Update(h Host, msg tea.Msg) tea.Cmd {
	return decline(h, msg, h.Frame().Styles.Plain, notRemoved)
}

// Keys implements Screen.
func (c *confirmRemove) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	live := f.Links.Live(f.Now)
	rotateFirst := func() tea.Cmd {
		h.Close()
		return settled(h, "rotate it", func() tea.Cmd { return askRotate(h, live[0]) })()
	}
	return []Action{
		{Key: draw.Does(k.Next, "rotate first"), Do: rotateFirst, Off: len(live) == 0 || f.Server.ViewersReadSecrets()},
		{Key: draw.Does(k.Confirm, "remove"), Do: c.once(func() tea.Cmd { h.Close(); return c.act() })},
		{Key: draw.Does(k.Cancel, "cancel")},
	}
}

// View implements Screen.
func (c *confirmRemove) View(f Frame) draw.Page {
	var p draw.Page
	p.Add(draw.Keep, " "+f.Styles.Title.Render("Remove "+draw.Count(len(c.accounts), "account")+"?"))
	p.Add(draw.FirstGap, "")
	warning := draw.Paragraph(f.Styles.Warning, "Their sessions and API tokens end at once; this can't be undone.", f.Width-2)
	var again []string
	switch {
	case len(f.Links.Live(f.Now)) == 0:
	case f.Server.ViewersReadSecrets(): // a new link, too
		again = draw.Paragraph(f.Styles.Warning, "They can join again while a link is live: rotate it right afterwards.", f.Width-2)
	default:
		again = draw.Paragraph(f.Styles.Warning, "They can join again while a link is live: tab rotates it first.", f.Width-2)
	}
	shown := c.accounts
	if room := max(f.Height-len(warning)-len(again)-2, 2); len(shown) > room {
		shown = shown[:room-1]
	}
	for _, a := range shown {
		p.Add(draw.Keep, draw.Truncate("   "+f.named(a), f.Width-1))
	}
	if more := len(c.accounts) - len(shown); more > 0 {
		p.Add(draw.Keep, fmt.Sprintf("   …and %d more", more))
	}
	p.Add(draw.Gap, "")
	p.Add(draw.Keep, warning...)
	p.Add(draw.Extra, again...)
	return p
}

// named is an account's name with its e-mail and role.
func (f Frame) named(a model.Account) string {
	return strings.Join([]string{f.label(a), f.email(a), a.Role.Name}, " · ")
}

// removing shows what becomes of each account that is removed, and stays to tell.
type removing struct {
	Base
	all []model.Removal
	// at is where in all an account is, by its ID.
	at   map[int64]int
	list draw.List
	// last is the outcome of the last write, once it is over.
	last *removals
}

// removals are those of one write.
type removals struct{ ended []model.Removal }

func remove(h Host, accounts []model.Account) tea.Cmd {
	r := &removing{at: map[int64]int{}}
	for i, a := range accounts {
		r.all = append(r.all, model.Removal{Account: a})
		r.at[a.ID] = i
	}
	cmd := r.run(h)
	if !h.Session().Writing() { // nothing may be written here
		return cmd
	}
	return tea.Batch(cmd, h.Open(r))
}

// run removes those that are left.
func (r *removing) run(h Host) tea.Cmd {
	left := model.Left(r.all)
	api := h.Session().Instance.API
	steps := make(chan model.Removal, 2*len(left)) // as many as there are, so that no removal waits for the screen
	run := &removals{}                             // one that was given up goes on beside the next
	write := h.Write(session.Write{
		Doing: "Removing " + draw.Count(len(left), "account"), Accounts: true,
		Do: func(ctx context.Context) (model.Links, error) {
			defer close(steps)
			run.ended = api.RemoveAccounts(ctx, left, func(one model.Removal) { steps <- one })
			links, err := api.Look(context.WithoutCancel(ctx))
			return links, removalError(run.ended, links, err)
		},
	}, func(_ model.Links, besides string) (string, tea.Cmd) {
		return "Removed " + draw.Count(len(left), "account") + "." + besides, nil
	})
	if !h.Session().Writing() {
		return write
	}
	r.last = run
	return tea.Batch(write, follow(h.Session().Stamp(), steps, r.take))
}

// removalError is why not all were removed, or why it is not known what is true now.
func removalError(all []model.Removal, links model.Links, look error) error {
	removed := len(all) - len(model.Left(all))
	for _, r := range all {
		if r.State != model.Removed {
			return fmt.Errorf("%d of %s removed: %w", removed, draw.Count(len(all), "account"), r.Err)
		}
	}
	if links.FetchedAt.IsZero() && look != nil {
		return fmt.Errorf("%s removed, but checking the links afterwards failed: %w", draw.Count(removed, "account"), look)
	}
	return nil
}

func (r *removing) take(one model.Removal) {
	i := r.at[one.Account.ID]
	r.all[i], r.list.Chosen = one, i
}

// Written implements Writer.
func (r *removing) Written(Host, session.Outcome) (cmd tea.Cmd, stays bool) {
	for _, one := range r.last.ended {
		r.take(one)
	}
	r.chooseLeft()
	return nil, true
}

// GivenUp implements Writer: of what was not told as removed nobody knows.
func (r *removing) GivenUp() bool {
	for i := range r.all {
		if r.all[i].State != model.Removed {
			r.all[i].State, r.all[i].Err = model.MaybeRemoved, nil
		}
	}
	r.chooseLeft()
	return true
}

// chooseLeft chooses the first that was not removed: it needs a look.
func (r *removing) chooseLeft() {
	r.list.Chosen = max(slices.IndexFunc(r.all, func(one model.Removal) bool { return one.State != model.Removed }), 0)
}

// Update implements Screen.
func (*removing) Update(Host, tea.Msg) tea.Cmd { return nil }

// Keys implements Screen. While the write is under way the root answers the keys.
func (r *removing) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	return append(moves(k, &r.list, len(r.all), r.height(f)),
		Action{Key: draw.Does(k.Delete, "remove the rest"), Do: func() tea.Cmd { return r.goOn(h) }, Off: r.removed() == len(r.all)},
		r.rotate(h), Action{Key: k.Up}, Action{Key: k.Down}, Action{Key: k.Curl, Do: func() tea.Cmd { return openCurl(h, true) }},
		Action{Key: k.Help}, Action{Key: k.Back, Do: nothing(h.Close)})
}

// rotate offers to rotate the link that lets people in again.
func (r *removing) rotate(h Host) Action {
	f := h.Frame()
	live := f.Links.Live(f.Now)
	ask := settled(h, "rotate it", func() tea.Cmd { return askRotate(h, live[0]) })
	return Action{Key: f.Keys.Rotate, Why: f.barOr(""), Do: ask, Off: len(live) == 0}
}

// goOn removes the rest, which was agreed to; on production that is asked again.
func (r *removing) goOn(h Host) tea.Cmd {
	act := func() tea.Cmd { return r.run(h) }
	if !h.Session().Instance.Production {
		return act()
	}
	return askRemove(h, model.Left(r.all), act)
}

func (r *removing) height(f Frame) int { return max(f.Height-2-len(r.below(f)), 1) }

// below reports why the chosen account was not removed, or warns of it.
func (r *removing) below(f Frame) []string {
	one := r.all[r.list.Chosen]
	switch live := len(f.Links.Live(f.Now)); {
	case one.Err == nil && live > 0 && !f.Writing() && r.removed() > 0:
		return draw.Paragraph(f.Styles.Warning, "They can join again while a link is live: r rotates it.", f.Width-2)
	case one.Err == nil:
		return nil
	}
	style := f.Styles.Warning
	if one.State != model.Removed {
		style = f.Styles.Failure
	}
	return draw.AtMost(4, draw.Paragraph(style, f.label(one.Account)+": "+draw.Sentence(one.Err), f.Width-2))
}

// View implements Screen.
func (r *removing) View(f Frame) draw.Page {
	var p draw.Page
	p.Add(draw.Keep, " "+f.Styles.Title.Render(r.title(f)), "")
	below := r.below(f)
	from, to := r.list.Seen(len(r.all), f.Height-len(p)-len(below))
	for i := from; i < to; i++ {
		margin := " "
		if i == r.list.Chosen && !f.Writing() {
			margin = "›"
		}
		p.Add(draw.Keep, draw.Truncate(margin+f.removal(r.all[i]), f.Width-1))
	}
	p.Add(draw.Keep, below...)
	for i := range p {
		p[i].Part = false
	}
	return p
}

// removed is how many accounts are gone.
func (r *removing) removed() (n int) {
	for i := range r.all {
		if r.all[i].State == model.Removed {
			n++
		}
	}
	return n
}

func (r *removing) title(f Frame) string {
	verb := "Removed"
	if f.Writing() {
		verb = "Removing accounts:"
	}
	return fmt.Sprintf("%s %d of %s", verb, r.removed(), draw.Count(len(r.all), "account"))
}

// removal is how far the removal of an account is.
func (f Frame) removal(one model.Removal) string {
	mark, words, style := "○", "not removed", draw.Pen(f.Styles.Plain)
	switch {
	case one.State == model.Removing:
		mark, words, style = f.underWay(), "removing", f.Styles.Strong
	case one.State == model.Removed:
		mark, words, style = "●", "removed", f.Styles.Success
	case one.State == model.MaybeRemoved:
		words, style = "not known", f.Styles.Warning
	case one.Err != nil:
		style = f.Styles.Failure
	case f.Writing():
		words = "waiting"
	}
	return " " + style.Render(mark+" "+cell(words, 13)) + f.named(one.Account)
}
