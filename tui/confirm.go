package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
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

func (c confirm) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	m.close()
	if key.Matches(press, m.keyMap.Confirm) {
		return c.act()
	}
	return m.say(m.styles.faint, c.declined)
}

func (c confirm) keys(m *Model) []key.Binding {
	return []key.Binding{does(m.keyMap.Confirm, c.yes), does(m.keyMap.Cancel, c.no)}
}

func (c confirm) view(m *Model, width, _ int) page {
	var p page
	status, mark, meaning := m.statusOf(c.shown)
	p.add(0, m.headlineOf(status, mark, meaning, width)...)
	p.add(9, "")
	p.add(1, linkRows(c.shown.URL, width)...)
	p.add(8, "")
	p.add(0, paragraph(m.styles.strong, c.question, width-2)...)
	p.add(2, paragraph(m.styles.warning, c.consequence, width-2)...)
	return p
}
