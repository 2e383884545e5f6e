package screen

import (
	"strings"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
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
func (s *profiles) height(f Frame) int { return max(f.Height-s.above(f)-4, 1) }

func (s *profiles) above(f Frame) int {
	if !f.roomy() {
		return 2
	}
	return 4
}

// View implements Screen.
func (s *profiles) View(f Frame) draw.Page {
	var p draw.Page
	title := f.Styles.Title.Render("Profiles")
	if s.Waiting() {
		title += " " + f.Spinner
	}
	p.Add(draw.Keep, " "+title)
	if f.roomy() {
		p.Add(draw.Keep, "")
	}
	switch {
	case s.err != nil:
		p.Add(draw.Keep, draw.Paragraph(f.Styles.Failure, "! "+draw.Sentence(s.err), f.Width-2)...)
		return p
	case s.listed && len(s.rows) == 0:
		p.Add(draw.Keep, "   "+f.Styles.Plain.Render("none yet: n connects to an instance and remembers it"))
		return p
	case !s.listed:
		return p
	}
	c := profileColumnsFor(f.Width)
	p.Add(draw.Keep, " "+f.Styles.Faint.Render(cell("Name", c.name)+cell("  Status", c.status)+cell("Stops", c.stops)+cell("Address", c.host)))
	from, to := s.list.Seen(len(s.rows), f.Height-len(p)-4)
	for i := from; i < to; i++ {
		p.Add(draw.Keep, s.drawRow(f, c, i))
	}
	p.Add(draw.Heading, "")
	p.Add(draw.Keep, s.about(f, f.Width)...)
	return p
}

// drawRow is one profile: its name, how it stands, and its marks.
func (s *profiles) drawRow(f Frame, c profileColumns, i int) string {
	row := &s.rows[i]
	status, mark, stops, wrong := row.status(f)
	name, head := cell(row.Name, c.name), cell(mark+" "+status.String(), c.status)
	middle := cell(stops, c.stops) + cell(shortAddress(row.Address), c.host)
	marks := ""
	if c.marks > 0 {
		marks = s.marks(f, row)
	}
	if room := c.stops + c.host; wrong != "" {
		if marks == "" {
			room += c.marks
		}
		middle = cell(wrong, room)
	}
	if i == s.list.Chosen {
		return "›" + f.Styles.Chosen.Render(name) + f.Styles.Status[status].Render(head) + middle + marks
	}
	return " " + name + f.Styles.Status[status].Render(head) + middle + marks
}

// status is that of the profile's current link, with its mark and when it stops
// working, or what is wrong.
func (r *profileRow) status(f Frame) (status model.Status, mark, stops, wrong string) {
	now, age := r.links.ServerTime(f.Local), f.Local.Sub(r.links.FetchedAt)
	t, ok := r.links.Current(now)
	switch {
	case r.err != nil && (r.links.FetchedAt.IsZero() || r.shut):
		return model.StatusUnknown, unknownMark, "", r.err.Error()
	case r.links.FetchedAt.IsZero():
		return model.StatusUnknown, unknownMark, "", "asking…"
	case age > session.StaleAfter && r.err != nil:
		return model.StatusUnknown, unknownMark, "", r.err.Error()
	case !ok:
		return model.StatusNone, "○", "", "no invite link"
	case age > session.StaleAfter, t.Enabled && t.Verdict == model.Unverified:
		return model.StatusUnknown, unknownMark, draw.Day(t.StopsAt()), ""
	}
	mark, _ = describe(t, now)
	return t.Status(now), mark, draw.Day(t.StopsAt()), ""
}

// marks returns what is to be known of a profile, in words.
func (s *profiles) marks(f Frame, row *profileRow) string {
	var words []string
	if row.Production {
		words = append(words, f.Styles.Production.Render("PRODUCTION"))
	}
	if row.ReadOnly {
		words = append(words, "read-only")
	}
	if row.Default {
		words = append(words, "default")
	}
	if row.Name == f.Instance.Profile {
		words = append(words, "here")
	}
	return strings.Join(words, " ")
}

// about tells what the chosen row has no room for.
func (s *profiles) about(f Frame, width int) []string {
	row := &s.rows[min(s.list.Chosen, len(s.rows)-1)]
	text := row.Address
	if row.TokenFrom != "" {
		text += " · token from " + row.TokenFrom
	}
	if row.err == nil && !row.links.FetchedAt.IsZero() {
		text += " · " + f.checked(row.links.FetchedAt)
	}
	var lines []string
	if marks := s.marks(f, row); marks != "" && profileColumnsFor(width).marks == 0 {
		lines = []string{" " + marks}
	}
	lines = append(lines, draw.AtMost(2-len(lines), draw.Paragraph(f.Styles.Plain, text, width-2))...)
	if row.err == nil {
		return lines
	}
	why := "! " + draw.Sentence(row.err)
	if row.shut && row.MayAsk {
		why = "! enter asks for the token in the terminal. " + draw.AsSentence(row.err.Error())
	}
	return append(lines, draw.AtMost(2, draw.Paragraph(f.Styles.Failure, why, width-2))...)
}

// shortAddress is an address without what goes without saying.
func shortAddress(address string) string { return strings.TrimPrefix(address, "https://") }
