package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
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

// mask has the secrets in the requests masked, too: that of a link which was
// never listed may be among them.
func (s *curlScreen) mask(m *Model) {
	for _, r := range s.requests {
		for _, before := range []string{"/invite-link/tokens/", "/invite/"} {
			if _, rest, ok := strings.Cut(r.URL, before); ok && m.mask.on {
				secret, _, _ := strings.Cut(rest, "/")
				m.mask.add(secret)
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
	l := listing{chosen: min(s.top, last)}
	switch k := m.keyMap; {
	case l.press(k, press, last+1, 1):
		s.top = l.chosen
	case key.Matches(press, k.Back, k.Curl):
		m.close()
	case key.Matches(press, k.Quit):
		return m.leave()
	case key.Matches(press, k.Mask):
		cmd := m.toggleMask()
		s.mask(m)
		return cmd
	case key.Matches(press, k.Copy):
		return m.copyText(curlCommands(s.requests))
	}
	return nil
}

func (s *curlScreen) keys(m *Model) []key.Binding {
	k := m.keyMap
	return []key.Binding{k.Copy, k.Up, k.Down, k.Mask, k.Back, k.Quit}
}

func (s *curlScreen) rows(width int) []string {
	var rows []string
	for _, r := range s.requests {
		rows = append(rows, foldWords(curlWords(r), width)...)
	}
	return rows
}

// room is how many rows there are for the commands, below what stands above them.
func (s *curlScreen) room(m *Model) int { return max(m.room()-len(s.above(m, m.width)), 1) }

func (s *curlScreen) above(m *Model, width int) page {
	about := "the look at the current link"
	if m.sent.requests != nil {
		about = "the last action (" + m.sent.doing + ") and the look after it"
	}
	var p page
	p.add(0, paragraph(m.styles.title, "As curl: "+about, width-2)...)
	p.add(0, paragraph(m.styles.faint, "$UNLEASH_TOKEN stands for your token.", width-2)...)
	p.add(0, "")
	return p
}

// view sets the commands at the left edge, with nothing beside them, so that what
// a mouse selects can be pasted.
func (s *curlScreen) view(m *Model, width, height int) page {
	p := s.above(m, width)
	rows := s.rows(width)
	room := max(height-len(p), 1)
	top := min(s.top, max(len(rows)-room, 0))
	p.add(0, rows[top:min(len(rows), top+room)]...)
	for i := range p {
		p[i].part = false
	}
	return p
}

// curlCommands are the requests as lines for a POSIX shell.
func curlCommands(requests []model.Request) string {
	var b strings.Builder
	for _, r := range requests {
		for i, w := range curlWords(r) {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(w.quoted())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// shellWord is a word of a command: plain stands as it is, what is not is quoted.
type shellWord struct {
	text  string
	plain bool
}

func (w shellWord) quoted() string {
	if w.plain {
		return w.text
	}
	return "'" + strings.ReplaceAll(w.text, "'", `'\''`) + "'"
}

// curlWords are the command that sends the request. Of a question about a link it
// prints the status: 200 when people can join.
func curlWords(r model.Request) []shellWord {
	var words []shellWord
	if r.Authorized { // as an argument of curl, other users of the machine could read it
		words = []shellWord{{"printf", true}, {`Authorization: %s\n`, false}, {`"$UNLEASH_TOKEN"`, true}, {"|", true}}
	}
	words = append(words, shellWord{"curl", true}, shellWord{"-sS", true})
	if strings.ContainsAny(r.URL, "[]{}") {
		words = append(words, shellWord{"--globoff", true})
	}
	if r.Body != "" {
		words = append(words, shellWord{"-X", true}, shellWord{r.Method, true})
	}
	if r.Authorized {
		words = append(words, shellWord{"-H", true}, shellWord{"@-", true})
	} else {
		words = append(words, shellWord{"-o", true}, shellWord{"/dev/null", true}, shellWord{"-w", true}, shellWord{`%{http_code}\n`, false})
	}
	if r.Body != "" {
		words = append(words,
			shellWord{"-H", true}, shellWord{"Content-Type: application/json", false}, shellWord{"-d", true}, shellWord{r.Body, false})
	}
	return append(words, shellWord{r.URL, false})
}

// foldWords breaks a command into rows that a shell takes for one line: between
// words, and inside one that is longer than a row.
func foldWords(words []shellWord, width int) []string {
	var rows []string
	row := ""
	for i, w := range words {
		text, room := w.quoted(), width
		if i < len(words)-1 {
			room -= 2 // for the backslash behind it
		}
		switch {
		case row != "" && widthOf(row)+1+widthOf(text) <= room:
			row += " " + text
			continue
		case row != "":
			rows = append(rows, row+` \`)
		}
		for !w.plain && widthOf(w.quoted()) > room {
			var piece shellWord
			piece, w = splitWord(w, width-1)
			rows = append(rows, piece.quoted()+`\`)
		}
		row = w.quoted()
	}
	return append(rows, row)
}

// splitWord takes off a word as much as fits the width when it is quoted, a rune at least.
func splitWord(w shellWord, width int) (piece, rest shellWord) {
	runes := []rune(w.text)
	n := 1
	for n < len(runes)-1 && widthOf(shellWord{text: string(runes[:n+1])}.quoted()) <= width {
		n++
	}
	return shellWord{text: string(runes[:n])}, shellWord{text: string(runes[n:])}
}
