package screen

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// height is how many profiles are seen at once.
func (s *profiles) height(f Frame) int {
	c := s.columns(f)
	return max((f.Height-rowsAbove(f, c)-rowsBelow(f))/c.rows(), 1)
}

// rowsAbove is how many rows stand above the list.
func rowsAbove(f Frame, c profileColumns) int {
	n := 1
	if f.roomy() {
		n++
	}
	if !c.apart {
		n++
	}
	return n
}

// rowsBelow is how many are kept below it for what is told of the chosen profile, so that the list stays where it is.
func rowsBelow(f Frame) int {
	if f.roomy() {
		return 3
	}
	return 2
}

// View implements Screen.
func (s *profiles) View(f Frame) draw.Page {
	var p draw.Page
	c := s.columns(f)
	p.Add(draw.Keep, " "+f.Styles.Title.Render("Profiles")+s.where(f))
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
	if !c.apart {
		heads := cell("Name", c.name) + cell("  Status", c.status) + cell("Stops", c.stops) + cell("Address", c.address)
		p.Add(draw.Keep, strings.Repeat(" ", profileMargin)+f.Styles.Faint.Render(heads))
	}
	from, to := s.list.Seen(len(s.rows), s.height(f))
	for i := from; i < to; i++ {
		lines := s.drawRow(f, c, i)
		p.Add(draw.Keep, lines...)
		if i == s.list.Chosen {
			p[len(p)-len(lines)].Cursor = tea.NewCursor(profileMargin, 0)
		}
	}
	if f.roomy() {
		p.Add(draw.Keep, "")
	}
	p.Add(draw.Keep, s.about(f, c)...)
	return p
}

// where reports which profiles are seen, of how many, how many are marked, and how old the oldest answer is.
func (s *profiles) where(f Frame) string {
	var parts []string
	if from, to := s.list.Seen(len(s.rows), s.height(f)); to-from < len(s.rows) {
		parts = append(parts, fmt.Sprintf("%d–%d of %d", from+1, to, len(s.rows)))
	} else if len(s.rows) > 0 {
		parts = append(parts, fmt.Sprint(len(s.rows)))
	}
	if n := len(s.marks); n > 0 {
		parts = append(parts, fmt.Sprintf("%d marked", n))
	}
	if at := s.oldest(f); !at.IsZero() && f.Width >= 60 {
		parts = append(parts, f.checked(at))
	}
	text := ""
	if len(parts) > 0 {
		text = "   " + strings.Join(parts, ", ")
	}
	if s.Waiting() {
		text += f.waiting()
	}
	return text
}

// oldest is when the oldest verdict that is shown was given.
func (s *profiles) oldest(f Frame) time.Time {
	var oldest time.Time
	for i := range s.rows {
		at := s.rows[i].links.FetchedAt
		if !at.IsZero() && f.Local.Sub(at) <= session.StaleAfter && (oldest.IsZero() || at.Before(oldest)) {
			oldest = at
		}
	}
	return oldest
}

// drawRow is one profile: its name, how it stands, when its link stops working or why that is not known, its address
// and its marks.
func (s *profiles) drawRow(f Frame, c profileColumns, i int) []string {
	row := &s.rows[i]
	status, mark, stops, wrong := row.status(f)
	margin := "  "
	if s.marks[row.Name] {
		margin = "* "
	}
	name, head := margin+cell(row.Name, c.name), cell(mark+" "+status.String(), c.status)
	rest := cell(cmp.Or(wrong, stops), c.stops)
	address, marks := cell(shortAddress(row.Address), c.address), cell(row.marks(f), c.marks+1)
	if i == s.list.Chosen {
		chosen := f.Styles.Chosen
		if !c.apart {
			return []string{chosen.Render("›" + name + head + rest + address + marks)}
		}
		return []string{chosen.Render("›" + name + head + rest), chosen.Render("   " + address + marks)}
	}
	head, marks = f.Styles.Status[status].Render(head), row.markStyle(f).Render(marks)
	if !c.apart {
		return []string{" " + name + head + rest + address + marks}
	}
	return []string{" " + name + head + rest, "   " + address + marks}
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

// marks warn before anything is done there.
func (r *profileRow) marks(f Frame) string {
	var words []string
	if r.production() {
		words = append(words, "PRODUCTION")
	}
	if r.readOnly() {
		words = append(words, "read-only")
	}
	if r.Name == f.Instance.Profile {
		words = append(words, "here")
	}
	return strings.Join(words, " ")
}

func (r *profileRow) markStyle(f Frame) draw.Pen {
	if r.production() {
		return f.Styles.Production
	}
	return f.Styles.Plain
}

// about reports what the chosen row has no room for, or what is wrong with it.
func (s *profiles) about(f Frame, c profileColumns) []string {
	row := &s.rows[min(s.list.Chosen, len(s.rows)-1)]
	switch {
	case row.asks():
		why := "! enter asks for the token in the terminal. " + draw.AsSentence(row.err.Error())
		return draw.AtMost(2, draw.Paragraph(f.Styles.Failure, why, f.Width-2))
	case row.err != nil:
		return draw.AtMost(2, draw.Paragraph(f.Styles.Failure, "! "+draw.Sentence(row.err), f.Width-2))
	}
	var parts []string
	if draw.Width(row.Name) >= c.name {
		parts = append(parts, row.Name)
	}
	if draw.Width(shortAddress(row.Address)) >= c.address {
		parts = append(parts, row.Address)
	}
	if row.TokenFrom != "" {
		parts = append(parts, "token from "+row.TokenFrom)
	}
	if row.Default {
		parts = append(parts, "the default profile")
	}
	if !row.links.FetchedAt.IsZero() {
		parts = append(parts, f.checked(row.links.FetchedAt))
	}
	return draw.AtMost(2, draw.Paragraph(f.Styles.Plain, strings.Join(parts, " · "), f.Width-2))
}

// shortAddress is an address without what goes without saying.
func shortAddress(address string) string { return strings.TrimPrefix(address, "https://") }
