package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/screen"
)

func (m *Model) fits() bool {
	return m.window.Width >= screen.MinWidth && m.window.Height >= screen.MinHeight
}

// View draws the window, with the secrets masked if they are to be.
func (m *Model) View() tea.View {
	m.drawn = new(standing)
	defer func() { m.drawn = nil }()
	v := m.draw()
	v.Content = m.mask.Hide(v.Content)
	return v
}

// draw draws header, the screen on top, what is wrong, what just happened, and the
// keys. The lines above give way first.
func (m *Model) draw() tea.View {
	if m.window.Width == 0 {
		return m.page(nil)
	}
	if !m.fits() {
		return m.page(m.tooSmall())
	}
	f := m.Frame()
	if s, ok := m.top().(screen.Poster); ok {
		if poster := s.Poster(f); poster != nil {
			return m.page(poster)
		}
	}
	foot, room := m.footer(), f.Height
	p := draw.Page{{Text: m.header()}}
	if m.window.Height-len(foot)-len(p) > room {
		p.Add(draw.Keep, "")
	}
	p = append(p, m.top().View(f).Fit(room)...)
	for len(p) < m.window.Height-len(foot) {
		p.Add(draw.Keep, "")
	}
	return m.page(append(p, foot...))
}

// Frame implements screen.Host.
func (m *Model) Frame() screen.Frame {
	f := m.facts()
	f.Width, f.Height = m.window.Width, m.room()
	return f
}

// facts are the frame without the room that the screen has.
func (m *Model) facts() screen.Frame {
	f := screen.Frame{
		Session: m.session, Window: m.window, Styles: m.styles, Keys: m.keyMap,
		Now: m.session.Links.ServerTime(m.Now()), Local: m.Now(), Loc: m.Location,
		Masked: m.mask.On, ASCII: m.ascii, Colourless: m.colourless, Accessible: m.accessible,
		Header: m.header, KeyRow: m.keyRow,
	}
	if !m.accessible {
		f.Spinner = m.spinner.View()
	}
	if m.notice.text != "" {
		f.Notice = m.notice.style.Render(m.notice.text)
	}
	return f
}

// roomyHeight is the height of a window from which the keys may have a second row.
const roomyHeight = 24

// room is how many rows the screen on top has, between header and footer.
func (m *Model) room() int {
	room := m.window.Height - len(m.said()) - 2 - m.mostKeyRows() // the header, a blank and the keys
	if room > screen.MinHeight {
		return room - 1 // a blank below the header
	}
	return max(room, 0)
}

// page clips the page to the window.
func (m *Model) page(p draw.Page) tea.View {
	lines := make([]string, 0, len(p))
	var cursor *tea.Cursor
	for i, r := range p.Fit(m.window.Height) {
		lines = append(lines, draw.Truncate(r.Text, m.window.Width))
		if r.Cursor != nil && r.Cursor.X < m.window.Width {
			at := *r.Cursor
			at.Y = i
			cursor = &at
		}
	}
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	v.Cursor = cursor
	v.WindowTitle = m.title()
	return v
}

func (m *Model) tooSmall() draw.Page {
	var p draw.Page
	text := fmt.Sprintf("The window is too small: %d×%d, and %d×%d is needed. q quits.",
		m.window.Width, m.window.Height, screen.MinWidth, screen.MinHeight)
	p.Add(draw.Keep, draw.Wrap(text, m.window.Width)...)
	return p.Fit(m.window.Height)
}

// header names the program on the left, with the status where the screen does
// not show it, and the instance and us on the right as far as there is room.
func (m *Model) header() string {
	marks := slices.DeleteFunc([]string{m.badge(), m.openMark(), m.maskMark(), m.statusMark()}, func(s string) bool { return s == "" })
	if len(marks) == 0 || m.window.Width >= 60 {
		marks = slices.Insert(marks, 0, m.styles.Title.Render("unleash-invite"))
	}
	left := " " + strings.Join(marks, "  ")
	room := m.window.Width - draw.Width(left) - 3
	version, name, mark := "", m.session.User.Name, ""
	if m.session.WhyReadOnly() != "" {
		mark = "read-only" // stays longer than the name
	}
	if m.session.Server.Version != "" {
		version = "Unleash " + m.session.Server.Version
	}
	profile, place := m.session.Instance.Profile, m.session.Instance.Host
	if profile == place {
		profile = ""
	}
	for _, parts := range [][]string{
		{profile, place, version, name, mark}, {profile, place, name, mark}, {profile, place, mark},
		{cmp.Or(profile, place), mark}, {profile, place}, {cmp.Or(profile, place)},
	} {
		parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
		right := strings.Join(parts, " · ")
		if w := draw.Width(right); w <= room {
			return left + strings.Repeat(" ", room-w+2) + m.styles.Plain.Render(right)
		}
	}
	return left + "  " + m.styles.Plain.Render(draw.Truncate(cmp.Or(profile, place), room))
}

// badge returns what the header says of production.
func (m *Model) badge() string {
	if !m.session.Instance.Production {
		return ""
	}
	return m.styles.Badge.Render(" PRODUCTION ")
}

// openMark returns what it says of a token that travels unencrypted.
func (m *Model) openMark() string {
	on := m.session.Instance
	if !model.Unencrypted(on.Address) || on.Way.UnixSocket != "" {
		return ""
	}
	return m.styles.Warning.Render("! no TLS")
}

// maskMark returns what it says of secrets that are masked.
func (m *Model) maskMark() string {
	if !m.mask.On {
		return ""
	}
	return m.styles.Strong.Render("masked")
}

// statusMark is the status in one word, where the screen on top does not show it: of the instance that the header names,
// also where the screen is about others.
func (m *Model) statusMark() string {
	if _, shown := m.top().(*screen.Status); shown || !m.session.Connected() {
		return ""
	}
	status, words := m.standing()
	return m.styles.Status[status].Render(words)
}

// standing is how it stands with the current link: the status, and a word or two.
type standing struct {
	status model.Status
	words  string
}

// standing is computed once per drawing, since there may be a hundred thousand links. While the current link is
// being replaced, it is that.
func (m *Model) standing() (status model.Status, words string) {
	if m.drawn != nil && m.drawn.words != "" {
		return m.drawn.status, m.drawn.words
	}
	f := m.facts()
	if s, ok := m.top().(screen.Changing); ok && s.Changing(f) {
		return model.StatusUnknown, "? Rotating"
	}
	status, mark, _ := f.Status()
	words = mark + " " + status.String() + f.Others()
	if m.drawn != nil {
		*m.drawn = standing{status, words}
	}
	return status, words
}

// footer returns the notice and the keys.
func (m *Model) footer() draw.Page {
	p := m.said()
	p.Add(draw.Keep, "")
	for _, row := range m.keyRows() {
		p.Add(draw.Keep, " "+row)
	}
	return p
}

// said returns what is wrong and what just happened, below a blank, or nothing.
func (m *Model) said() draw.Page {
	var p draw.Page
	width := m.window.Width - 2
	if m.session.SlowWrite() {
		p.Add(draw.Keep, " "+m.facts().Busy(m.session.Progress()))
	}
	most := max(m.window.Height/4, 3) // the status must stay in sight
	_, apart := m.top().(screen.Elsewhere)
	_, told := m.top().(screen.ProblemTeller)
	if !apart && !told && m.session.Known() {
		p.Add(draw.Keep, draw.AtMost(most, m.facts().Problem(width))...)
		if dead := m.deadInClipboard(); dead != "" {
			p.Add(draw.Keep, draw.Paragraph(m.styles.Warning, "! "+dead, width)...)
		}
	}
	if m.notice.text != "" {
		p.Add(draw.Keep, draw.AtMost(most, draw.Paragraph(m.notice.style, m.notice.text, width))...)
	}
	if len(p) > 0 {
		p = append(draw.Page{{}}, p...)
	}
	return p
}

// keys are those that act now.
func (m *Model) keys() []screen.Action {
	if m.passing() {
		return m.screens[len(m.screens)-2].Keys(m)
	}
	return m.top().Keys(m)
}

// keyRows shows the keys of the screen on top: in a second row, where the window has one for them, those that the first
// has no room for.
func (m *Model) keyRows() []string {
	width, bindings := m.window.Width-2, m.bindings()
	if fit := m.fitting(bindings, width); fit < len(bindings) && m.mostKeyRows() > 1 {
		n := (len(bindings) + 1) / 2 // two rows of much the same length, if they hold all
		if n > fit || m.fitting(bindings[n:], width) < len(bindings)-n {
			n = min(fit, len(bindings)-2)
		}
		return []string{m.row(bindings[:n], width), m.row(bindings[n:], width)}
	}
	return []string{m.row(bindings, width)}
}

// mostKeyRows is how many rows are left for the keys: two where everything begins, which has the most.
func (m *Model) mostKeyRows() int {
	if m.window.Height < roomyHeight || len(m.screens) > 1 {
		return 1
	}
	return 2
}

// keyRow shows the keys of the screen on top in one row.
func (m *Model) keyRow(width int) string { return m.row(m.bindings(), width) }

// bindings are the keys to show.
func (m *Model) bindings() []key.Binding {
	if m.doing() != "" {
		return []key.Binding{draw.Does(m.keyMap.Back, "stop waiting"), screen.Both(m.keyMap.Quit, m.keyMap.Interrupt)}
	}
	var bindings []key.Binding
	for _, a := range m.keys() {
		if !a.Unlisted && !a.Off && a.Why == "" {
			bindings = append(bindings, a.Key)
		}
	}
	return bindings
}

// row shows keys. The last two, the ways to help and out, are always among them; of the others as many as there is room for.
func (m *Model) row(bindings []key.Binding, width int) string {
	ways := max(len(bindings)-2, 0)
	first, last := bindings[:ways], bindings[ways:]
	for _, b := range last {
		width -= keyWidth(b) + keyGap(m.window.Width)
	}
	var shown []string
	for _, b := range slices.Concat(first[:m.fitting(first, width)], last) {
		shown = append(shown, m.styles.Key.Render(b.Help().Key)+" "+m.styles.Plain.Render(b.Help().Desc))
	}
	return strings.Join(shown, strings.Repeat(" ", keyGap(m.window.Width)))
}

// fitting is how many of the keys fit into a width, from the first.
func (m *Model) fitting(bindings []key.Binding, width int) int {
	for i, b := range bindings {
		if width -= keyWidth(b); width < 0 {
			return i
		}
		width -= keyGap(m.window.Width)
	}
	return len(bindings)
}

// keyGap is how many columns are between two keys in a window.
func keyGap(width int) int {
	if width < 62 {
		return 2
	}
	return 3
}

func keyWidth(b key.Binding) int { return draw.Width(b.Help().Key) + 1 + draw.Width(b.Help().Desc) }
