package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/curl"
	"unleash-invite/tui/draw"
)

// sent is what a write sent: doing says what it was, as in "Deleting the link".
type sent struct {
	doing    string
	requests func() []model.Request
}

// curlScreen shows the last action, and the look after it, as curl commands.
type curlScreen struct {
	requests []model.Request
	top      int
}

func (m *Model) openCurl() tea.Cmd {
	s := &curlScreen{}
	if m.sent.requests != nil {
		s.requests = m.sent.requests()
	}
	t, _ := m.current()
	s.requests = append(s.requests, m.on.API.LookRequests(t)...)
	s.mask(m)
	m.open(s)
	return nil
}

// mask teaches the mask the secrets in the requests: a link that was never
// listed may be among them.
func (s *curlScreen) mask(m *Model) {
	for _, r := range s.requests {
		for _, before := range []string{"/invite-link/tokens/", "/invite/"} {
			if _, rest, ok := strings.Cut(r.URL, before); ok {
				secret, _, _ := strings.Cut(rest, "/")
				m.mask.Add(secret)
			}
		}
	}
}

func (s *curlScreen) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	last := max(len(s.rows(m.width))-s.room(m), 0)
	l := draw.List{Chosen: min(s.top, last)}
	switch k := m.keyMap; {
	case l.Press(k, press, last+1, 1):
		s.top = l.Chosen
	case key.Matches(press, k.Back, k.Curl):
		m.close()
	case key.Matches(press, k.Copy):
		return m.copyText(curl.Commands(s.requests))
	}
	return nil
}

func (s *curlScreen) keys(m *Model) []key.Binding {
	k := m.keyMap
	return []key.Binding{k.Copy, k.Up, k.Down, k.Mask, k.Quit, k.Help, k.Back}
}

func (s *curlScreen) rows(width int) []string {
	var rows []string
	for _, r := range s.requests {
		rows = append(rows, curl.Fold(curl.Words(r), width)...)
	}
	return rows
}

// room is how many rows there are for the commands, below what stands above them.
func (s *curlScreen) room(m *Model) int { return max(m.room()-len(s.above(m, m.width)), 1) }

func (s *curlScreen) above(m *Model, width int) draw.Page {
	about := "the look at the current link"
	if m.sent.requests != nil {
		about = "the last action (" + m.sent.doing + ") and the look after it"
	}
	var p draw.Page
	p.Add(draw.Keep, draw.Paragraph(m.styles.Title, "As curl: "+about, width-2)...)
	p.Add(draw.Keep, draw.Paragraph(m.styles.Faint, "$UNLEASH_TOKEN stands for your token.", width-2)...)
	p.Add(draw.Keep, "")
	return p
}

// view sets the commands at the left edge, with nothing beside them, so that what
// a mouse selects can be pasted.
func (s *curlScreen) view(m *Model, width, height int) draw.Page {
	p := s.above(m, width)
	rows := s.rows(width)
	room := max(height-len(p), 1)
	top := min(s.top, max(len(rows)-room, 0))
	p.Add(draw.Keep, rows[top:min(len(rows), top+room)]...)
	for i := range p {
		p[i].Part = false
	}
	return p
}
