package screen

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// onAccounts are the keys that do something about accounts.
func (s *joined) onAccounts(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	_, ok := s.chosen()
	words, all := "mark the new", s.since(f)
	if s.secret != "" {
		words, all = "mark all", s.rows
	}
	return []Action{
		{Key: draw.Does(k.Toggle, "mark"), Do: func() tea.Cmd { return s.mark(h) }, Off: !ok},
		{Key: draw.Does(k.MarkNew, words), Why: whyNone(len(all)), Do: func() tea.Cmd { return s.markAll(h, all) }},
		{Key: draw.Does(k.Delete, "remove"), Why: f.barOr(""), Do: func() tea.Cmd { return s.remove(h) }, Off: !ok},
		{Key: draw.Does(k.Edit, "role"), Why: f.barOr(s.cantChangeRole(f)), Do: func() tea.Cmd { return s.openRole(h) }, Off: !ok},
	}
}

func whyNone(n int) string {
	if n == 0 {
		return "Nobody listed here joined since the current link was made."
	}
	return ""
}

// since are the rows of those who joined since the current link was made; they come first.
func (s *joined) since(f Frame) []int {
	for row, i := range s.rows {
		if i >= f.People().Since {
			return s.rows[:row]
		}
	}
	return s.rows
}

// mark marks the chosen account, or no longer, and goes on to the next.
func (s *joined) mark(h Host) tea.Cmd {
	f := h.Frame()
	j, _ := s.chosen()
	if why := j.Obstacle(f.User); why != "" {
		return h.Say(f.Styles.Warning, fmt.Sprintf("%s can't be marked: %s.", f.label(j.Account), why))
	}
	s.setMark(j.ID, !s.marks[j.ID])
	s.list.Move(draw.LineDown, len(s.rows), s.height(f))
	return nil
}

// markAll marks those that can be; if they are already, no longer.
func (s *joined) markAll(h Host, rows []int) tea.Cmd {
	f := h.Frame()
	var can []int64
	obstacle, marked := "", 0
	for _, i := range rows {
		j := s.of.Joined[i]
		if why := j.Obstacle(f.User); why != "" {
			obstacle = fmt.Sprintf(" %s was left out: %s.", f.label(j.Account), why)
			continue
		}
		can = append(can, j.ID)
		if s.marks[j.ID] {
			marked++
		}
	}
	on := marked < len(can)
	for _, id := range can {
		s.setMark(id, on)
	}
	if !on {
		return h.Say(f.Styles.Faint, "No longer marked."+obstacle)
	}
	return h.Say(f.Styles.Faint, "Marked "+draw.Count(len(can), "account")+": d removes."+obstacle)
}

func (s *joined) setMark(id int64, on bool) {
	if s.marks == nil {
		s.marks = map[int64]bool{}
	}
	if s.marks[id] = on; !on {
		delete(s.marks, id)
	}
}

// marked are the accounts that are marked, in or out of sight.
func (s *joined) marked() []model.Account {
	var all []model.Account
	if len(s.marks) == 0 {
		return nil
	}
	for i := range s.of.Joined {
		if j := &s.of.Joined[i]; s.marks[j.ID] {
			all = append(all, j.Account)
		}
	}
	return all
}

// remove asks whether the marked accounts are to go; where none is, the chosen one.
func (s *joined) remove(h Host) tea.Cmd {
	accounts := s.marked()
	if len(accounts) == 0 {
		f := h.Frame()
		j, _ := s.chosen()
		if why := j.Obstacle(f.User); why != "" {
			return h.Say(f.Styles.Warning, fmt.Sprintf("%s can't be removed: %s.", f.label(j.Account), why))
		}
		accounts = []model.Account{j.Account}
	}
	return askRemove(h, accounts, func() tea.Cmd { return remove(h, accounts) })
}

// cantChangeRole is why the chosen account can't get another role, or empty.
func (s *joined) cantChangeRole(f Frame) string {
	j, _ := s.chosen()
	switch why := j.Obstacle(f.User); {
	case why != "":
		return fmt.Sprintf("%s can't get another role: %s.", f.label(j.Account), why)
	case len(f.Roles()) == 0:
		return "The server did not tell which roles there are: ctrl+r asks again."
	}
	return ""
}

func (s *joined) openRole(h Host) tea.Cmd {
	j, _ := s.chosen()
	return openRole(h, j.Account, h.Session().Roles())
}
