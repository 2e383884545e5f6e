package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// ReadyAfter is how long after its question was opened a confirmation counts: 150 ms from when it was surely painted, so
// that no key typed before somebody could read it says yes.
const ReadyAfter = 170 * time.Millisecond

// Question is embedded by a screen that asks for a confirmation.
type Question struct {
	Base
	opening slot
	ready   bool
}

// TakesText implements TextTaker.
func (*Question) TakesText() bool { return true }

// await makes the question take its answer after a while.
func (q *Question) await(h Host) tea.Cmd {
	return q.Later(h, &q.opening, ReadyAfter, func() tea.Cmd { q.ready = true; return nil })
}

// once does it if the question has been in sight for a while; until then the key does nothing.
func (q *Question) once(do func() tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		if !q.ready {
			return nil
		}
		return do()
	}
}

// decline takes any key but those in a question's table for a no, and says so.
func decline(h Host, msg tea.Msg, style draw.Pen, said string) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); !ok {
		return nil
	}
	h.Close()
	return h.Say(style, said)
}

// awaiting is a screen that embeds Question.
type awaiting interface {
	Screen
	await(h Host) tea.Cmd
}

// openQuestion lays a question on top.
func openQuestion(h Host, q awaiting) tea.Cmd { return tea.Batch(h.Open(q), q.await(h)) }

// Asking implements the interface of that name.
func (*Question) Asking() {}

// settled does it, or asks first while an earlier write may still arrive: two links could be live then.
func settled(h Host, yes string, do func() tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		if !h.Session().Unsettled() {
			return do()
		}
		t, _ := h.Session().Current()
		return openQuestion(h, &confirm{
			shown: t, question: "Continue anyway?",
			consequence: "An earlier change got no clear answer and may still reach the server: two links could be live then.",
			yes:         yes, no: "cancel", declined: "Nothing was done.", act: do,
		})
	}
}

// confirm asks a question about a link: y acts, any other key does not.
type confirm struct {
	Question
	shown model.Token
	// question and consequence hold what the user reads.
	question, consequence string
	// yes and no hold what the keys do, declined is said after no.
	yes, no, declined string
	act               func() tea.Cmd
}

// Update implements Screen.
func (c *confirm) Update(h Host, msg tea.Msg) tea.Cmd {
	return decline(h, msg, h.Frame().Styles.Plain, c.declined)
}

// Keys implements Screen.
func (c *confirm) Keys(h Host) []Action {
	k := h.Frame().Keys
	return []Action{
		{Key: draw.Does(k.Confirm, c.yes), Do: c.once(func() tea.Cmd { h.Close(); return c.act() })},
		{Key: draw.Does(k.Cancel, c.no)},
	}
}

// View implements Screen.
func (c *confirm) View(f Frame) draw.Page {
	var p draw.Page
	t, found := f.Links.Find(c.shown.Secret) // as the last look had it, while what was shown is acted on
	if !found {
		t = c.shown
	}
	status, mark, meaning := f.statusOf(t)
	p.Add(draw.Keep, f.headlineOf(status, mark, meaning, "", f.Width)...)
	p.Add(draw.Hint, f.proofRow(t, mark+" "+status.String(), f.Width)...)
	p.Add(draw.FirstGap, "")
	p.Add(draw.Vital, linkRows(c.shown.URL, f.Width)...)
	p.Add(draw.Gap, "")
	p.Add(draw.Keep, draw.Paragraph(f.Styles.Strong, c.question, f.Width-2)...)
	p.Add(draw.Warning, draw.Paragraph(f.Styles.Warning, c.consequence, f.Width-2)...)
	return p
}
