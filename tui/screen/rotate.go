package screen

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// cantRotate says why the link can't be rotated, or nothing.
func cantRotate(t model.Token) string {
	if t.Secret == "" {
		return "There is no link to rotate: n creates one."
	}
	return ""
}

const notRotated = "Nothing was rotated."

// confirmRotate asks whether all live links are to be replaced by a new one.
type confirmRotate struct {
	Question
	old   []model.Token
	shown model.Token
	// lifetimes are those that the new link can get, that of the old one first.
	lifetimes []model.Preset
	chosen    int
	// narrowed leaves all live links but the one that is shown.
	narrowed bool
}

func askRotate(h Host, shown model.Token) tea.Cmd {
	f := h.Frame()
	lifetimes := []model.Preset{{Label: "same lifetime", Span: shown.Lifetime()}}
	c := &confirmRotate{old: f.Links.Live(f.Now), shown: shown, lifetimes: append(lifetimes, model.Presets()...)}
	act := func() tea.Cmd { return rotate(h, c) }
	if len(c.old) < 2 || f.Instance.Production {
		return ask(h, c, "rotate its link", notRotated, act)
	}
	number := strconv.Itoa(len(c.old))
	return askTyped(h, &typedQuestion{
		question: c, declined: notRotated, act: act, label: "Number", style: f.Styles.Warning,
		word: func() string {
			if c.narrowed {
				return ""
			}
			return number
		},
		why: func() string {
			if c.narrowed {
				return "Enter rotates only this link; the others stay live."
			}
			return "Type " + number + " to rotate all of them, or press tab for only the link shown."
		},
	})
}

// goes are the links to rotate, stays those that are left live.
func (c *confirmRotate) goes() []model.Token {
	if c.narrowed {
		return []model.Token{c.shown}
	}
	return c.old
}

func (c *confirmRotate) stays() []model.Token {
	if !c.narrowed {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(c.old), func(t model.Token) bool { return t.Secret == c.shown.Secret })
}

// Update implements Screen.
func (*confirmRotate) Update(h Host, msg tea.Msg) tea.Cmd {
	return decline(h, msg, h.Frame().Styles.Plain, notRotated)
}

// Keys implements Screen.
func (c *confirmRotate) Keys(h Host) []Action {
	k := h.Frame().Keys
	lifetime := func(by int) func() tea.Cmd {
		return nothing(func() { c.chosen = (c.chosen + by + len(c.lifetimes)) % len(c.lifetimes) })
	}
	tab := Action{Key: draw.Does(k.Next, "another lifetime"), Do: lifetime(1)}
	if len(c.old) > 1 {
		what := "only this link"
		if c.narrowed {
			what = "all of them"
		}
		tab = Action{Key: draw.Does(k.Next, what), Do: nothing(func() { c.narrowed = !c.narrowed })}
	}
	return []Action{
		tab,
		{Key: draw.Does(k.Right, "lifetime"), Do: lifetime(1), Unlisted: len(c.old) < 2},
		{Key: k.Left, Do: lifetime(-1), Unlisted: true},
		{Key: draw.Does(k.Previous, "accounts first"), Do: func() tea.Cmd { h.Close(); return openJoined(h, "") }, Off: !h.Frame().readable()},
		{Key: draw.Does(k.Confirm, "rotate and copy"), Do: c.once(func() tea.Cmd { h.Close(); return rotate(h, c) })},
		{Key: draw.Does(k.Cancel, "cancel")},
	}
}

// View implements Screen.
func (c *confirmRotate) View(f Frame) draw.Page {
	d := draw.NewDetails(f.Styles, f.Width)
	d.Page.Add(draw.Keep, " "+f.Styles.Title.Render(c.title()))
	d.Page.Add(draw.FirstGap, "")
	readers := c.readers(f)
	c.listOld(d, f, f.Height-rotateRows-len(readers))
	e := c.lifetimes[c.chosen].Span.From(f.Now)
	d.Page.Add(draw.FirstGap, "")
	d.Fact(draw.Keep, "New link", c.lifetimes[c.chosen].Label, "")
	d.Fact(draw.Keep, "Stops working", draw.UTC(e.StopsAt()), draw.Relative(e.StopsAt(), f.Now))
	d.Page.Add(draw.Gap, "")
	switch {
	case len(c.goes()) == 1:
		d.Page.Add(draw.Keep, draw.Paragraph(f.Styles.Warning, "The old link stops working at once.", f.Width-2)...)
	case len(c.goes()) > 1:
		d.Page.Add(draw.Keep, draw.Paragraph(f.Styles.Warning, "All of them stop working at once.", f.Width-2)...)
	}
	d.Page.Add(draw.Extra, draw.Paragraph(f.Styles.Warning, "Existing accounts stay.", f.Width-2)...)
	d.Page.Add(draw.Warning, readers...)
	return d.Page
}

// readers warns of accounts that can read the secret of the new link; no rows where there are none.
func (c *confirmRotate) readers(f Frame) []string {
	if !f.readable() {
		return nil
	}
	text := "On Unleash " + f.Server.Version + " a Viewer can read the new secret: shift+tab lists the accounts, to remove strangers first."
	if f.Server.Version == "" {
		text = "A Viewer may be able to read the new secret: shift+tab lists the accounts, to remove strangers first."
	}
	return draw.Paragraph(f.Styles.Warning, text, f.Width-2)
}

// readable reports whether people who joined can read the secrets of new links.
func (f Frame) readable() bool { return f.Server.ViewersReadSecrets() && len(f.People().Joined) > 0 }

// title names how many links go and how many users they let in, since not all of them may fit below.
func (c *confirmRotate) title() string {
	switch {
	case len(c.old) < 2:
		return "Rotate the invite link?"
	case c.narrowed:
		return "Rotate only this link?"
	}
	joined := 0
	for _, t := range c.old {
		joined += t.JoinedCount()
	}
	return fmt.Sprintf("Rotate all %d live links (%d joined)?", len(c.old), joined)
}

// rotateRows are the rows of the question beside its list, in a low window.
const rotateRows = 5

// listOld lists the links that go, as many as fit.
func (c *confirmRotate) listOld(d *draw.Details, f Frame, room int) {
	if len(c.old) == 0 {
		none := "none: no link works now"
		if f.Links.MayHideLive(f.Now) {
			none = "none: " + noneInSight
		}
		d.Fact(draw.Vital, "Deletes", none, "")
		return
	}
	shown := c.goes()
	if room = max(room, 2); len(shown) > room {
		shown = shown[:room-1]
	}
	name := min(d.Width-d.Indent-13, 24)
	for i, t := range shown {
		label := ""
		if i == 0 {
			label = "Deletes"
		}
		d.Fact(draw.Keep, label, cell(c.called(t, name-1), name)+" "+strconv.Itoa(t.JoinedCount())+" joined", "")
	}
	if more := len(c.goes()) - len(shown); more > 0 {
		d.Fact(draw.Keep, "", fmt.Sprintf("…and %d more: l lists all", more), "")
	}
}

// called is a link's name, with the end of its secret where another one has the same name.
func (c *confirmRotate) called(t model.Token, width int) string {
	same := slices.ContainsFunc(c.old, func(other model.Token) bool { return other.Name == t.Name && other.Secret != t.Secret })
	if !same {
		return t.Name
	}
	end := " …" + t.Secret[max(len(t.Secret)-4, 0):]
	return draw.Truncate(t.Name, width-draw.Width(end)) + end
}

// rotate replaces the links step by step, in sight of the user.
func rotate(h Host, c *confirmRotate) tea.Cmd {
	e := c.lifetimes[c.chosen].Span.From(h.Frame().Now)
	wish := model.Rotation{Old: c.goes(), Beside: c.stays(), Name: c.shown.Name, ExpiresAt: e.At}
	if strings.TrimSpace(wish.Name) == "" {
		wish.Name = model.DefaultName
	}
	var deletes []string
	for _, t := range slices.Backward(c.goes()) { // the current one comes first
		deletes = append(deletes, t.Secret)
	}
	api := h.Session().Instance.API
	steps := make(chan model.StepReport, 16) // more than there are, so that a step never waits for the screen
	r := &receipt{old: c.goes()}
	r.said = func(f Frame) string { return "Rotated: " + f.outcome(r.made, e) }
	write := h.Write(session.Write{
		Doing: "Rotating the link", Deletes: deletes, Graceful: true,
		Do: func(ctx context.Context) (links model.Links, err error) {
			defer close(steps)
			links, r.made, err = api.Rotate(ctx, wish, func(s model.StepReport) { r.ended = append(r.ended, s); steps <- s })
			return links, err
		},
		Made: func() model.Token { return r.made },
	}, func(links model.Links, besides string) (string, tea.Cmd) { // on the way out
		text := r.told(h.Frame(), links, besides)
		return text, CopyLink(h, r.made, text)
	})
	if !h.Session().Writing() { // nothing may be written here
		return write
	}
	return tea.Batch(write, h.Open(r), follow(h.Session().Stamp(), steps, r.take))
}

// letIn is how many accounts the links that were rotated let in, or empty.
func letIn(links model.Links, old []model.Token) string {
	n, which := 0, "The old link"
	for _, t := range old {
		if now, ok := links.Find(t.Secret); ok { // somebody may have joined to the last
			t = now
		}
		n += t.JoinedCount()
	}
	if n == 0 {
		return ""
	}
	if len(old) > 1 {
		which += "s"
	}
	return which + " let in " + draw.Count(n, "account") + ": j lists them."
}
