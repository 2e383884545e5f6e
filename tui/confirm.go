package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// confirm asks a question about a link: y acts, any other key does not.
type confirm struct {
	shown model.Token
	// question and consequence are what the person reads.
	question, consequence string
	// yes and no say what the keys do, declined what is said after no.
	yes, no, declined string
	act               func() tea.Cmd
}

func (c *confirm) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	m.close()
	if key.Matches(press, m.keyMap.Confirm) {
		return c.act()
	}
	return m.say(m.styles.Faint, c.declined)
}

func (c *confirm) keys(m *Model) []key.Binding {
	return []key.Binding{draw.Does(m.keyMap.Confirm, c.yes), draw.Does(m.keyMap.Cancel, c.no)}
}

func (c *confirm) view(m *Model, width, _ int) draw.Page {
	var p draw.Page
	status, mark, meaning := m.statusOf(c.shown)
	p.Add(draw.Keep, m.headlineOf(status, mark, meaning, "", width)...)
	p.Add(draw.FirstGap, "")
	p.Add(draw.Vital, linkRows(c.shown.URL, width)...)
	p.Add(draw.Gap, "")
	p.Add(draw.Keep, draw.Paragraph(m.styles.Strong, c.question, width-2)...)
	p.Add(draw.Warning, draw.Paragraph(m.styles.Warning, c.consequence, width-2)...)
	return p
}
