package tui

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
)

// badge is what the header says of production.
func (m *Model) badge() string {
	if !m.on.Production {
		return ""
	}
	return m.styles.Badge.Render(" PRODUCTION ")
}

// nameQuestion is a question whose answer is not a key but a name typed out: on
// production nothing is deleted by habit.
type nameQuestion struct {
	// question is the screen that would ask for a key.
	question screen
	// name has to be typed, for what purpose says.
	name, purpose string
	// declined is said when it is not to be.
	declined string
	act      func() tea.Cmd
	typed    textinput.Model
	// tried says that Enter was pressed with another name.
	tried bool
}

// ask opens the question; on production one that wants the profile's name typed.
func (m *Model) ask(question screen, purpose, declined string, act func() tea.Cmd) {
	if !m.on.Production {
		m.open(question)
		return
	}
	g := &nameQuestion{
		question: question, name: cmp.Or(m.on.Profile, m.on.Host), purpose: purpose, declined: declined, act: act,
		typed: draw.NewInput(m.styles, 200),
	}
	g.typed.Focus()
	m.open(g)
}

func (g *nameQuestion) matches() bool { return strings.TrimSpace(g.typed.Value()) == g.name }

func (g *nameQuestion) update(m *Model, msg tea.Msg) tea.Cmd {
	msg = draw.Printable(msg)
	switch press := msg.(type) {
	case tea.PasteMsg:
	case tea.KeyPressMsg:
		switch {
		case key.Matches(press, m.keyMap.Cancel):
			m.close()
			return m.say(m.styles.Faint, g.declined)
		case key.Matches(press, m.keyMap.Submit):
			if g.tried = !g.matches(); g.tried {
				return nil
			}
			m.close()
			return g.act()
		case key.Matches(press, m.keyMap.Next):
			return g.question.update(m, press) // of a choice that the question has
		}
	default:
		return nil
	}
	g.tried = false
	var cmd tea.Cmd
	g.typed, cmd = g.typed.Update(msg)
	return cmd
}

// keys are the question's, with Enter for what y would do.
func (g *nameQuestion) keys(m *Model) []key.Binding {
	keys := g.question.keys(m)
	for i, b := range keys {
		if b.Help().Key == m.keyMap.Confirm.Help().Key {
			keys[i] = draw.Does(m.keyMap.Submit, b.Help().Desc)
			keys[i].SetEnabled(g.matches())
		}
	}
	return keys
}

func (g *nameQuestion) view(m *Model, width, height int) draw.Page {
	d := draw.NewDetails(m.styles, width)
	d.Page.Add(draw.Gap, "")
	d.Page.Add(draw.Keep, draw.Paragraph(m.styles.Production, "This is production: type "+g.name+" to "+g.purpose+".", width-2)...)
	d.Input(draw.Keep, "Name", g.typed)
	if g.tried {
		d.Wrong(draw.Keep, true, "that is not "+g.name+", so nothing was done")
	}
	return append(g.question.view(m, width, height-len(d.Page)), d.Page...)
}
