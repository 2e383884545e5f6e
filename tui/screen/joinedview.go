package screen

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// View implements Screen.
func (s *joined) View(f Frame) draw.Page {
	s.take(f)
	p, below := s.above(f), s.below(f)
	c := s.columns(f)
	from, to := s.list.Seen(len(s.rows), f.Height-len(p)-len(below))
	for i := from; i < to; i++ {
		p.AddItem(f.Styles, s.row(f, c, i), i == s.list.Chosen, f.Width)
	}
	if len(s.rows) == 0 {
		p.Add(draw.Keep, "   "+f.Styles.Plain.Render("nobody"))
	}
	return append(p, below...)
}

// above is the title, or the filter, and the heads of the columns.
func (s *joined) above(f Frame) draw.Page {
	var p draw.Page
	switch {
	case s.filtering:
		p = append(p, f.filterRow(s.filter, strconv.Itoa(len(s.rows))))
	case s.since.typing:
		p = append(p, s.sinceRows(f)...)
	default:
		p.Add(draw.Keep, " "+f.Styles.Title.Render("Joined")+"   "+f.Styles.Plain.Render(s.title(f)))
	}
	if f.roomy() {
		p.Add(draw.Keep, "")
	}
	c := s.columns(f)
	p.Add(draw.Keep, " "+f.Styles.Faint.Render(c.row("", "Name", "E-mail", "Role", "Joined", "Last seen")))
	return p
}

// title names whose accounts these are, and how many.
func (s *joined) title(f Frame) string {
	people := f.People()
	title := draw.Count(len(s.rows), "account")
	switch t, ok := f.Links.Find(s.secret); {
	case s.filter.Value() != "":
		title += fmt.Sprintf(" with %q", s.filter.Value())
	case ok:
		title = fmt.Sprintf("%s with the link %q", draw.Count(t.JoinedCount(), "account"), t.Name)
	case f.Width >= wide || len(s.marks) == 0:
		title += parted(people)
	}
	if n := len(s.marks); n > 0 {
		title += fmt.Sprintf(", %d marked", n)
	}
	if !f.Stale() && f.Width >= 60 {
		title += ", " + f.checked(f.Links.FetchedAt)
	}
	if f.SlowAccounts() {
		title += f.waiting()
	}
	return title
}

// parted counts those who joined since the current link was created, and those who joined with the links just deleted here.
func parted(p *session.People) string {
	text := ""
	if p.Since > 0 || p.ByDead == 0 {
		text = fmt.Sprintf(", %d since the current link was created", p.Since)
	}
	switch {
	case p.Since == len(p.Joined):
		return ""
	case p.ByDead > 0:
		text += fmt.Sprintf(", %d by the %s", p.ByDead, p.OldLink())
	}
	return text
}

// below is where in the list it is, all of the chosen account, and what went wrong.
func (s *joined) below(f Frame) draw.Page {
	var p draw.Page
	if j, ok := s.chosen(); ok {
		at := s.list.Where(len(s.rows), f.Height-len(s.above(f))-s.rowsBelow(f))
		if f.roomy() {
			p.Add(draw.Keep, "")
		}
		if at != "" {
			at += "   "
		}
		p.Add(draw.Keep, draw.Truncate(" "+at+f.whole(j, f.Width-2-draw.Width(at)), f.Width-1))
	}
	if err := f.AccountsErr(); err != nil {
		p.Add(draw.Keep, draw.AtMost(2, draw.Paragraph(f.Styles.Warning, "! The accounts are not known: "+draw.Sentence(err), f.Width-2))...)
	}
	return p
}

// rowsBelow is how many rows below has.
func (s *joined) rowsBelow(f Frame) int {
	n := 1
	if f.roomy() {
		n++
	}
	if err := f.AccountsErr(); err != nil {
		n += min(2, len(draw.Wrap("! The accounts are not known: "+draw.Sentence(err), f.Width-2)))
	}
	return n
}

// whole returns what is known of an account, on a line, what a narrow window's columns lack first; the last of it gives way
// to the width.
func (f Frame) whole(j model.JoinedAccount, width int) string {
	var parts []string
	if j.Known {
		parts = append(parts, f.email(j.Account), j.Role.Name, "last seen "+seen(j.Account))
	}
	if j.Username != "" {
		parts = append(parts, j.Username)
	}
	parts = append(parts, fmt.Sprintf("joined with %q", j.By.Name))
	for len(parts) > 1 && draw.Width(strings.Join(parts, " · ")) > width {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, " · ")
}

// label is the account's name; where secrets are masked never its e-mail.
func (f Frame) label(a model.Account) string {
	if label := a.Label(); label != a.Email {
		return label
	}
	return f.email(a)
}

// email is the account's e-mail, hidden where secrets are masked.
func (f Frame) email(a model.Account) string {
	switch {
	case a.Email == "":
		return "no e-mail"
	case f.Masked:
		return draw.MaskedEmail
	}
	return a.Email
}

// seen is the day on which the account was last used.
func seen(a model.Account) string {
	if a.SeenAt.IsZero() {
		return "never"
	}
	return draw.Day(a.SeenAt)
}

func (s *joined) row(f Frame, c accountColumns, i int) string {
	j := &s.of.Joined[s.rows[i]]
	mark := ""
	if s.marks[j.ID] || s.would(j) {
		mark = "*"
	}
	if f.IsNew(j.ID) {
		mark += "new"
	}
	email, when, last := "", "", ""
	if j.Known {
		email, last = f.email(j.Account), seen(j.Account)
		when = c.time(j.CreatedAt)
	}
	text := c.row(mark, f.label(j.Account), email, j.Role.Name, when, last)
	if mark != "" {
		return f.Styles.Success.Render(text[:c.mark]) + text[c.mark:]
	}
	return text
}

// accountColumns are the widths of the list's columns; what there is no room for is 0. In a narrower window first the
// last sign of life goes, then the role, the time of day, and the e-mail.
type accountColumns struct{ mark, name, email, role, joined, seen int }

// columns gives names and e-mails the room that the longest need, as far as there is any.
func (s *joined) columns(f Frame) accountColumns {
	width, email := f.Width, s.email
	if f.Masked { // whose length is nobody's business
		email = draw.Width(draw.MaskedEmail)
	}
	c := accountColumns{mark: 5, joined: 12}
	if width >= 70 {
		c.email = 26
	}
	if width >= 80 {
		c.joined = 18
	}
	if width >= 92 {
		c.role = 10
	}
	if width >= 106 {
		c.seen = 12
	}
	c.name = max(width-2-c.mark-c.email-c.role-c.joined-c.seen, 1)
	if spare := c.name - max(s.name+2, 6); c.email > 0 && spare > 0 {
		c.name, c.email = c.name-spare, max(min(c.email+spare, email+2), 8)
	}
	return c
}

// row sets the cells in their columns, each cut to its width.
func (c accountColumns) row(mark, name, email, role, joined, seen string) string {
	return cell(mark, c.mark) + cell(name, c.name) + cell(email, c.email) + cell(role, c.role) + cell(joined, c.joined) + cell(seen, c.seen)
}

// time is when an account was made, with the time of day where there is room.
func (c accountColumns) time(t time.Time) string {
	if c.joined < 18 || t.IsZero() {
		return draw.Day(t)
	}
	return t.UTC().Format("2 Jan 2006 15:04")
}
