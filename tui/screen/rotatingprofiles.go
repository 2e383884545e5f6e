package screen

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// rotatingProfiles rotates the links of profiles side by side, shows how far each is, and stays to show the outcome.
type rotatingProfiles struct {
	Base
	all  []*profileRotation
	list draw.List
	// ctx ends when the user no longer wants to wait; stop ends it, and is nil where nothing is under way.
	ctx  context.Context //nolint:containedctx // it is that of what is under way
	stop context.CancelFunc
	// stopped reports that it was ended, to be asked what became of it.
	stopped bool
	// ended is called when it is over.
	ended func() tea.Cmd
}

// rotateProfiles rotates as the question said.
func rotateProfiles(h Host, c *confirmRotateProfiles) tea.Cmd {
	r := &rotatingProfiles{all: c.all, ended: c.ended}
	for _, one := range c.all {
		now := one.known.ServerTime(h.Frame().Local)
		one.began, one.wish.ExpiresAt = now, one.expires(c.lifetimes[c.chosen], now)
	}
	return tea.Batch(h.Open(r), r.run(h, false))
}

// run rotates those that are not rotated yet.
func (r *rotatingProfiles) run(h Host, again bool) tea.Cmd {
	r.ctx, r.stop = context.WithCancel(context.Background())
	r.stopped = false
	var cmds []tea.Cmd
	for _, one := range r.left() {
		cmds = append(cmds, r.runOne(h, one, again))
	}
	return tea.Batch(cmds...)
}

func (r *rotatingProfiles) runOne(h Host, one *profileRotation, again bool) tea.Cmd {
	one.state, one.step, one.err = rotationRuns, model.StepDelete, nil
	if again {
		one.step = model.StepRefused // until the first is reported it checks
	}
	ctx := r.ctx
	steps := make(chan model.Step, 16) // more than there are, so that a step never waits for the screen
	next := new(slot)
	work := r.Ask(h, new(slot), func(context.Context) session.Take {
		defer close(steps)
		came := one.run(ctx, again, func(s model.StepReport) { steps <- s.Step })
		return func() tea.Cmd { return r.took(h, one, came) }
	})
	return tea.Batch(work, r.follow(h, next, one, steps))
}

// follow waits for the next step of a rotation.
func (r *rotatingProfiles) follow(h Host, slot *slot, one *profileRotation, steps <-chan model.Step) tea.Cmd {
	return r.Ask(h, slot, func(context.Context) session.Take {
		step, ok := <-steps
		return func() tea.Cmd {
			if !ok || one.state != rotationRuns {
				return nil
			}
			one.step = step
			return r.follow(h, slot, one, steps)
		}
	})
}

// took records a rotation's outcome; after the last one it is over.
func (r *rotatingProfiles) took(h Host, one *profileRotation, came finished) tea.Cmd {
	one.take(came)
	if one.made.Secret != "" {
		h.Mask(one.made.Secret)
	}
	var cmds []tea.Cmd
	if here := h.Session(); here.Instance.API == one.instance.API && one.state != notRotatedThere {
		cmds = append(cmds, here.WrittenElsewhere(one.wish.Old, came.made, came.err))
	}
	if r.Doing() == "" {
		cmds = append(cmds, r.over())
	}
	return tea.Batch(cmds...)
}

// over chooses what needs a look first.
func (r *rotatingProfiles) over() tea.Cmd {
	r.stop()
	r.list.Chosen = 0
	for i, one := range r.all {
		if one.state != rotated {
			r.list.Chosen = i
			break
		}
	}
	return r.ended()
}

// left are those that are not rotated yet.
func (r *rotatingProfiles) left() []*profileRotation {
	var left []*profileRotation
	for _, one := range r.all {
		if one.state != rotated {
			left = append(left, one)
		}
	}
	return left
}

// Doing implements Worker.
func (r *rotatingProfiles) Doing() string {
	for _, one := range r.all {
		if one.state == rotationRuns {
			return "Rotating the links of " + draw.Count(len(r.all), "profile")
		}
	}
	return ""
}

// StopWaiting implements Worker.
func (r *rotatingProfiles) StopWaiting(h Host) tea.Cmd {
	if !r.stopped {
		r.stopped = true
		r.stop()
		return nil
	}
	r.Closed() // nobody hears the answers any more
	for _, one := range r.all {
		if one.state == rotationRuns {
			one.state = rotationUnknown
		}
	}
	return tea.Batch(r.over(), h.Say(h.Frame().Styles.Failure,
		"It is not known what happened on some of them: r checks, and continues from there."))
}

// Farewell implements Worker.
func (r *rotatingProfiles) Farewell() (text string, failed bool) {
	text = r.title() + "."
	for _, one := range r.left() {
		why := draw.AsSentence(one.words())
		if one.err != nil {
			why = draw.Sentence(one.err)
		}
		text += " " + one.Name + ": " + why
	}
	return text, len(r.left()) > 0
}

// Changing implements the interface of that name: the instance at work may be among those whose links are rotated.
func (r *rotatingProfiles) Changing(f Frame) bool {
	return slices.ContainsFunc(r.all, func(one *profileRotation) bool {
		return one.state == rotationRuns && one.instance.API == f.Instance.API
	})
}

// Elsewhere implements the interface of that name.
func (*rotatingProfiles) Elsewhere() {}

// Update implements Screen.
func (*rotatingProfiles) Update(Host, tea.Msg) tea.Cmd { return nil }

// Keys implements Screen. While it rotates the root answers the keys.
func (r *rotatingProfiles) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	one := r.all[r.list.Chosen]
	cant := ""
	if one.state != rotated {
		cant = one.Name + " has no new link: r continues."
	}
	return append(moves(k, &r.list, len(r.all), r.height(f)),
		Action{Key: draw.Does(k.Rotate, "rotate the rest"), Do: func() tea.Cmd { return r.run(h, true) }, Off: len(r.left()) == 0},
		Action{Key: k.Copy, Why: firstReason(cant, cantCopy(one.made)), Do: func() tea.Cmd {
			return h.Copy(Copying{Text: one.made.URL, Secret: one.made.Secret, Lead: "The new link of " + one.Name + ": "})
		}},
		Action{Key: draw.Does(k.Submit, "open"), Do: func() tea.Cmd { return goTo(h, one.instance) }},
		Action{Key: k.Up}, Action{Key: k.Down}, Action{Key: k.Help}, Action{Key: k.Back, Do: nothing(h.Close)})
}

func (r *rotatingProfiles) height(f Frame) int { return max(f.Height-2-r.rowsBelow(f), 1) }

// rowsBelow is how many rows are kept below the list, so that it stays where it is.
func (*rotatingProfiles) rowsBelow(f Frame) int {
	if f.roomy() {
		return 5
	}
	return 3
}

// View implements Screen.
func (r *rotatingProfiles) View(f Frame) draw.Page {
	var p draw.Page
	p.Add(draw.Keep, " "+f.Styles.Title.Render(r.title()))
	p.Add(draw.FirstGap, "")
	name := 0
	for _, one := range r.all {
		name = max(name, draw.Width(one.Name)+2)
	}
	from, to := r.list.Seen(len(r.all), r.height(f))
	over := r.Doing() == ""
	for i := from; i < to; i++ {
		head, rest, style := r.all[i].row(f, name)
		if i == r.list.Chosen && over {
			p.Add(draw.Keep, "›"+f.Styles.Chosen.Render(cell("  "+head+rest, f.Width-2)))
			p[len(p)-1].Cursor = tea.NewCursor(profileMargin, 0)
			continue
		}
		p.Add(draw.Keep, draw.Truncate("   "+style.Render(head)+rest, f.Width-1))
	}
	if over {
		if f.roomy() {
			p.Add(draw.Keep, "")
		}
		p.Add(draw.Keep, r.below(f)...)
	}
	for i := range p {
		p[i].Part = false
	}
	return p
}

func (r *rotatingProfiles) title() string {
	done := len(r.all) - len(r.left())
	verb := "Rotated"
	switch {
	case r.stopped && r.Doing() != "":
		verb = "Checking what happened:"
	case r.Doing() != "":
		verb = "Rotating:"
	}
	return fmt.Sprintf("%s %d of %s", verb, done, draw.Count(len(r.all), "profile"))
}

// below is the chosen profile's new link alone on its line, or what went wrong there.
func (r *rotatingProfiles) below(f Frame) []string {
	one := r.all[r.list.Chosen]
	switch {
	case one.state == rotated && one.err == nil:
		return linkRows(one.made.URL, f.Width)
	case one.err == nil:
		return nil
	}
	style := f.Styles.Failure
	if one.state == rotated {
		style = f.Styles.Warning
	}
	return draw.AtMost(r.rowsBelow(f), draw.Paragraph(style, "! "+draw.Sentence(one.err), f.Width-2))
}

// words are the rotation's progress or outcome.
func (one *profileRotation) words() string {
	switch one.state {
	case rotationRuns:
		return [...]string{"deleting", "checking", "creating", "checking"}[one.step]
	case rotated:
		return "rotated"
	case rotationHalf:
		return "no new link"
	case rotationUnknown:
		return "not known"
	case rotationWaits, notRotatedThere:
	}
	return "not rotated"
}

// row is the rotation's progress or outcome, in a style; then the profile, and until when its new link works or why
// there is none.
func (one *profileRotation) row(f Frame, name int) (head, rest string, pen draw.Pen) {
	mark, style := "○", draw.Pen(f.Styles.Failure)
	switch one.state {
	case rotationRuns:
		mark, style = f.underWay(), f.Styles.Strong
	case rotated:
		mark, style = "●", f.Styles.Success
	case rotationUnknown:
		mark, style = unknownMark, f.Styles.Warning
	case rotationWaits, rotationHalf, notRotatedThere:
	}
	detail, room := "", f.Width-profileMargin-14-18
	switch {
	case one.state == rotated && f.Width >= 60:
		detail = "until " + draw.Day(one.made.StopsAt())
	case one.state == rotated:
		detail = draw.Day(one.made.StopsAt())
	case one.err != nil:
		detail = one.err.Error()
	}
	if f.Width < 60 {
		room += 6
	}
	return cell(mark+" "+one.words(), 14), cell(one.Name, min(name, room)) + detail, style
}
