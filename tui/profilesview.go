package tui

import (
	"strings"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// profileColumns are the widths of the list's columns; what there is no room for is 0.
type profileColumns struct{ name, status, stops, host, marks int }

func profileColumnsFor(width int) profileColumns {
	c := profileColumns{status: 15, stops: 13}
	if width >= 60 {
		c.marks = 22
	}
	rest := width - 2 - c.status - c.stops - c.marks
	c.name = rest
	if width >= 80 {
		c.name = min(rest/2, 24)
		c.host = rest - c.name
	}
	return c
}

// height is how many profiles are seen at once: less the title, the heads and
// what is told of the chosen one.
func (s *profilesScreen) height(m *Model) int { return max(m.room()-s.above(m)-4, 1) }

func (s *profilesScreen) above(m *Model) int {
	if m.height < roomy {
		return 2
	}
	return 4
}

func (s *profilesScreen) view(m *Model, width, height int) draw.Page {
	var p draw.Page
	title := m.styles.Title.Render("Profiles")
	if s.slow {
		title += " " + m.spinner.View()
	}
	p.Add(draw.Keep, " "+title)
	if m.height >= roomy {
		p.Add(draw.Keep, "")
	}
	switch {
	case s.err != nil:
		p.Add(draw.Keep, draw.Paragraph(m.styles.Failure, "! "+draw.Sentence(s.err), width-2)...)
		return p
	case s.listed && len(s.rows) == 0:
		p.Add(draw.Keep, "   "+m.styles.Faint.Render("none yet: n connects to an instance and remembers it"))
		return p
	case !s.listed:
		return p
	}
	c := profileColumnsFor(width)
	p.Add(draw.Keep, " "+m.styles.Label.Render(cell("Name", c.name)+cell("  Status", c.status)+cell("Stops", c.stops)+cell("Address", c.host)))
	from, to := s.list.Seen(len(s.rows), height-len(p)-4)
	for i := from; i < to; i++ {
		p.Add(draw.Keep, s.drawRow(m, c, i))
	}
	p.Add(draw.Heading, "")
	p.Add(draw.Keep, s.about(m, width)...)
	return p
}

// drawRow is one profile: its name, how it stands, and its marks.
func (s *profilesScreen) drawRow(m *Model, c profileColumns, i int) string {
	row := &s.rows[i]
	status, mark, stops, wrong := row.status(m)
	name, head := cell(row.Name, c.name), cell(mark+" "+status.String(), c.status)
	middle := cell(stops, c.stops) + cell(shortAddress(row.Address), c.host)
	marks := ""
	if c.marks > 0 {
		marks = s.marks(m, row)
	}
	if room := c.stops + c.host; wrong != "" {
		if marks == "" {
			room += c.marks
		}
		middle = cell(wrong, room)
	}
	if i == s.list.Chosen {
		return "›" + m.styles.Chosen.Render(name) + m.styles.Status[status].Render(head) + middle + marks
	}
	return " " + name + m.styles.Status[status].Render(head) + middle + marks
}

// status is that of the profile's current link, with its mark and when it stops
// working, or what is wrong.
func (r *profileRow) status(m *Model) (status model.Status, mark, stops, wrong string) {
	now := m.now()
	t, ok := r.links.Current(now)
	switch {
	case r.err != nil && (r.links.FetchedAt.IsZero() || r.shut):
		return model.StatusUnknown, "○", "", r.err.Error()
	case r.links.FetchedAt.IsZero():
		return model.StatusUnknown, "○", "", "asking…"
	case now.Sub(r.links.FetchedAt) > staleAfter && r.err != nil:
		return model.StatusUnknown, "○", "", r.err.Error()
	case !ok:
		return model.StatusNone, "○", "", "no invite link"
	case now.Sub(r.links.FetchedAt) > staleAfter, t.Enabled && t.Verdict == model.Unverified:
		return model.StatusUnknown, "○", draw.Day(t.StopsAt()), ""
	}
	mark, _ = describe(t, now)
	return t.Status(now), mark, draw.Day(t.StopsAt()), ""
}

// marks are what is to be known of a profile, in words.
func (s *profilesScreen) marks(m *Model, row *profileRow) string {
	var words []string
	if row.Production {
		words = append(words, m.styles.Production.Render("PRODUCTION"))
	}
	if row.ReadOnly {
		words = append(words, "read-only")
	}
	if row.Default {
		words = append(words, "default")
	}
	if row.Name == m.on.Profile {
		words = append(words, "here")
	}
	return strings.Join(words, " ")
}

// about tells what the chosen row has no room for.
func (s *profilesScreen) about(m *Model, width int) []string {
	row := &s.rows[min(s.list.Chosen, len(s.rows)-1)]
	text := row.Address
	if row.TokenFrom != "" {
		text += " · token from " + row.TokenFrom
	}
	var lines []string
	if marks := s.marks(m, row); marks != "" && profileColumnsFor(width).marks == 0 {
		lines = []string{" " + marks}
	}
	lines = append(lines, draw.AtMost(2-len(lines), draw.Paragraph(m.styles.Faint, text, width-2))...)
	if row.err == nil {
		return lines
	}
	why := "! " + draw.Sentence(row.err)
	if row.shut && row.MayAsk {
		why = "! enter asks for the token in the terminal. " + draw.AsSentence(row.err.Error())
	}
	return append(lines, draw.AtMost(2, draw.Paragraph(m.styles.Failure, why, width-2))...)
}

// shortAddress is an address without what goes without saying.
func shortAddress(address string) string { return strings.TrimPrefix(address, "https://") }
