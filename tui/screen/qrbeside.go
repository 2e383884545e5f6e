package screen

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/qrcode"
	"unleash-invite/tui/session"
)

// besideFrom is the width of a window from which the code of the link stands beside the facts, factsWidth what they need.
const besideFrom, factsWidth = 100, 58

// besideCode is the code beside the facts of the status screen.
type besideCode struct {
	text     string
	code     qrcode.Code
	ready    bool
	encoding slot
}

// Update implements Screen: it makes the code of a link that is new, where there may be room for it.
func (s *Status) Update(h Host, msg tea.Msg) tea.Cmd {
	f := h.Frame()
	t, _ := f.Current()
	if _, ok := msg.(LinksChanged); !ok || f.Window.Width < besideFrom || !t.Live(f.Now) || t.URL == s.beside.text {
		return nil
	}
	s.beside.text, s.beside.ready = t.URL, false
	text := t.URL
	return s.Ask(h, &s.beside.encoding, func(context.Context) session.Take { // making a code takes some milliseconds
		code, ok := qrcode.New(text)
		return func() tea.Cmd {
			s.beside.code, s.beside.ready = code, ok
			return nil
		}
	})
}

// fit is the code as it fits beside the facts in that many rows, if it may be shown.
func (c *besideCode) fit(f Frame, t model.Token, room int) (qrcode.Fit, bool) {
	_, mark, _ := f.Status()
	if mark != "●" || f.Masked || f.ASCII || f.Accessible || !c.ready || c.text != t.URL || f.Width < besideFrom {
		return qrcode.Fit{}, false
	}
	if f.Instance.Demo { // which is said below
		room--
	}
	return c.code.Fit(f.Width-factsWidth-1, room)
}

// lay puts the code at the right of the facts.
func (c *besideCode) lay(f Frame, facts draw.Page, fit qrcode.Fit) draw.Page {
	var p draw.Page
	style, left := qrcode.Style(f.Colourless, false), f.Width-fit.Columns()-1
	rows := fit.Rows()
	for i, row := range rows {
		rows[i] = style.Render(row)
	}
	if f.Instance.Demo {
		rows = append(rows, strings.Repeat(" ", max(fit.Columns()-draw.Width(nowhere), 0)/2)+nowhere)
	}
	for i := range max(len(facts), len(rows)) {
		text := ""
		if i < len(facts) {
			text = draw.Truncate(facts[i].Text, left-1)
		}
		if i < len(rows) {
			text += strings.Repeat(" ", max(left-draw.Width(text), 0)) + rows[i]
		}
		p.Add(draw.Keep, text)
	}
	return p
}
