package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// linksScreen lists every link that the instance ever had, to look at and to
// copy, re-date, delete or restore the chosen one.
type linksScreen struct {
	// all are the links, the live ones first, tokens those of them that the filter
	// lets through, and wanted is what it asks for.
	all, tokens []model.Token
	wanted      string
	list        draw.List
	filter      textinput.Model
	filtering   bool
}

func (m *Model) openLinks() tea.Cmd {
	s := &linksScreen{filter: draw.NewInput(m.styles, 100)}
	s.filter.Placeholder = "name, status, who made it or who joined"
	s.sort(m)
	m.open(s)
	return nil
}

func (s *linksScreen) update(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case linksChangedMsg:
		s.sort(m)
	case tea.PasteMsg:
		if s.filtering {
			return s.write(m, msg)
		}
	case tea.KeyPressMsg:
		if s.filtering {
			return s.pressFilter(m, msg)
		}
		return s.press(m, msg)
	}
	return nil
}

func (s *linksScreen) press(m *Model, msg tea.KeyPressMsg) tea.Cmd {
	k := m.keyMap
	t, ok := s.chosen()
	switch {
	case s.list.Press(k, msg, len(s.tokens), s.height(m)):
	case key.Matches(msg, k.Back) && s.filter.Value() != "":
		s.filter.SetValue("")
		s.sift(m)
	case key.Matches(msg, k.Back, k.Links):
		m.close()
	case key.Matches(msg, k.Filter):
		s.filtering = true
		return s.filter.Focus()
	case ok:
		return m.pressOn(t, msg)
	}
	return nil
}

// pressOn acts on one of the links.
func (m *Model) pressOn(t model.Token, msg tea.KeyPressMsg) tea.Cmd {
	switch k := m.keyMap; {
	case key.Matches(msg, k.Open, k.Joined):
		m.openJoined(t)
	case key.Matches(msg, k.Copy):
		return m.copyLink(t, "")
	case key.Matches(msg, k.Code):
		return m.unless(cantCopy(t), func() tea.Cmd { return m.openQR(&qrScreen{secret: t.Secret}) })
	case key.Matches(msg, k.Edit):
		return m.unless(m.barOr(cantEdit(t)), func() tea.Cmd { return m.openEdit(t) })
	case key.Matches(msg, k.Delete):
		return m.unless(m.barOr(cantDelete(t)), func() tea.Cmd { return m.openDelete(t) })
	case key.Matches(msg, k.Undo):
		return m.unless(m.barOr(cantRestore(t)), func() tea.Cmd { return m.restore(t) })
	}
	return nil
}

func (s *linksScreen) pressFilter(m *Model, msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keyMap.Cancel):
		s.filter.SetValue("")
		fallthrough
	case key.Matches(msg, m.keyMap.Submit):
		s.filtering = false
		s.filter.Blur()
		s.sift(m)
		return nil
	case msg.Text == "" && s.list.Press(m.keyMap, msg, len(s.tokens), s.height(m)):
		return nil
	}
	return s.write(m, msg)
}

func (s *linksScreen) write(m *Model, msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	s.filter, cmd = s.filter.Update(draw.Printable(msg))
	s.list = draw.List{}
	s.sift(m)
	return cmd
}

func (s *linksScreen) chosen() (model.Token, bool) {
	if s.list.Chosen >= len(s.tokens) {
		return model.Token{}, false
	}
	return s.tokens[s.list.Chosen], true
}

// height is how many links are seen at once: less the rows above and below them.
func (s *linksScreen) height(m *Model) int {
	return max(m.room()-s.above(m)-len(s.below(m, m.width)), 1)
}

func (s *linksScreen) above(m *Model) int {
	if m.height < roomy {
		return 2
	}
	return 4
}

// below is the chosen link alone on its line, for a mouse to select.
func (s *linksScreen) below(m *Model, width int) draw.Page {
	var p draw.Page
	if t, ok := s.chosen(); ok {
		if m.height >= roomy {
			p.Add(draw.Keep, "")
		}
		p.Add(draw.Keep, linkRows(t.URL, width)...)
	}
	return p
}

func (s *linksScreen) keys(m *Model) []key.Binding {
	k := m.keyMap
	if s.filtering {
		return []key.Binding{draw.Does(k.Submit, "keep"), draw.Does(k.Cancel, "clear")}
	}
	t, ok := s.chosen()
	all := []key.Binding{k.Copy}
	if m.barOr(cantRestore(t)) == "" {
		all = []key.Binding{draw.Does(k.Undo, "restore")}
	}
	if m.barOr(cantEdit(t)) == "" {
		all = append(all, k.Edit)
	}
	if m.barOr(cantDelete(t)) == "" {
		all = append(all, k.Delete)
	}
	if !ok {
		all = nil
	}
	return append(all, k.Filter, k.Open, k.Help, k.Back)
}

func (s *linksScreen) view(m *Model, width, height int) draw.Page {
	var p draw.Page
	c := columnsFor(width)
	live := len(m.links.Live(m.now()))
	title := m.styles.Title.Render("All links") + m.styles.Faint.Render(fmt.Sprintf("   %d, live %d", len(m.links.Tokens), live))
	switch {
	case s.filtering:
		text, cursor := draw.FieldView(s.filter, width-11)
		if s.filter.Value() == "" {
			text = m.styles.Faint.Render(s.filter.Placeholder)
		}
		if cursor != nil {
			cursor.X += 10
		}
		p = append(p, draw.Row{Text: " Filter:  " + text, Cursor: cursor})
	case s.filter.Value() != "":
		p.Add(draw.Keep, " "+title+m.styles.Faint.Render(fmt.Sprintf(", %d with %q", len(s.tokens), s.filter.Value())))
	default:
		p.Add(draw.Keep, " "+title)
	}
	if m.height >= roomy {
		p.Add(draw.Keep, "")
	}
	p.Add(draw.Keep, " "+m.styles.Label.Render(c.row("  Status", "Name", "Stops", "Joined", "Created")))
	below := s.below(m, width)
	from, to := s.list.Seen(len(s.tokens), height-len(p)-len(below))
	for i := from; i < to; i++ {
		p.Add(draw.Keep, s.row(m, c, i))
	}
	if len(s.tokens) == 0 {
		p.Add(draw.Keep, "   "+m.styles.Faint.Render("no link"))
	}
	return append(p, below...)
}

func (s *linksScreen) row(m *Model, c columns, i int) string {
	t := s.tokens[i]
	status, mark, _ := m.statusOf(t)
	head := mark + " " + status.String()
	made := draw.Day(t.CreatedAt)
	if t.CreatedBy != "" {
		made += " by " + t.CreatedBy
	}
	text := c.row(head, t.Name, draw.Day(t.StopsAt()), fmt.Sprint(len(t.Joined)), made)
	if i == s.list.Chosen {
		return "›" + m.styles.Chosen.Render(text)
	}
	return " " + m.styles.Status[status].Render(head) + text[len(head):]
}

// columns are the widths of the list's columns; what there is no room for is 0.
type columns struct{ status, name, stops, joined, created int }

func columnsFor(width int) columns {
	c := columns{status: 15, stops: 13}
	if width >= 56 {
		c.joined = 8
	}
	if width >= 80 {
		c.created = 24
	}
	c.name = max(width-2-c.status-c.stops-c.joined-c.created, 1)
	if width >= 80 {
		c.name = min(c.name, 40)
	}
	return c
}

// row sets the cells in their columns, each cut to its width.
func (c columns) row(status, name, stops, joined, created string) string {
	return cell(status, c.status) + cell(name, c.name) + cell(stops, c.stops) + cell(joined, c.joined) + cell(created, c.created)
}

// cell is the text in a column of the width, with a space at least behind it.
func cell(text string, width int) string {
	if width == 0 {
		return ""
	}
	text = draw.Truncate(text, width-1)
	return text + strings.Repeat(" ", width-draw.Width(text))
}
