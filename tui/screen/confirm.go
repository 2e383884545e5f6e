package screen

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// confirm asks a question about a link: y acts, any other key does not.
type confirm struct {
	Base
	shown model.Token
	// question and consequence hold what the user reads.
	question, consequence string
	// yes and no hold what the keys do, declined is said after no.
	yes, no, declined string
	act               func() tea.Cmd
}

// TakesText implements TextTaker.
func (*confirm) TakesText() bool { return true }

// Update implements Screen.
func (c *confirm) Update(h Host, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); !ok {
		return nil
	}
	h.Close()
	return h.Say(h.Frame().Styles.Faint, c.declined)
}

// Keys implements Screen.
func (c *confirm) Keys(h Host) []Action {
	k := h.Frame().Keys
	return []Action{
		{Key: draw.Does(k.Confirm, c.yes), Do: func() tea.Cmd { h.Close(); return c.act() }},
		{Key: draw.Does(k.Cancel, c.no)},
	}
}

// View implements Screen.
func (c *confirm) View(f Frame) draw.Page {
	var p draw.Page
	status, mark, meaning := f.statusOf(c.shown)
	p.Add(draw.Keep, f.headlineOf(status, mark, meaning, "", f.Width)...)
	p.Add(draw.FirstGap, "")
	p.Add(draw.Vital, linkRows(c.shown.URL, f.Width)...)
	p.Add(draw.Gap, "")
	p.Add(draw.Keep, draw.Paragraph(f.Styles.Strong, c.question, f.Width-2)...)
	p.Add(draw.Warning, draw.Paragraph(f.Styles.Warning, c.consequence, f.Width-2)...)
	return p
}
