package screen

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// cantLimit is why the link can't get a limit, or empty.
func (f Frame) cantLimit(t model.Token) string {
	if _, on := f.Limit(); on || t.Live(f.Now) {
		return ""
	}
	return "No link is live, so there is nothing to limit: n creates one."
}

// limitForm asks how many may join with a link, until when, and what is done then.
type limitForm struct {
	Base
	shown        model.Token
	joins, until textinput.Model
	rotate       bool
	focus        limitField
	// tried reports that it was to be sent with something wrong in it; err is why the server did not do it.
	tried bool
	err   error
}

// limitField is a part of the form that can have the focus.
type limitField int

const (
	joinsField limitField = iota
	untilField
	thenField
	limitFields
)

func newLimit(h Host, t model.Token) *limitForm {
	f := h.Frame()
	s := &limitForm{shown: t, joins: draw.NewInput(f.Styles, 6), until: draw.NewInput(f.Styles, 40)}
	if l, on := f.Limit(); on {
		if of, found := f.Links.Find(l.Secret); found {
			s.shown = of
		}
		s.rotate = l.Rotate
		if l.Joins > 0 {
			s.joins.SetValue(strconv.Itoa(l.Joins))
		}
		if !l.At.IsZero() {
			s.until.SetValue(l.At.In(f.Loc).Format("2006-01-02 15:04"))
		}
	}
	s.setFocus(joinsField)
	return s
}

var errNoLimit = errors.New("enter how many may join in all, until when, or both: 20, and 18:00, 3h or 24 Dec 18:00")

// value is the limit that is asked for. The error says what is wrong with it.
func (s *limitForm) value(f Frame) (model.Limit, error) {
	l := model.Limit{Secret: s.shown.Secret, Rotate: s.rotate}
	joins, until := strings.TrimSpace(s.joins.Value()), strings.TrimSpace(s.until.Value())
	if joins+until == "" {
		return l, errNoLimit
	}
	var err error
	if joins != "" {
		if l.Joins, err = strconv.Atoi(joins); err != nil || l.Joins < 1 {
			return l, errors.New("how many may join has to be a number, 1 or more")
		}
	}
	if until != "" {
		l.At, err = model.ParseDeadline(until, f.Now, f.Loc)
	}
	return l, err
}

// Asking implements the interface of that name.
func (*limitForm) Asking() {}

// TakesText implements TextTaker.
func (*limitForm) TakesText() bool { return true }

// Written implements Writer: what was typed stays where nothing was done.
func (s *limitForm) Written(_ Host, o session.Outcome) (cmd tea.Cmd, stays bool) {
	if o.Done() {
		return nil, false
	}
	s.err = o.Err
	return nil, true
}

// GivenUp implements Writer.
func (*limitForm) GivenUp() bool { return false }

// Update implements Screen.
func (s *limitForm) Update(_ Host, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(LinksChanged); ok {
		return nil
	}
	s.err, s.tried = nil, false
	var cmd tea.Cmd
	switch s.focus {
	case joinsField:
		s.joins, cmd = s.joins.Update(draw.Printable(msg))
	case untilField:
		s.until, cmd = s.until.Update(draw.Printable(msg))
	case thenField, limitFields:
	}
	return cmd
}

// Keys implements Screen.
func (s *limitForm) Keys(h Host) []Action {
	k := h.Frame().Keys
	move := func(by limitField) func() tea.Cmd {
		return nothing(func() { s.setFocus((s.focus + by + limitFields) % limitFields) })
	}
	then := nothing(func() { s.rotate = !s.rotate })
	return []Action{
		{Key: draw.Does(k.Submit, "limit"), Do: func() tea.Cmd { return s.send(h) }},
		{Key: k.Left, Do: then, Unlisted: true, Off: s.focus != thenField},
		{Key: k.Right, Do: then, Off: s.focus != thenField},
		{Key: k.Next, Do: move(1)},
		{Key: k.Previous, Do: move(-1), Unlisted: true},
		{Key: k.Cancel, Do: nothing(h.Close)},
	}
}

func (s *limitForm) setFocus(to limitField) {
	s.focus = to
	s.joins.Blur()
	s.until.Blur()
	switch to {
	case joinsField:
		s.joins.Focus()
	case untilField:
		s.until.Focus()
	case thenField, limitFields:
	}
}

func (s *limitForm) send(h Host) tea.Cmd {
	f := h.Frame()
	l, err := s.value(f)
	_, on := f.Limit()
	switch {
	case errors.Is(err, errNoLimit) && on:
		h.Close()
		h.Session().DropLimit()
		return h.Say(f.Styles.Warning, "The limit is off: the link works until "+draw.UTC(s.shown.StopsAt())+".")
	case err != nil:
		s.tried = true
		return nil
	case !f.Instance.Production:
		return s.set(h, l)
	}
	question := &confirm{
		shown: s.shown, question: "Have this program close the link at its limit?",
		consequence: "The link will be " + f.limitWords(l) + ".",
	}
	return ask(h, question,
		"set the limit", "No limit was set.", func() tea.Cmd { return s.set(h, l) })
}

// set watches the limit, once the link expires no later than it needs.
func (s *limitForm) set(h Host, l model.Limit) tea.Cmd {
	said := func(besides string) (string, tea.Cmd) {
		h.Session().SetLimit(l)
		return "The link will be " + h.Frame().limitWords(l) + "." + besides, h.Session().RefreshNow()
	}
	stops, shown, api := l.Expiry(), s.shown, h.Session().Instance.API
	if stops.IsZero() || !shown.StopsAt().After(stops) {
		h.Close()
		text, look := said("")
		return tea.Batch(h.Say(h.Frame().Styles.Success, text), look)
	}
	return h.Write(session.Write{
		Doing: "Setting the link's own expiry",
		Do:    func(ctx context.Context) (model.Links, error) { return api.ChangeExpiry(ctx, shown, stops) },
	}, func(_ model.Links, besides string) (string, tea.Cmd) { return said(besides) })
}

// View implements Screen.
func (s *limitForm) View(f Frame) draw.Page {
	d := draw.NewDetails(f.Styles, f.Width)
	d.Page.Add(draw.Keep, " "+f.Styles.Title.Render("Close this link automatically"))
	d.Page.Add(draw.FirstGap, "")
	t, found := f.Links.Find(s.shown.Secret)
	if !found {
		t = s.shown
	}
	d.Fact(draw.Heading, "Joined", strconv.Itoa(t.JoinedCount())+" so far", "")
	d.Input(draw.Keep, "Joins", s.joins)
	d.Input(draw.Keep, "Until", s.until)
	then := 0
	if s.rotate {
		then = 1
	}
	d.Choice(draw.Keep, "Then", []string{"delete it", "rotate it"}, then, s.focus == thenField)
	d.Page.Add(draw.Gap, "")
	s.preview(f, d, t)
	if s.err != nil {
		d.Page.Add(draw.Aside, "")
		d.Page.Add(draw.Keep, draw.Paragraph(f.Styles.Failure, "! "+draw.Sentence(s.err), f.Width-2)...)
	}
	return d.Page
}

// preview shows what will happen, and what holds if the program does not run.
func (s *limitForm) preview(f Frame, d *draw.Details, t model.Token) {
	l, err := s.value(f)
	_, on := f.Limit()
	switch {
	case errors.Is(err, errNoLimit) && on:
		d.Hint(draw.Keep, "Enter with both empty removes the limit")
		return
	case errors.Is(err, errNoLimit) && !s.tried:
		d.Hint(draw.Keep, "how many may join in all, until when, or both: 20, and 18:00, 3h or 24 Dec 18:00")
		return
	case err != nil:
		d.Wrong(draw.Keep, s.tried, err.Error())
		return
	case l.Reached(t, f.Now) != "":
		d.Warn(draw.Vital, f.Styles.Warning, "at once, because "+l.Reached(t, f.Now))
	}
	if !l.At.IsZero() {
		d.Fact(draw.Vital, "Closes", f.localTime(l.At), draw.Relative(l.At, f.Now))
	}
	stops := t.StopsAt()
	if own := l.Expiry(); !own.IsZero() && own.Before(stops) {
		stops = own
	}
	text := "This program checks every few seconds and closes it. If it is not running, the link works until "
	if f.Width < 60 {
		text = "without this program until "
	}
	d.Hint(draw.Hint, text+draw.UTC(stops)+".")
}

// localTime is a time where the user is.
func (f Frame) localTime(at time.Time) string { return at.In(f.Loc).Format("Mon 2 Jan 15:04") }

// limitWords says how and when the link is closed, as in "deleted after 20 joins (6 so far)".
func (f Frame) limitWords(l model.Limit) string {
	t, _ := f.Links.Find(l.Secret)
	var parts []string
	if l.Joins > 0 {
		parts = append(parts, fmt.Sprintf("after %s (%d so far)", draw.Count(l.Joins, "join"), t.JoinedCount()))
	}
	if !l.At.IsZero() {
		parts = append(parts, "at "+f.localTime(l.At))
	}
	then := "deleted "
	if l.Rotate {
		then = "replaced "
	}
	return then + strings.Join(parts, ", or ")
}

// limitRows show the limit that is watched, or the outcome of the last one.
func (f Frame) limitRows(d *draw.Details, shown model.Token) {
	label, text := "Limit", f.LimitEnd()
	if l, on := f.Limit(); on {
		text = f.limitWords(l)
		if t, found := f.Links.Find(l.Secret); found && l.Secret != shown.Secret {
			text = "the link " + strconv.Quote(draw.Truncate(t.Name, 20)) + ": " + text
		}
	}
	if text == "" {
		return
	}
	for i, line := range draw.Wrap(text, d.Width-d.Indent-1) {
		if i == 0 {
			d.Fact(draw.Vital, label, f.Styles.Strong.Render(line), "")
			continue
		}
		d.More(draw.Vital, f.Styles.Strong.Render(line))
	}
}

// AskToLeave asks before a limit is watched no more; where there is none, it does it.
func AskToLeave(h Host, yes string, act func() tea.Cmd) tea.Cmd {
	f := h.Frame()
	l, on := f.Limit()
	if !on {
		return act()
	}
	t, _ := f.Links.Find(l.Secret)
	return openQuestion(h, &confirm{
		shown: t, question: "Leave anyway?",
		consequence: "Its limit is watched only by this program. Without it, the link works until " +
			draw.UTC(t.StopsAt()) + ", however many join.",
		yes: yes, no: "stay", declined: "The limit is still being watched.", act: act,
	})
}
