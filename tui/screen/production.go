package screen

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
)

// typedQuestion is a question whose answer is not a key but a word typed out, so that nothing is deleted by habit.
type typedQuestion struct {
	Base
	// question is the screen that would ask for a key.
	question Screen
	// word returns what has to be typed, nothing when Enter is enough; label is the field's, why says so.
	word  func() string
	label string
	why   func() string
	style draw.Pen
	// declined is said when it is not to be.
	declined string
	act      func() tea.Cmd
	typed    textinput.Model
	// tried reports that Enter was pressed with another answer.
	tried bool
}

// ask opens the question; on production one that wants the profile's name typed.
func ask(h Host, question awaiting, purpose, declined string, act func() tea.Cmd) tea.Cmd {
	f := h.Frame()
	if !f.Instance.Production {
		return openQuestion(h, question)
	}
	name := cmp.Or(f.Instance.Profile, f.Instance.Host)
	return askTyped(h, &typedQuestion{
		question: question, declined: declined, act: act, label: "Name", style: f.Styles.Production,
		word: func() string { return name },
		why:  func() string { return "This is production: type " + name + " to " + purpose + "." },
	})
}

// askTyped opens a question whose answer is typed.
func askTyped(h Host, q *typedQuestion) tea.Cmd { return q.askAs(h, q) }

// askAs opens the question as the screen, which is it in a wrapper.
func (q *typedQuestion) askAs(h Host, as Screen) tea.Cmd {
	q.typed = draw.NewInput(h.Frame().Styles, 200)
	q.typed.Focus()
	return h.Open(as)
}

func (q *typedQuestion) matches() bool { return evenly(q.typed.Value()) == evenly(q.word()) }

// evenly is a text with the same space around each of its commas.
func evenly(text string) string {
	parts := strings.Split(text, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, ", ")
}

// Asking implements the interface of that name.
func (*typedQuestion) Asking() {}

// TakesText implements TextTaker.
func (*typedQuestion) TakesText() bool { return true }

// Update implements Screen.
func (q *typedQuestion) Update(_ Host, msg tea.Msg) tea.Cmd {
	msg = draw.Printable(msg)
	switch msg.(type) {
	case tea.PasteMsg, tea.KeyPressMsg:
		q.tried = false
		var cmd tea.Cmd
		q.typed, cmd = q.typed.Update(msg)
		return cmd
	}
	return nil
}

// Keys implements Screen: they are the question's, with Enter for what y would do.
func (q *typedQuestion) Keys(h Host) []Action {
	f := h.Frame()
	var all []Action
	for _, a := range q.question.Keys(h) {
		switch a.Key.Help().Key {
		case f.Keys.Confirm.Help().Key:
			a = Action{Key: draw.Does(f.Keys.Submit, a.Key.Help().Desc), Do: func() tea.Cmd { return q.submit(h) }, Unlisted: !q.matches()}
		case f.Keys.Cancel.Help().Key:
			a.Do = func() tea.Cmd { h.Close(); return h.Say(f.Styles.Plain, q.declined) }
		}
		all = append(all, a)
	}
	return all
}

func (q *typedQuestion) submit(h Host) tea.Cmd {
	if q.tried = !q.matches(); q.tried {
		return nil
	}
	h.Close()
	return q.act()
}

// View implements Screen.
func (q *typedQuestion) View(f Frame) draw.Page {
	d := draw.NewDetails(f.Styles, f.Width)
	d.Page.Add(draw.Gap, "")
	d.Page.Add(draw.Keep, draw.Paragraph(q.style, q.why(), f.Width-2)...)
	d.Input(draw.Keep, q.label, q.typed)
	if q.tried {
		d.Wrong(draw.Keep, true, "that is not "+cmp.Or(q.word(), "empty")+", so nothing was done")
	}
	f.Height -= len(d.Page)
	return append(q.question.View(f), d.Page...)
}
