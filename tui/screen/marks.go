package screen

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// onAccounts are the keys that do something about accounts.
func (s *joined) onAccounts(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	_, ok := s.chosen()
	words, all := s.suspects(f)
	mark := Action{Key: draw.Does(k.Toggle, "mark"), Do: func() tea.Cmd { return s.mark(h) }, Off: !ok}
	remove := Action{Key: draw.Does(k.Delete, "remove"), Why: f.barOr(""), Do: func() tea.Cmd { return s.remove(h) }, Off: !ok}
	most := []Action{mark, {Key: draw.Does(k.MarkNew, words), Why: whyNone(len(all)), Do: func() tea.Cmd { return s.markAll(h, all) }}, remove}
	if len(s.marks) > 0 { // in a narrow window there is room for little
		most = []Action{remove, most[0], most[1]}
	}
	return append(most,
		Action{Key: k.MarkSince, Do: s.since.open, Off: !ok},
		Action{Key: draw.Does(k.Edit, "role"), Why: f.barOr(s.cantChangeRole(f)), Do: func() tea.Cmd { return s.openRole(h) }, Off: !ok})
}

func whyNone(n int) string {
	if n == 0 {
		return "Nobody listed here has joined since the current link was created."
	}
	return ""
}

// suspects are the rows that one key marks, and its words: of a link all; else those whom the links let in that were just
// deleted here, or those who joined since the current one was made.
func (s *joined) suspects(f Frame) (words string, rows []int) {
	people := f.People()
	switch {
	case s.secret != "":
		return "mark all", s.rows
	case people.ByDead > 0:
		return "mark by " + people.OldLink(), s.between(people.Since, people.Since+people.ByDead)
	}
	return "mark new", s.between(0, people.Since)
}

// between are the rows of the people whose place is at least from and below to.
func (s *joined) between(from, to int) []int {
	first, _ := slices.BinarySearch(s.rows, from)
	end, _ := slices.BinarySearch(s.rows, to)
	return s.rows[first:end]
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
	on := slices.ContainsFunc(rows, func(i int) bool {
		j := &s.of.Joined[i]
		return !s.marks[j.ID] && j.Obstacle(f.User) == ""
	})
	return s.setMarks(h, rows, on)
}

// setMarks marks those that can be, or no longer, and says how many.
func (s *joined) setMarks(h Host, rows []int, on bool) tea.Cmd {
	f := h.Frame()
	obstacle, n := "", 0
	for _, i := range rows {
		j := &s.of.Joined[i]
		if why := j.Obstacle(f.User); why != "" {
			obstacle = fmt.Sprintf(" %s was left out: %s.", f.label(j.Account), why)
			continue
		}
		s.setMark(j.ID, on)
		n++
	}
	switch {
	case !on:
		return h.Say(f.Styles.Plain, "No longer marked."+obstacle)
	case n == 0:
		return h.Say(f.Styles.Warning, "No account was marked."+obstacle)
	}
	return h.Say(f.Styles.Plain, "Marked "+draw.Count(n, "account")+": d removes."+obstacle)
}

func (s *joined) setMark(id int64, on bool) {
	if s.marks == nil {
		s.marks = map[int64]bool{}
	}
	if !on {
		delete(s.marks, id)
		return
	}
	s.marks[id] = true
}

// keepMarks keeps the marks of those who are still there.
func (s *joined) keepMarks(now *session.People) {
	if len(s.marks) == 0 {
		return
	}
	kept := make(map[int64]bool, len(s.marks))
	for i := range now.Joined {
		if id := now.Joined[i].ID; s.marks[id] {
			kept[id] = true
		}
	}
	s.marks = kept
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
		return fmt.Sprintf("%s can't be given another role: %s.", f.label(j.Account), why)
	case len(f.Roles()) == 0:
		return "The server did not say which roles there are: ctrl+r asks again."
	}
	return ""
}

func (s *joined) openRole(h Host) tea.Cmd {
	j, _ := s.chosen()
	return openRole(h, j.Account, h.Session().Roles())
}
