package screen

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// marked is the first of the people, with a mark on those who are new.
func (f Frame) marked(joined []model.Person) []model.Person {
	marked := slices.Clone(joined[:min(len(joined), 20)]) // more than any window names in a row
	for i, p := range marked {
		if f.IsNew(p.ID) {
			marked[i].Name = p.Label() + " (new)"
		}
	}
	return marked
}

// joined lists the accounts of those who joined: by one link, or by any.
type joined struct {
	Base
	// secret is the link's; empty for all links.
	secret string
	// of are the people that rows were taken from: those let through by the filter, by their place.
	of   *session.People
	rows []int
	// name and email are the widths of the longest of them.
	name, email int
	// wanted is the filter's text when the rows were taken.
	wanted    string
	list      draw.List
	filter    textinput.Model
	filtering bool
	since     sinceField
	// marks are the IDs of the accounts that are to be removed.
	marks map[int64]bool
}

// openJoined lists those who joined by a link, or by any link where there is no secret.
func openJoined(h Host, secret string) tea.Cmd {
	f := h.Frame()
	s := &joined{secret: secret, filter: draw.NewInput(f.Styles, 100), since: newSinceField(f.Styles)}
	s.filter.Placeholder = "name, e-mail, role or link"
	return tea.Batch(h.Open(s), h.Session().RefreshOldAccounts())
}

// TakesText implements TextTaker.
func (s *joined) TakesText() bool { return s.filtering || s.since.typing }

// Refresh implements Refresher.
func (*joined) Refresh(h Host) tea.Cmd {
	return tea.Batch(h.Session().RefreshNow(), h.Session().RefreshAccounts())
}

// Update implements Screen.
func (s *joined) Update(_ Host, msg tea.Msg) (cmd tea.Cmd) {
	switch msg.(type) {
	case tea.PasteMsg, tea.KeyPressMsg:
		switch {
		case s.filtering:
			s.filter, cmd = s.filter.Update(draw.Printable(msg))
			s.list = draw.List{}
		case s.since.typing:
			s.since.Model, cmd = s.since.Update(draw.Printable(msg))
			s.since.tried = false
		}
	}
	return cmd
}

// Keys implements Screen.
func (s *joined) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	s.take(f)
	all := moves(k, &s.list, len(s.rows), s.height(f))
	switch {
	case s.filtering:
		done := func() { s.filtering = false; s.filter.Blur() }
		return filterKeys(k, &s.filter, done, all)
	case s.since.typing:
		return s.sinceKeys(h, all)
	}
	back := func() {
		if s.filter.Value() == "" {
			h.Close()
			return
		}
		s.filter.SetValue("")
	}
	return append(append(s.onAccounts(h), all...), // space marks, so it does not page down
		Action{Key: k.Filter, Do: func() tea.Cmd { s.filtering = true; return s.filter.Focus() }},
		Action{Key: k.Up}, Action{Key: k.Down}, Action{Key: k.Mask},
		Action{Key: k.Curl, Do: func() tea.Cmd { return openCurl(h, true) }}, Action{Key: k.Refresh}, Action{Key: k.Quit},
		Action{Key: k.Help}, Action{Key: k.Back, Do: nothing(back)})
}

// height is how many accounts are seen at once.
func (s *joined) height(f Frame) int { return max(f.Height-len(s.above(f))-len(s.below(f)), 1) }

// take takes the people as they are known now through the filter; the chosen one stays so.
func (s *joined) take(f Frame) {
	wanted := strings.ToLower(strings.TrimSpace(s.filter.Value()))
	people := f.People()
	if people == s.of && wanted == s.wanted {
		return
	}
	if people != s.of {
		s.measure(people.Joined)
	}
	chosen, ok := s.chosen()
	from := s.rows // what was let through before is enough to look at if more is asked for
	if people != s.of || !strings.HasPrefix(wanted, s.wanted) {
		from = everyRow(len(people.Joined))
	}
	rows := s.matching(people.Joined, from, wanted)
	if people != s.of {
		s.keepMarks(people)
	}
	s.of, s.rows, s.wanted = people, rows, wanted
	if ok {
		for row, i := range rows {
			if people.Joined[i].ID == chosen.ID {
				s.list.Chosen = row
			}
		}
	}
	s.list.Chosen = max(min(s.list.Chosen, len(rows)-1), 0)
}

// measure finds the longest name and e-mail.
func (s *joined) measure(all []model.JoinedAccount) {
	s.name, s.email = 0, 0
	for i := range all {
		s.name = max(s.name, draw.Width(all[i].Label()))
		s.email = max(s.email, draw.Width(all[i].Email))
	}
}

func (s *joined) ofLink(j *model.JoinedAccount) bool {
	return s.secret == "" || j.By.Secret == s.secret
}

// matching are those of the rows that the filter asks for, in lower case.
func (s *joined) matching(all []model.JoinedAccount, from []int, wanted string) []int {
	rows := make([]int, 0, len(from))
	for _, i := range from {
		if j := &all[i]; s.ofLink(j) && (wanted == "" || s.matches(j, wanted)) {
			rows = append(rows, i)
		}
	}
	return rows
}

// matches reports whether the account is one that the filter asks for, in lower case.
func (s *joined) matches(j *model.JoinedAccount, wanted string) bool {
	return holds(j.Name, wanted) || holds(j.Email, wanted) || holds(j.Username, wanted) || holds(j.Role.Name, wanted) ||
		s.secret == "" && holds(j.By.Name, wanted)
}

// chosen is the account under the cursor.
func (s *joined) chosen() (model.JoinedAccount, bool) {
	if s.of == nil || s.list.Chosen >= len(s.rows) {
		return model.JoinedAccount{}, false
	}
	return s.of.Joined[s.rows[s.list.Chosen]], true
}
