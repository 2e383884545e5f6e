package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/curl"
	"unleash-invite/tui/draw"
)

// curlCommands shows the last action, and the check after it, as curl commands.
type curlCommands struct {
	Base
	requests []model.Request
	// accounts reports that a look at the accounts is among them.
	accounts bool
	way      model.Way
	// secret is the current link's, which they look at.
	secret string
	top    int
}

// openCurl opens them; where they are about accounts, with the look at those.
func openCurl(h Host, accounts bool) tea.Cmd {
	work := h.Session()
	t, _ := work.Current()
	s := &curlCommands{way: work.Instance.Way, secret: t.Secret, accounts: accounts || work.Sent().Accounts, requests: work.Sent().Requests()}
	if s.accounts {
		s.requests = append(s.requests, work.Instance.API.AccountsRequest())
	}
	s.requests = append(s.requests, work.Instance.API.LookRequests(t)...)
	s.mask(h)
	return h.Open(s)
}

// mask teaches the mask the secrets in the requests: a link that was never listed may be among them.
func (s *curlCommands) mask(h Host) {
	for _, r := range s.requests {
		for _, before := range []string{"/invite-link/tokens/", "/invite/"} {
			if _, rest, ok := strings.Cut(r.URL, before); ok {
				secret, _, _ := strings.Cut(rest, "/")
				h.Mask(secret)
			}
		}
	}
}

// Update implements Screen.
func (*curlCommands) Update(Host, tea.Msg) tea.Cmd { return nil }

// Keys implements Screen.
func (s *curlCommands) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	last := max(len(s.rows(f.Width))-s.room(f), 0)
	return append(scroll(k, &s.top, last),
		Action{Key: k.Copy, Do: func() tea.Cmd {
			return h.Copy(Copying{Text: curl.Commands(s.requests, s.way), Secret: s.secret})
		}},
		Action{Key: k.Up}, Action{Key: k.Down}, Action{Key: k.Mask}, Action{Key: k.Quit}, Action{Key: k.Help},
		Action{Key: k.Back, Do: nothing(h.Close)}, Action{Key: k.Curl, Do: nothing(h.Close), Unlisted: true})
}

func (s *curlCommands) rows(width int) []string {
	var rows []string
	for _, r := range s.requests {
		rows = append(rows, curl.Fold(curl.Words(r, s.way), width)...)
	}
	return rows
}

// room is how many rows there are for the commands, below what stands above them.
func (s *curlCommands) room(f Frame) int { return max(f.Height-len(s.above(f)), 1) }

func (s *curlCommands) above(f Frame) draw.Page {
	about := "the check of the current link"
	switch {
	case f.Sent().Doing != "":
		about = "the last action (" + f.Sent().Doing + ") and the check after it"
	case s.accounts:
		about = "the check of the accounts and the current link"
	}
	var p draw.Page
	p.Add(draw.Keep, draw.Paragraph(f.Styles.Title, "As curl: "+about, f.Width-2)...)
	p.Add(draw.Keep, draw.Paragraph(f.Styles.Plain, s.placeholders(), f.Width-2)...)
	p.Add(draw.Keep, "")
	return p
}

// placeholders explains the variables that stand for secrets.
func (s *curlCommands) placeholders() string {
	headers := curl.Headers(s.way)
	if len(headers) == 0 {
		return "$UNLEASH_TOKEN stands for your token."
	}
	names := []string{"$UNLEASH_TOKEN"}
	for _, h := range headers {
		names = append(names, "$"+h.Variable)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last] + " stand for your token and the profile's headers."
}

// View implements Screen. It sets the commands at the left edge, with nothing beside them, so that what
// a mouse selects can be pasted.
func (s *curlCommands) View(f Frame) draw.Page {
	p := s.above(f)
	rows := s.rows(f.Width)
	room := max(f.Height-len(p), 1)
	top := min(s.top, max(len(rows)-room, 0))
	p.Add(draw.Keep, rows[top:min(len(rows), top+room)]...)
	for i := range p {
		p[i].Part = false
	}
	return p
}
