package screen

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// height is how many links are seen at once: less the rows above and below them.
func (s *links) height(f Frame) int {
	return max(f.Height-s.above(f)-len(s.below(f)), 1)
}

// above is how many rows the title and the heads take.
func (s *links) above(f Frame) int {
	if f.roomy() {
		return 3
	}
	return 2
}

// below is the chosen link alone on its line, for a mouse to select.
func (s *links) below(f Frame) draw.Page {
	var p draw.Page
	if t, ok := s.chosen(); ok {
		if f.roomy() {
			p.Add(draw.Keep, "")
		}
		if since := f.since(t); since != "" && f.Width < namedFrom { // there is no column for it
			p.Add(draw.Keep, " the server "+said(t)+" it "+since)
		}
		p.Add(draw.Keep, linkRows(t.URL, f.Width)...)
	}
	return p
}

// View implements Screen.
func (s *links) View(f Frame) draw.Page {
	var p draw.Page
	if s.filtering {
		p = append(p, f.filterRow(s.filter, s.seen(f)))
	} else {
		p.Add(draw.Keep, " "+f.Styles.Title.Render("All links")+"   "+s.title(f))
	}
	if f.roomy() {
		p.Add(draw.Keep, "")
	}
	c := columnsFor(f.Width, s.name, s.inTurn(f))
	p.Add(draw.Keep, " "+f.Styles.Faint.Render(c.heads()))
	from, to := s.list.Seen(len(s.rows), s.height(f))
	for i := from; i < to; i++ {
		p.AddItem(f.Styles, s.row(f, c, s.all[s.rows[i]]), i == s.list.Chosen, f.Width)
	}
	if len(s.rows) == 0 {
		p.Add(draw.Keep, "   "+f.Styles.Plain.Render("no link"))
	}
	return append(p, s.below(f)...)
}

// seen reports which of how many links are seen.
func (s *links) seen(f Frame) string {
	return cmp.Or(s.list.Where(len(s.rows), s.height(f)), strconv.Itoa(len(s.rows)))
}

// title reports which of how many links are seen, how many are live, and when they were fetched.
func (s *links) title(f Frame) string {
	title := s.seen(f)
	if s.filter.Value() != "" {
		title += fmt.Sprintf(" with %q", s.filter.Value())
	}
	title += fmt.Sprintf(", %d live", len(f.Links.Live(f.Now)))
	if !f.Stale() && f.Width >= 60 {
		title += ", " + f.checked(f.Links.FetchedAt)
	}
	return title
}

func (s *links) row(f Frame, c columns, t model.Token) string {
	status, mark, _ := f.statusOf(t)
	made := draw.Day(t.CreatedAt)
	if t.CreatedBy != "" && c.created > narrowDate {
		made += " by " + t.CreatedBy
	}
	name := cell(t.Name, c.name)
	if t.Secret == s.current {
		if room := c.name - draw.Width(currentMark); room > 4 {
			name = cell(draw.Truncate(t.Name, room-1)+currentMark, c.name)
		}
		name = f.Styles.Strong.Render(name)
	}
	return f.Styles.Status[status].Render(cell(mark+" "+status.String(), c.status)) + cell(f.asked(t), c.asked) + name +
		cell(draw.Day(t.StopsAt()), c.stops) + cell(strconv.Itoa(t.JoinedCount()), c.joined) + cell(made, c.created)
}

// currentMark stands behind the name of the current link.
const currentMark = " · current"

// asked is when the server was asked about a link, nothing where that was not needed.
func (f Frame) asked(t model.Token) string {
	if !answered(t) {
		return ""
	}
	return shortAge(f.Local.Sub(t.AskedAt))
}

// inTurn reports whether links are asked about in turn, so that some verdicts are older than the others.
func (s *links) inTurn(f Frame) bool { return f.since(s.oldest) != "" }

// columns are the widths of the list's columns; what there is no room for is 0.
type columns struct{ status, asked, name, stops, joined, created int }

// narrowDate is the width of a column with a date alone, namedFrom that of a window from which there are more columns than the least.
const narrowDate, namedFrom = 13, 56

// columnsFor gives the names the room that the longest needs, as far as there is any, and what is left to the last column.
func columnsFor(width, name int, inTurn bool) columns {
	c := columns{status: 15, stops: narrowDate}
	if inTurn && width >= namedFrom {
		c.asked = 11
	}
	if width-c.asked >= namedFrom {
		c.joined = 8
	}
	switch {
	case width-c.asked >= 80:
		c.created = 22
	case width >= 80:
		c.created = narrowDate
	}
	c.name = max(width-2-c.status-c.asked-c.stops-c.joined-c.created, 1)
	if spare := c.name - name - 2; c.created > 0 && spare > 0 {
		c.name, c.created = c.name-spare, c.created+spare
	}
	return c
}

func (c columns) heads() string {
	return cell("  Status", c.status) + cell("Asked", c.asked) + cell("Name", c.name) +
		cell("Stops", c.stops) + cell("Joined", c.joined) + cell("Created", c.created)
}

// cell is the text in a column of the width, with a space at least behind it.
func cell(text string, width int) string {
	if width == 0 {
		return ""
	}
	text = draw.Truncate(text, width-1)
	return text + strings.Repeat(" ", width-draw.Width(text))
}
