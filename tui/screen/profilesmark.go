package screen

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// onMarked are the keys that mark profiles, and rotate the links of those that are.
func (s *profiles) onMarked(h Host) []Action {
	k := h.Frame().Keys
	none := len(s.rows) == 0
	return []Action{
		{Key: draw.Does(k.Toggle, "mark"), Do: func() tea.Cmd { return s.mark(h) }, Off: none},
		{Key: k.Rotate, Why: h.Session().WhyAllReadOnly(), Do: func() tea.Cmd { return s.rotate(h) }, Off: none},
	}
}

// cantRotate is why the profile's links can't be rotated from here, as a phrase; empty when they can.
func (r *profileRow) cantRotate(f Frame) string {
	_, found := r.links.Current(r.links.ServerTime(f.Local))
	switch {
	case r.readOnly():
		return "it is read-only"
	case r.shut || r.links.FetchedAt.IsZero() || f.Local.Sub(r.links.FetchedAt) > session.StaleAfter:
		return "nothing is known about its links now"
	case !found:
		return "it has no link"
	}
	return ""
}

// mark marks the chosen profile, or no longer, and goes on to the next.
func (s *profiles) mark(h Host) tea.Cmd {
	f := h.Frame()
	s.wanted = ""
	row := &s.rows[s.list.Chosen]
	why := firstReason(f.WhyAllReadOnly(), row.cantRotate(f))
	if why != "" && !s.marks[row.Name] {
		return h.Say(f.Styles.Warning, row.Name+" can't be marked for a rotation: "+why+".")
	}
	if s.marks == nil {
		s.marks = map[string]bool{}
	}
	if s.marks[row.Name] = !s.marks[row.Name]; !s.marks[row.Name] {
		delete(s.marks, row.Name)
	}
	s.list.Move(draw.LineDown, len(s.rows), s.height(f))
	return nil
}

// rotate asks whether the links of the marked profiles are to be rotated; where none is marked, those of the chosen one.
func (s *profiles) rotate(h Host) tea.Cmd {
	f := h.Frame()
	s.wanted = ""
	var all []*profileRotation
	for i := range s.rows {
		row := &s.rows[i]
		if !s.marks[row.Name] && (len(s.marks) > 0 || i != s.list.Chosen) {
			continue
		}
		if why := row.cantRotate(f); why != "" {
			return h.Say(f.Styles.Warning, row.Name+" can't be rotated: "+why+". Nothing was rotated.")
		}
		all = append(all, newProfileRotation(row, f.Local))
	}
	return askRotateProfiles(h, all, func() tea.Cmd { s.marks = nil; return s.look(h, false) })
}
