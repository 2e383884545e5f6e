package tui

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// cantRotate says why the link can't be rotated, or nothing.
func cantRotate(t model.Token) string {
	if t.Secret == "" {
		return "There is no link to rotate: n makes one."
	}
	return ""
}

const notRotated = "Nothing was rotated."

// confirmRotate asks whether all live links are to be replaced by a new one.
type confirmRotate struct {
	old   []model.Token
	shown model.Token
	// lifetimes are those that the new link can get, that of the old one first.
	lifetimes []model.Preset
	chosen    int
}

func (m *Model) openRotate(shown model.Token) tea.Cmd {
	lifetimes := []model.Preset{{Label: "same lifetime", Span: shown.Lifetime()}}
	c := &confirmRotate{
		old: m.links.Live(m.now()), shown: shown,
		lifetimes: append(lifetimes, model.Presets()...),
	}
	m.ask(c, "rotate its link", notRotated, func() tea.Cmd { return m.rotate(c) })
	return nil
}

func (c *confirmRotate) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		return nil
	case key.Matches(press, m.keyMap.Next):
		c.chosen = (c.chosen + 1) % len(c.lifetimes)
		return nil
	}
	m.close()
	if key.Matches(press, m.keyMap.Confirm) {
		return m.rotate(c)
	}
	return m.say(m.styles.Faint, notRotated)
}

func (c *confirmRotate) keys(m *Model) []key.Binding {
	return []key.Binding{
		draw.Does(m.keyMap.Next, "another lifetime"), draw.Does(m.keyMap.Confirm, "rotate and copy"), draw.Does(m.keyMap.Cancel, "cancel"),
	}
}

func (c *confirmRotate) view(m *Model, width, height int) draw.Page {
	d := draw.NewDetails(m.styles, width)
	d.Page.Add(draw.Keep, " "+m.styles.Title.Render(c.title()))
	d.Page.Add(draw.FirstGap, "")
	c.listOld(d, height-rotateRows)
	e := c.lifetimes[c.chosen].Span.From(m.now())
	d.Page.Add(draw.FirstGap, "")
	d.Fact(draw.Keep, "New link", c.lifetimes[c.chosen].Label, "")
	d.Fact(draw.Keep, "Stops working", draw.UTC(e.StopsAt()), draw.Relative(e.StopsAt(), m.now()))
	d.Page.Add(draw.Gap, "")
	switch {
	case len(c.old) == 1:
		d.Page.Add(draw.Keep, draw.Paragraph(m.styles.Warning, "The old link stops working at once.", width-2)...)
	case len(c.old) > 1:
		d.Page.Add(draw.Keep, draw.Paragraph(m.styles.Warning, "All of them stop working at once.", width-2)...)
	}
	d.Page.Add(draw.Extra, draw.Paragraph(m.styles.Warning, "Accounts already made stay.", width-2)...)
	return d.Page
}

// title names how many links go and how many users they let in, since not all of them may fit below.
func (c *confirmRotate) title() string {
	if len(c.old) < 2 {
		return "Rotate the invite link?"
	}
	joined := 0
	for _, t := range c.old {
		joined += len(t.Joined)
	}
	return fmt.Sprintf("Rotate all %d live links (%d joined)?", len(c.old), joined)
}

// rotateRows are the rows of the question beside its list, in a low window.
const rotateRows = 5

// listOld lists the links that go, as many as fit.
func (c *confirmRotate) listOld(d *draw.Details, room int) {
	if len(c.old) == 0 {
		d.Fact(draw.Vital, "Deletes", "none: no link works now", "")
		return
	}
	shown := c.old
	if room = max(room, 2); len(shown) > room {
		shown = shown[:room-1]
	}
	name := min(d.Width-d.Indent-13, 24)
	for i, t := range shown {
		label := ""
		if i == 0 {
			label = "Deletes"
		}
		d.Fact(draw.Keep, label, cell(c.called(t, name-1), name)+" "+strconv.Itoa(len(t.Joined))+" joined", "")
	}
	if more := len(c.old) - len(shown); more > 0 {
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

// rotate replaces the links step by step, in sight of the person.
func (m *Model) rotate(c *confirmRotate) tea.Cmd {
	if reason := m.readOnlyReason(); reason != "" {
		return m.say(m.styles.Warning, reason)
	}
	e := c.lifetimes[c.chosen].Span.From(m.now())
	wish := model.Rotation{Old: c.old, Name: c.shown.Name, ExpiresAt: e.At}
	if strings.TrimSpace(wish.Name) == "" {
		wish.Name = model.DefaultName
	}
	api := m.on.API
	steps := make(chan model.Step, 8) // more than there are, so that a step never waits for the screen
	var made model.Token
	op := func(ctx context.Context) (model.Links, error) {
		defer close(steps)
		links, token, err := api.Rotate(ctx, wish, func(s model.Step) { steps <- s })
		made = token
		return links, err
	}
	write := m.write("Rotating the link", op, func(_ model.Links, besides string) (string, tea.Cmd) {
		text := "Rotated: " + m.outcome(made, e) + besides + " "
		return text, m.copyLink(made, text)
	})
	for _, t := range slices.Backward(c.old) { // the current one comes first
		m.action.deletes = append(m.action.deletes, t.Secret)
	}
	m.open(&rotating{step: -1})
	return tea.Batch(write, nextStep(m.action.number, steps))
}

// stepMsg says that the rotation takes a step.
type stepMsg struct {
	action int
	step   model.Step
	steps  <-chan model.Step
}

// nextStep waits for the rotation's next step.
func nextStep(action int, steps <-chan model.Step) tea.Cmd {
	return func() tea.Msg {
		step, ok := <-steps
		if !ok {
			return nil
		}
		return stepMsg{action, step, steps}
	}
}

func (m *Model) stepped(msg stepMsg) tea.Cmd {
	if r, ok := m.top().(*rotating); ok && msg.action == m.action.number {
		r.step = msg.step
	}
	return nextStep(msg.action, msg.steps)
}

// rotating shows how far the rotation is; it goes when it is over.
type rotating struct{ step model.Step }

// closeSteps leaves the rotation's screen, once it is over or was given up.
func (m *Model) closeSteps() {
	if _, ok := m.top().(*rotating); ok {
		m.close()
	}
}

func (*rotating) update(*Model, tea.Msg) tea.Cmd { return nil }

func (*rotating) keys(m *Model) []key.Binding {
	return []key.Binding{draw.Does(m.keyMap.Back, "stop"), m.keyMap.Quit}
}

func (r *rotating) view(m *Model, _, _ int) draw.Page {
	var p draw.Page
	p.Add(draw.Keep, " "+m.styles.Title.Render("Rotating the invite link"))
	p.Add(draw.FirstGap, "")
	for i, words := range []string{
		"delete the old link", "the server refuses it", "make the new link", "the server accepts it", "copy it",
	} {
		mark, style := "○", m.styles.Faint
		switch step := model.Step(i); {
		case step < r.step:
			mark, style = "●", m.styles.Success
		case step == r.step:
			mark, style = m.spinner.View(), m.styles.Strong
		}
		p.Add(draw.Keep, "   "+style.Render(mark+" "+strconv.Itoa(i+1)+"  "+words))
	}
	return p
}
