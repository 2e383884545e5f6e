package screen

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// links lists every link that the instance ever had, to look at and to
// copy, re-date, delete or restore the chosen one.
type links struct {
	Base
	// all are the links, the live ones first, tokens those of them that the filter
	// lets through, and wanted is what it asks for.
	all, tokens []model.Token
	wanted      string
	list        draw.List
	filter      textinput.Model
	filtering   bool
}

func newLinks(h Host) *links {
	f := h.Frame()
	s := &links{filter: draw.NewInput(f.Styles, 100)}
	s.filter.Placeholder = "name, status, who made it or who joined"
	s.sort(f)
	return s
}

// TakesText implements TextTaker.
func (s *links) TakesText() bool { return s.filtering }

// Update implements Screen.
func (s *links) Update(h Host, msg tea.Msg) tea.Cmd {
	f := h.Frame()
	switch msg.(type) {
	case LinksChanged:
		s.sort(f)
	case tea.PasteMsg, tea.KeyPressMsg:
		if s.filtering {
			return s.write(f, msg)
		}
	}
	return nil
}

// Keys implements Screen.
func (s *links) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	if s.filtering {
		done := func() { s.filtering = false; s.filter.Blur(); s.sift(f) }
		return filterKeys(k, &s.filter, done, moves(k, &s.list, len(s.tokens), s.height(f)))
	}
	t, ok := s.chosen()
	all := moves(k, &s.list, len(s.tokens), s.height(f))
	if ok {
		all = append(all, onLink(h, t)...)
	}
	back := func() tea.Cmd {
		if s.filter.Value() == "" {
			h.Close()
			return nil
		}
		s.filter.SetValue("")
		s.sift(f)
		return nil
	}
	return append(all,
		Action{Key: k.Filter, Do: func() tea.Cmd { s.filtering = true; return s.filter.Focus() }},
		Action{Key: k.Open, Do: func() tea.Cmd { return openJoined(h, t.Secret) }, Off: !ok},
		Action{Key: k.Help}, Action{Key: k.Back, Do: back}, Action{Key: k.Links, Do: nothing(h.Close), Unlisted: true})
}

// onLink returns what can be done with one of the links.
func onLink(h Host, t model.Token) []Action {
	f := h.Frame()
	k := f.Keys
	hidden := func(a Action) Action { a.Unlisted = a.Why != ""; return a }
	bringBack := Action{Key: draw.Does(k.Undo, "restore"), Why: f.barOr(cantRestore(t)), Do: func() tea.Cmd { return restore(h, t) }}
	return []Action{
		hidden(bringBack),
		{Key: k.Copy, Do: func() tea.Cmd { return copyLink(h, t, "") }, Unlisted: bringBack.Why == ""},
		hidden(Action{Key: k.Edit, Why: f.barOr(cantEdit(t)), Do: func() tea.Cmd { return h.Open(newEdit(h, t)) }}),
		hidden(Action{Key: k.Delete, Why: f.barOr(cantDelete(t)), Do: func() tea.Cmd { return askDelete(h, t) }}),
		{Key: k.Code, Why: cantCopy(t), Do: func() tea.Cmd { return openQR(h, &qr{secret: t.Secret}) }, Unlisted: true},
	}
}

func (s *links) write(f Frame, msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	s.filter, cmd = s.filter.Update(draw.Printable(msg))
	s.list = draw.List{}
	s.sift(f)
	return cmd
}

func (s *links) chosen() (model.Token, bool) {
	if s.list.Chosen >= len(s.tokens) {
		return model.Token{}, false
	}
	return s.tokens[s.list.Chosen], true
}

// height is how many links are seen at once: less the rows above and below them.
func (s *links) height(f Frame) int {
	return max(f.Height-s.above(f)-len(s.below(f)), 1)
}

func (s *links) above(f Frame) int {
	if !f.roomy() {
		return 2
	}
	return 4
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
	c := columnsFor(f.Width, s.inTurn(f))
	live := len(f.Links.Live(f.Now))
	title := f.Styles.Title.Render("All links") + f.Styles.Plain.Render(fmt.Sprintf("   %d, live %d", len(f.Links.Tokens), live))
	if !f.Stale() && f.Width >= 60 {
		title += f.Styles.Plain.Render(", " + f.checked(f.Links.FetchedAt))
	}
	switch {
	case s.filtering:
		p = append(p, f.filterRow(s.filter))
	case s.filter.Value() != "":
		p.Add(draw.Keep, " "+title+f.Styles.Plain.Render(fmt.Sprintf(", %d with %q", len(s.tokens), s.filter.Value())))
	default:
		p.Add(draw.Keep, " "+title)
	}
	if f.roomy() {
		p.Add(draw.Keep, "")
	}
	p.Add(draw.Keep, " "+f.Styles.Faint.Render(c.row("  Status", "Asked", "Name", "Stops", "Joined", "Created")))
	below := s.below(f)
	from, to := s.list.Seen(len(s.tokens), f.Height-len(p)-len(below))
	for i := from; i < to; i++ {
		p.Add(draw.Keep, s.row(f, c, i))
	}
	if len(s.tokens) == 0 {
		p.Add(draw.Keep, "   "+f.Styles.Plain.Render("no link"))
	}
	return append(p, below...)
}

func (s *links) row(f Frame, c columns, i int) string {
	t := s.tokens[i]
	status, mark, _ := f.statusOf(t)
	head := mark + " " + status.String()
	made := draw.Day(t.CreatedAt)
	if t.CreatedBy != "" && c.created > narrowDate {
		made += " by " + t.CreatedBy
	}
	text := c.row(head, f.asked(t), t.Name, draw.Day(t.StopsAt()), fmt.Sprint(t.JoinedCount()), made)
	if i == s.list.Chosen {
		return "›" + f.Styles.Chosen.Render(text)
	}
	return " " + f.Styles.Status[status].Render(head) + text[len(head):]
}

// asked is when the server was asked about a link, nothing where that was not needed.
func (f Frame) asked(t model.Token) string {
	if !answered(t) {
		return ""
	}
	return shortAge(f.Local.Sub(t.AskedAt))
}

// inTurn reports whether links are asked about in turn, so that some verdicts are older than the others.
func (s *links) inTurn(f Frame) bool {
	return slices.ContainsFunc(s.tokens, func(t model.Token) bool { return f.since(t) != "" })
}

// columns are the widths of the list's columns; what there is no room for is 0.
type columns struct{ status, asked, name, stops, joined, created int }

// narrowDate is the width of a column with a date alone, namedFrom that of a window from which there are more columns than the least.
const narrowDate, namedFrom = 13, 56

func columnsFor(width int, inTurn bool) columns {
	c := columns{status: 15, stops: narrowDate}
	if inTurn && width >= namedFrom {
		c.asked = 11
	}
	if width-c.asked >= namedFrom {
		c.joined = 8
	}
	switch {
	case width-c.asked >= 80:
		c.created = 24
	case width >= 80:
		c.created = narrowDate
	}
	c.name = max(width-2-c.status-c.asked-c.stops-c.joined-c.created, 1)
	if width >= 80 {
		c.name = min(c.name, 40)
	}
	return c
}

// row sets the cells in their columns, each cut to its width.
func (c columns) row(status, asked, name, stops, joined, created string) string {
	return cell(status, c.status) + cell(asked, c.asked) + cell(name, c.name) +
		cell(stops, c.stops) + cell(joined, c.joined) + cell(created, c.created)
}

// cell is the text in a column of the width, with a space at least behind it.
func cell(text string, width int) string {
	if width == 0 {
		return ""
	}
	text = draw.Truncate(text, width-1)
	return text + strings.Repeat(" ", width-draw.Width(text))
}
