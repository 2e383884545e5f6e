package screen

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// receipt shows the steps of a rotation as they are taken, with what the server answered, and then stays until the next
// key, which means what it means on the screen below.
type receipt struct {
	Base
	old []model.Token
	// steps are those taken so far; ended are those of the whole rotation, once it is over.
	steps, ended []model.StepReport
	over         bool
	// err is the failure; done reports that the rotation was carried out anyway.
	err  error
	done bool
	// made is the new link, said what is told of it first.
	made model.Token
	said func(f Frame) string
	// copied is the clipboard's report.
	copied string
}

// Over reports that only the receipt is left: the next key closes it.
func (r *receipt) Over() bool { return r.over }

// Changing implements the interface of that name: from the first deletion on the old link no longer counts, and the new one
// not before the end.
func (r *receipt) Changing(Frame) bool { return !r.over && len(r.steps) > 0 }

// take records the progress of a step.
func (r *receipt) take(step model.StepReport) {
	if n := len(r.steps); n > 0 && r.steps[n-1].Step == step.Step {
		r.steps = r.steps[:n-1]
	}
	r.steps = append(r.steps, step)
}

// Written implements Writer. Where no step was begun there is nothing to show.
func (r *receipt) Written(h Host, o session.Outcome) (cmd tea.Cmd, stays bool) {
	if len(r.ended) == 0 {
		return nil, false
	}
	r.steps = nil
	for _, step := range r.ended {
		r.take(step)
	}
	r.over, r.err, r.done = true, o.Err, o.Done()
	if !o.Done() || r.made.URL == "" {
		return nil, true
	}
	return CopyLink(h, r.made, r.told(h.Frame(), o.Links, "")), true
}

// GivenUp implements Writer.
func (*receipt) GivenUp() bool { return false }

// told is all that the receipt says but the steps, for where it can't be seen.
func (r *receipt) told(f Frame, links model.Links, besides string) string {
	text := r.said(f) + besides + " "
	if accounts := letIn(links, r.old); accounts != "" {
		text += accounts + " "
	}
	return text
}

// Copied implements CopyTeller.
func (r *receipt) Copied(text, said string) bool {
	if !r.over || text != r.made.URL {
		return false
	}
	r.copied = said
	return true
}

// Update implements Screen.
func (*receipt) Update(Host, tea.Msg) tea.Cmd { return nil }

// Keys implements Screen. The root answers the keys: while a write is under way, and by the screen below once it is over.
func (*receipt) Keys(Host) []Action { return nil }

// View implements Screen.
func (r *receipt) View(f Frame) draw.Page {
	var p draw.Page
	title, style := "Rotating the invite link", draw.Pen(f.Styles.Title)
	switch {
	case r.over && r.done:
		title, style = r.said(f), f.Styles.Success
	case r.over:
		title = "The rotation was not finished"
	}
	p.Add(draw.Keep, draw.Paragraph(style, title, f.Width-2)...)
	p.Add(draw.FirstGap, "")
	t := tableOf(f)
	if head := t.head(f.Styles.Faint); head != "" {
		p.Add(draw.Hint, head)
	}
	for _, step := range r.steps {
		drop := draw.Keep
		if r.err != nil && step.State == model.StepDone { // what went wrong matters more
			drop = draw.Extra
		}
		p.Add(drop, t.row(f, step, r.words(step, t.wide)))
	}
	if r.copied != "" {
		p.Add(draw.Keep, marked(f.Styles.Success, "✓", r.copied, f.Width)...)
	}
	if r.over {
		p = append(p, r.below(f)...)
	}
	return p
}

// below is the outcome of the rotation: what went wrong, the new link, and who joined by the old ones.
func (r *receipt) below(f Frame) draw.Page {
	var p draw.Page
	if r.err != nil {
		style := f.Styles.Failure
		if r.done {
			style = f.Styles.Warning
		}
		p.Add(draw.Aside, "")
		p.Add(draw.Keep, draw.Paragraph(style, draw.Sentence(r.err), f.Width-2)...)
	}
	if r.made.URL != "" && r.done {
		p.Add(draw.Aside, "")
		p.Add(draw.Warning, linkRows(r.made.URL, f.Width)...)
	}
	if text := letIn(f.Links, r.old); text != "" && r.deleted() {
		p.Add(draw.Aside, "")
		p.Add(draw.Vital, draw.Paragraph(f.Styles.Warning, text, f.Width-2)...)
	}
	return p
}

// deleted reports that the old links are gone.
func (r *receipt) deleted() bool {
	for _, step := range r.steps {
		if step.Step == model.StepDelete {
			return step.State == model.StepDone
		}
	}
	return false
}

// words name a step while it runs and once it went well.
func (r *receipt) words(step model.StepReport, wide bool) string {
	old, they, refuses := "the old link", "it", "the old link"
	if n := len(r.old); n > 1 {
		old, they = fmt.Sprintf("the %d old links", n), "them"
		refuses = old
	}
	done := step.State == model.StepDone
	switch step.Step {
	case model.StepDelete:
		return verb(done, "deleted", "deleting") + " " + old
	case model.StepRefused:
		if done && wide {
			return "the server refuses " + refuses
		} else if wide {
			return "asking whether the server refuses " + they
		}
		return verb(done, "refused: ", "asking about ") + strings.TrimPrefix(old, "the ")
	case model.StepCreate:
		return verb(done, "created", "creating") + " the new link"
	case model.StepAccepted:
		if done && wide {
			return "the server accepts the new link"
		} else if wide {
			return "asking whether the server accepts it"
		}
		return verb(done, "accepted: ", "asking about ") + "new link"
	}
	return ""
}

func verb(done bool, past, present string) string {
	if done {
		return past
	}
	return present
}

// stepTable is the columns of the steps.
type stepTable struct {
	wide bool
	// words is the width of the column of words.
	words int
}

// askedWidth is the width of the column of what was asked, factWidth those of the answer and of the time.
const askedWidth, factWidth = 15, 10

func tableOf(f Frame) stepTable {
	if f.Width < 2*MinWidth {
		return stepTable{words: f.Width - 3 - 5 - 8}
	}
	return stepTable{wide: true, words: 40}
}

// head names the columns, where there is room.
func (t stepTable) head(style draw.Pen) string {
	if !t.wide {
		return ""
	}
	return " " + style.Render(strings.Repeat(" ", t.words+2)+cell("asked", askedWidth)+cell("answered", factWidth)+"took")
}

func (t stepTable) row(f Frame, step model.StepReport, words string) string {
	mark, style := f.underWay(), draw.Pen(f.Styles.Strong)
	switch step.State {
	case model.StepBegun:
	case model.StepDone:
		mark, style = "✓", f.Styles.Success
	case model.StepFailed:
		mark, style = "✗", f.Styles.Failure
	case model.StepUnsure:
		mark, style = unknownMark, f.Styles.Warning
	}
	text := " " + style.Render(mark) + " " + cell(words, t.words)
	asked := map[model.Step]string{
		model.StepDelete: "PUT", model.StepRefused: "GET validate", model.StepCreate: "POST", model.StepAccepted: "GET validate",
	}[step.Step]
	if t.wide {
		text += cell(asked, askedWidth)
	}
	if step.State == model.StepBegun {
		return strings.TrimRight(text, " ")
	}
	status, width := "none", factWidth
	if step.Status != 0 {
		status = strconv.Itoa(step.Status)
	}
	if !t.wide {
		width = 5
	}
	return text + cell(status, width) + took(step.Took)
}

// took is how long a step took.
func took(d time.Duration) string {
	switch {
	case d < 100*time.Microsecond:
		return "<0.1 ms"
	case d < time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return draw.Span(d)
}

// marked is a text behind a mark, broken into rows.
func marked(style draw.Pen, mark, text string, width int) []string {
	lines := draw.Wrap(text, width-4)
	for i, line := range lines {
		if i == 0 {
			lines[i] = " " + style.Render(mark) + " " + line
		} else {
			lines[i] = "   " + line
		}
	}
	return lines
}
