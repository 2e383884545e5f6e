package screen

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/qrcode"
	"unleash-invite/tui/session"
)

// qr shows a link as a QR code, as large as the window lets it, so it has
// the rows of the header and of the footer, too, but for the keys.
type qr struct {
	Base
	// secret is the chosen link's; without one it is the current link, whichever that is.
	secret string
	// text is encoded in the code.
	text     string
	code     qrcode.Code
	state    qrState
	inverted bool
	encoding slot
}

// qrState is how far a code is.
type qrState int

const (
	qrUnderWay qrState = iota
	qrReady
	qrTooLong // no code holds the text
)

func openQR(h Host, s *qr) tea.Cmd { return tea.Batch(h.Open(s), s.Update(h, LinksChanged{})) }

func (s *qr) link(f Frame) (model.Token, bool) {
	if s.secret == "" {
		return f.Current()
	}
	return f.Links.Find(s.secret)
}

// Update implements Screen.
func (s *qr) Update(h Host, msg tea.Msg) tea.Cmd {
	t, _ := s.link(h.Frame())
	if _, ok := msg.(LinksChanged); !ok || t.URL == s.text {
		return nil
	}
	s.text, s.state = t.URL, qrUnderWay
	text := s.text
	return s.Ask(h, &s.encoding, func(context.Context) session.Take { // making a code takes some milliseconds
		code, ok := qrcode.New(text)
		return func() tea.Cmd {
			if s.code, s.state = code, qrReady; !ok {
				s.state = qrTooLong
			}
			return nil
		}
	})
}

// Keys implements Screen.
func (s *qr) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	t, ok := s.link(f)
	return []Action{
		{Key: k.Copy, Do: func() tea.Cmd { return CopyLink(h, t, "") }, Off: !ok},
		{Key: k.Invert, Do: nothing(func() { s.inverted = !s.inverted })},
		{Key: k.Mask}, {Key: k.Quit}, {Key: k.Help}, {Key: k.Back, Do: nothing(h.Close)},
		{Key: k.Code, Do: nothing(h.Close), Unlisted: true},
	}
}

// View implements Screen. It says why there is no code, for a window that has none.
func (s *qr) View(f Frame) draw.Page {
	var p draw.Page
	t, ok := s.link(f)
	if !ok {
		p.Add(draw.Keep, draw.Paragraph(f.Styles.Warning, "There is no link to show.", f.Width-2)...)
		return p
	}
	status, mark, meaning := s.standing(f, t)
	p.Add(draw.Keep, f.headlineOf(status, mark, meaning, "", f.Width)...)
	p.Add(draw.FirstGap, "")
	p.Add(draw.Vital, linkRows(t.URL, f.Width)...)
	p.Add(draw.Gap, "")
	p.Add(draw.Keep, draw.Paragraph(f.Styles.Warning, s.cantShow(f, t), f.Width-2)...)
	return p
}

// cantShow says why there is no code to scan, or nothing.
func (s *qr) cantShow(f Frame, t model.Token) string {
	switch {
	case !t.Live(f.Now):
		return "Nobody can join with this link, so there is no code to scan."
	case f.Masked:
		return "Secrets are masked, and the code would show this one: m shows them."
	case f.Accessible:
		return "The code is not drawn, because ACCESSIBLE is set: c copies the link."
	case f.ASCII:
		return "This terminal has no characters to draw a code with, according to TERM, LC_ALL, LC_CTYPE and LANG."
	case s.state == qrUnderWay:
		return ""
	case s.state == qrTooLong:
		return "The link is too long for any QR code."
	}
	_, urgent := s.line(f, t)
	width, height := s.least(t, urgent)
	return fmt.Sprintf("The window is too small for this link's code: it is %d×%d, and %d×%d is needed.",
		f.Window.Width, f.Window.Height, width, height)
}

// standing is how it stands with the link, with the mark and what it means.
func (s *qr) standing(f Frame, t model.Token) (status model.Status, mark, meaning string) {
	if f.Stale() {
		was := t.Status(f.fetchedAt()).String()
		return model.StatusUnknown, unknownMark, "it was " + was + " " + draw.Relative(f.fetchedAt(), f.Now)
	}
	return f.statusOf(t)
}

// Poster implements Poster: it is the whole window with the code above its link, and below them in one
// line how it stands with the link; nothing when there is no code to show. What
// there is no room for gives way: the header, the blanks, then that line, unless
// it is a warning.
func (s *qr) Poster(f Frame) draw.Page {
	t, ok := s.link(f)
	if !ok || s.state != qrReady || !t.Live(f.Now) || f.Masked || f.ASCII || f.Accessible {
		return nil
	}
	line, urgent := s.line(f, t)
	below, keys := linkRows(t.URL, f.Window.Width), " "+f.KeyRow(f.Window.Width-2)
	fit, ok := s.code.Fit(f.Window.Width, f.Window.Height-len(below)-2)
	switch {
	case ok:
		below = append(below, line)
	case urgent:
		return nil
	default:
		keys = s.shortly(f, t)
		if fit, ok = s.code.Fit(f.Window.Width, f.Window.Height-len(below)-1); !ok {
			return nil
		}
	}
	return s.lay(f, fit, below, keys)
}

// line is how it stands with the link, or what just happened; urgent when people
// should not scan before they have read it.
func (s *qr) line(f Frame, t model.Token) (line string, urgent bool) {
	status, mark, meaning := s.standing(f, t)
	urgent = mark != "●"
	line = f.badge(status, mark) + "   "
	if urgent || f.since(t) != "" {
		line += meaning
	} else {
		line += s.until(f, t, f.Window.Width-draw.Width(line)-1)
	}
	if f.Notice != "" && !urgent {
		line = f.Notice
	}
	return draw.Truncate(line, f.Window.Width), urgent
}

// badge is a status in its colour with the other live links, which the header may have no room to announce.
func (f Frame) badge(status model.Status, mark string) string {
	return f.Styles.Status[status].Render(mark + " " + status.String() + f.Others())
}

// nowhere says what scanning a code of the demo's is good for.
const nowhere = "this is a demo: the code leads nowhere"

// until is when the link stops working, and how old the server's word is that it works, as far as there is room.
func (*qr) until(f Frame, t model.Token, room int) string {
	if f.Instance.Demo {
		return nowhere
	}
	stops, in, checked := "stops working "+draw.UTC(t.StopsAt()), ", "+draw.Relative(t.StopsAt(), f.Now), ", "+f.checked(t.AskedAt)
	for _, text := range []string{stops + in + checked, stops + checked} {
		if draw.Width(text) <= room {
			return text
		}
	}
	return stops + in
}

// shortly is the last row where the line has none of its own: the status, and the
// keys or, for a while, what just happened.
func (s *qr) shortly(f Frame, t model.Token) string {
	status, mark, _ := s.standing(f, t)
	head := " " + f.badge(status, mark) + "   "
	if f.Notice != "" {
		return head + f.Notice
	}
	if f.Instance.Demo {
		head += "leads nowhere   "
	}
	return head + f.KeyRow(f.Window.Width-1-draw.Width(head))
}

// least is the size of the smallest window for the link's code.
func (s *qr) least(t model.Token, urgent bool) (width, height int) {
	width, height = s.code.Least()
	width = max(width, MinWidth)
	height += len(linkRows(t.URL, width)) + 1 // the keys
	if urgent {
		height++
	}
	return width, max(height, MinHeight)
}

// lay puts the code above the lines, in the middle of the window.
func (s *qr) lay(f Frame, fit qrcode.Fit, below []string, keys string) draw.Page {
	var p draw.Page
	left := f.Window.Height - len(below) - 1 - len(fit.Rows())
	blank := func(n int) {
		for range n {
			p.Add(draw.Keep, "")
		}
	}
	if left > 0 {
		p.Add(draw.Keep, f.Header())
		left--
	}
	blank(left / 3)
	style := qrcode.Style(f.Colourless, s.inverted)
	margin := strings.Repeat(" ", (f.Window.Width-fit.Columns())/2)
	for _, r := range fit.Rows() {
		p.Add(draw.Keep, margin+style.Render(r))
	}
	blank((left + 1) / 3)
	for _, line := range below {
		line = strings.TrimPrefix(line, " ")
		p.Add(draw.Keep, strings.Repeat(" ", (f.Window.Width-draw.Width(line))/2)+line)
	}
	blank(f.Window.Height - 1 - len(p))
	return append(p, draw.Row{Text: keys})
}
