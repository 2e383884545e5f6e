package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/qrcode"
)

// qrScreen shows a link as a QR code, as large as the window lets it, so it has
// the rows of the header and of the footer, too, but for the keys.
type qrScreen struct {
	// secret is the chosen link's; without one it is the current link, whichever that is.
	secret string
	// text is what the code stands for.
	text     string
	code     qrcode.Code
	state    qrState
	inverted bool
}

// qrState is how far a code is.
type qrState int

const (
	qrUnderWay qrState = iota
	qrReady
	qrTooLong // no code holds the text
)

// qrMsg says that the code of a text has been made.
type qrMsg struct {
	text  string
	code  qrcode.Code
	state qrState
}

func (m *Model) openQR(s *qrScreen) tea.Cmd {
	m.open(s)
	return s.update(m, linksChangedMsg{})
}

func (s *qrScreen) link(m *Model) (model.Token, bool) {
	if s.secret == "" {
		return m.current()
	}
	return m.links.Find(s.secret)
}

func (s *qrScreen) update(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case linksChangedMsg:
		if t, _ := s.link(m); t.URL != s.text {
			s.text, s.state = t.URL, qrUnderWay
			return encode(t.URL)
		}
	case tea.KeyPressMsg:
		return s.press(m, msg)
	}
	return nil
}

// encode makes the code of a text; that takes some milliseconds.
func encode(text string) tea.Cmd {
	return func() tea.Msg {
		if code, ok := qrcode.New(text); ok {
			return qrMsg{text, code, qrReady}
		}
		return qrMsg{text: text, state: qrTooLong}
	}
}

func (m *Model) coded(msg qrMsg) {
	if s, ok := m.top().(*qrScreen); ok && msg.text == s.text {
		s.code, s.state = msg.code, msg.state
	}
}

func (s *qrScreen) press(m *Model, msg tea.KeyPressMsg) tea.Cmd {
	t, ok := s.link(m)
	switch k := m.keyMap; {
	case key.Matches(msg, k.Back, k.Code):
		m.close()
	case key.Matches(msg, k.Invert):
		s.inverted = !s.inverted
	case key.Matches(msg, k.Copy) && ok:
		return m.copyLink(t, "")
	}
	return nil
}

func (s *qrScreen) keys(m *Model) []key.Binding {
	k := m.keyMap
	return []key.Binding{k.Copy, k.Invert, k.Mask, k.Quit, k.Help, k.Back}
}

// view says why there is no code, for a window that has none.
func (s *qrScreen) view(m *Model, width, _ int) draw.Page {
	var p draw.Page
	t, ok := s.link(m)
	if !ok {
		p.Add(draw.Keep, draw.Paragraph(m.styles.Warning, "There is no link to show.", width-2)...)
		return p
	}
	status, mark, meaning := s.standing(m, t)
	p.Add(draw.Keep, m.headlineOf(status, mark, meaning, "", width)...)
	p.Add(draw.FirstGap, "")
	p.Add(draw.Vital, linkRows(t.URL, width)...)
	p.Add(draw.Gap, "")
	p.Add(draw.Keep, draw.Paragraph(m.styles.Warning, s.cantShow(m, t), width-2)...)
	return p
}

// cantShow says why there is no code to scan, or nothing.
func (s *qrScreen) cantShow(m *Model, t model.Token) string {
	switch {
	case !t.Live(m.now()):
		return "Nobody can join with this link, so there is no code to scan."
	case m.mask.On:
		return "Secrets are masked, and the code would show this one: m shows them."
	case m.ascii:
		return "This terminal has no signs to draw a code with, by what TERM, LC_ALL, LC_CTYPE and LANG say of it."
	case s.state == qrUnderWay:
		return ""
	case s.state == qrTooLong:
		return "The link is too long for any QR code."
	}
	_, urgent := s.line(m, t)
	width, height := s.least(t, urgent)
	return fmt.Sprintf("The window is too small for this link's code: it is %d×%d, and %d×%d is needed.", m.width, m.height, width, height)
}

// standing is how it stands with the link, with the mark and what it means.
func (s *qrScreen) standing(m *Model, t model.Token) (status model.Status, mark, meaning string) {
	if m.stale() {
		was := t.Status(m.links.FetchedAt).String()
		return model.StatusUnknown, "○", "it was " + was + " " + draw.Relative(m.links.FetchedAt, m.now())
	}
	return m.statusOf(t)
}

// poster is the whole window with the code above its link, and below them in one
// line how it stands with the link; nothing when there is no code to show. What
// there is no room for gives way: the header, the blanks, then that line, unless
// it is a warning.
func (s *qrScreen) poster(m *Model) draw.Page {
	t, ok := s.link(m)
	if !ok || s.state != qrReady || !t.Live(m.now()) || m.mask.On || m.ascii {
		return nil
	}
	line, urgent := s.line(m, t)
	below, keys := linkRows(t.URL, m.width), " "+m.keyRow(m.width-2)
	fit, ok := s.code.Fit(m.width, m.height-len(below)-2)
	switch {
	case ok:
		below = append(below, line)
	case urgent:
		return nil
	default:
		keys = s.shortly(m, t)
		if fit, ok = s.code.Fit(m.width, m.height-len(below)-1); !ok {
			return nil
		}
	}
	return s.lay(m, fit, below, keys)
}

// line is how it stands with the link, or what just happened; urgent when people
// should not scan before they have read it.
func (s *qrScreen) line(m *Model, t model.Token) (line string, urgent bool) {
	status, mark, meaning := s.standing(m, t)
	urgent = mark != "●"
	if !urgent {
		meaning = "stops working " + draw.UTC(t.StopsAt()) + ", " + draw.Relative(t.StopsAt(), m.now())
	}
	line = m.styles.Status[status].Render(mark+" "+status.String()) + "   " + meaning
	if m.notice.text != "" && !urgent {
		line = m.notice.style.Render(m.notice.text)
	}
	return draw.Truncate(line, m.width), urgent
}

// shortly is the last row where the line has none of its own: the status, and the
// keys or, for a while, what just happened.
func (s *qrScreen) shortly(m *Model, t model.Token) string {
	status, mark, _ := s.standing(m, t)
	head := " " + m.styles.Status[status].Render(mark+" "+status.String()) + "   "
	if m.notice.text != "" {
		return head + m.notice.style.Render(m.notice.text)
	}
	return head + m.keyRow(m.width-1-draw.Width(head))
}

// least is the size of the smallest window for the link's code.
func (s *qrScreen) least(t model.Token, urgent bool) (width, height int) {
	width, height = s.code.Least()
	width = max(width, minWidth)
	height += len(linkRows(t.URL, width)) + 1 // the keys
	if urgent {
		height++
	}
	return width, max(height, minHeight)
}

// lay puts the code above the lines, in the middle of the window.
func (s *qrScreen) lay(m *Model, fit qrcode.Fit, below []string, keys string) draw.Page {
	var p draw.Page
	left := m.height - len(below) - 1 - len(fit.Rows())
	blank := func(n int) {
		for range n {
			p.Add(draw.Keep, "")
		}
	}
	if left > 0 {
		p.Add(draw.Keep, m.header())
		left--
	}
	blank(left / 3)
	style := qrcode.Style(m.colourless, s.inverted)
	margin := strings.Repeat(" ", (m.width-fit.Columns())/2)
	for _, r := range fit.Rows() {
		p.Add(draw.Keep, margin+style.Render(r))
	}
	blank((left + 1) / 3)
	for _, line := range below {
		line = strings.TrimPrefix(line, " ")
		p.Add(draw.Keep, strings.Repeat(" ", (m.width-draw.Width(line))/2)+line)
	}
	blank(m.height - 1 - len(p))
	return append(p, draw.Row{Text: keys})
}
