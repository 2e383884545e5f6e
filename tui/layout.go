package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// The smallest window that shows everything that matters.
const minWidth, minHeight = 40, 12

// roomy is the height from which there is room for more than the least.
const roomy = 18

// row is one line of a screen.
type row struct {
	text string
	// drop says how early the row goes when the window is low: 0 stays, the highest goes first.
	drop int
	// part says that the row goes on with the text of the one above: they go together.
	part bool
	// cursor is where in the row the terminal's cursor stands, if it does.
	cursor *tea.Cursor
}

// page is what a screen draws, from top to bottom.
type page []row

func (p *page) add(drop int, lines ...string) {
	for i, line := range lines {
		*p = append(*p, row{text: line, drop: drop, part: i > 0})
	}
}

// fit drops rows until the page is no higher than height; when nothing may go
// any more, from the end.
func (p page) fit(height int) page {
	p = slices.Clone(p)
	for len(p) > height {
		first := 0
		for i, r := range p {
			if !r.part && r.drop >= p[first].drop {
				first = i
			}
		}
		if p[first].drop == 0 {
			return p[:height]
		}
		end := first + 1
		for end < len(p) && p[end].part {
			end++
		}
		p = slices.Delete(p, first, end)
	}
	return p
}

func (m *Model) fits() bool { return m.width >= minWidth && m.height >= minHeight }

// View draws the window, with the secrets masked if they are to be.
func (m *Model) View() tea.View {
	v := m.draw()
	v.Content = m.mask.hide(v.Content)
	return v
}

// draw draws header, the screen on top, what is wrong, what just happened, and the
// keys. The lines above give way first.
func (m *Model) draw() tea.View {
	if m.width == 0 {
		return m.window(nil)
	}
	if !m.fits() {
		return m.window(m.tooSmall())
	}
	if s, ok := m.top().(*qrScreen); ok {
		if poster := s.poster(m); poster != nil {
			return m.window(poster)
		}
	}
	foot, room := m.footer(), m.room()
	p := page{{text: m.header()}}
	if m.height-len(foot)-len(p) > room {
		p.add(0, "")
	}
	p = append(p, m.top().view(m, m.width, room).fit(room)...)
	for len(p) < m.height-len(foot) {
		p.add(0, "")
	}
	return m.window(append(p, foot...))
}

// room is how many rows the screen on top has, between header and footer.
func (m *Model) room() int {
	room := m.height - len(m.said()) - 3 // the header, a blank and the keys
	if room > minHeight {
		return room - 1 // a blank below the header
	}
	return max(room, 0)
}

// window clips the page to the window.
func (m *Model) window(p page) tea.View {
	lines := make([]string, 0, len(p))
	var cursor *tea.Cursor
	for i, r := range p.fit(m.height) {
		lines = append(lines, truncate(r.text, m.width))
		if r.cursor != nil && r.cursor.X < m.width {
			at := *r.cursor
			at.Y = i
			cursor = &at
		}
	}
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	v.Cursor = cursor
	return v
}

func (m *Model) tooSmall() page {
	var p page
	text := fmt.Sprintf("The window is too small: %d×%d, and %d×%d is needed. q quits.", m.width, m.height, minWidth, minHeight)
	p.add(0, wrap(text, m.width)...)
	return p.fit(m.height)
}

// header names the program on the left, with the status where the screen does
// not show it, and the instance and us on the right as far as there is room.
func (m *Model) header() string {
	marks := slices.DeleteFunc([]string{m.badge(), m.maskMark(), m.statusMark()}, func(s string) bool { return s == "" })
	if len(marks) == 0 || m.width >= 60 {
		marks = slices.Insert(marks, 0, m.styles.title.Render("unleash-invite"))
	}
	left := " " + strings.Join(marks, "  ")
	room := m.width - widthOf(left) - 3
	version, name := "", m.user.Name
	if m.readOnlyReason() != "" {
		name = strings.TrimPrefix(name+" · read-only", " · ")
	}
	if m.instance.Version != "" {
		version = "Unleash " + m.instance.Version
	}
	profile, place := m.on.Profile, m.on.Host
	if profile == place {
		profile = ""
	}
	for _, parts := range [][]string{{profile, place, version, name}, {profile, place, name}, {profile, place}, {cmp.Or(profile, place)}} {
		parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
		right := strings.Join(parts, " · ")
		if w := widthOf(right); w <= room {
			return left + strings.Repeat(" ", room-w+2) + m.styles.faint.Render(right)
		}
	}
	return left + "  " + m.styles.faint.Render(truncate(cmp.Or(profile, place), room))
}

// statusMark is the status in one word, where the screen on top does not show it.
func (m *Model) statusMark() string {
	switch m.top().(type) {
	case statusScreen, elsewhere:
		return ""
	}
	status, mark, _ := m.status()
	return m.styles.status[status].Render(mark + " " + status.String())
}

// footer is what is to be said, and the keys.
func (m *Model) footer() page {
	p := m.said()
	p.add(0, "", " "+m.keyRow(m.width-2))
	return p
}

// said is what is wrong and what just happened, below a blank, or nothing.
func (m *Model) said() page {
	var p page
	width := m.width - 2
	if m.action.running() && m.action.slow {
		p.add(0, " "+m.spinner.View()+" "+m.action.progress())
	}
	most := max(m.height/4, 3) // the status must stay in sight
	if _, apart := m.top().(elsewhere); !apart && !m.links.FetchedAt.IsZero() {
		p.add(0, atMost(most, m.problem(width))...)
	}
	if m.notice.text != "" {
		p.add(0, atMost(most, paragraph(m.notice.style, m.notice.text, width))...)
	}
	if len(p) > 0 {
		p = append(page{{}}, p...)
	}
	return p
}

// keyRow shows the keys of the screen on top. The last two, the ways to help
// and out, are always among them; of the others as many as there is room for.
func (m *Model) keyRow(width int) string {
	bindings := m.top().keys(m)
	if m.action.running() {
		bindings = []key.Binding{does(m.keyMap.Back, "stop waiting"), both(m.keyMap.Quit, m.keyMap.Interrupt)}
	}
	bindings = slices.DeleteFunc(slices.Clone(bindings), func(b key.Binding) bool { return !b.Enabled() })
	gap := 3
	if width < 60 {
		gap = 2
	}
	ways := max(len(bindings)-2, 0)
	first, last := bindings[:ways], bindings[ways:]
	room := width - gap*(len(last)-1)
	for _, b := range last {
		room -= keyWidth(b)
	}
	var shown []string
	for _, b := range first {
		if room -= keyWidth(b) + gap; room < 0 {
			break
		}
		shown = append(shown, m.keyHelp(b))
	}
	for _, b := range last {
		shown = append(shown, m.keyHelp(b))
	}
	return strings.Join(shown, strings.Repeat(" ", gap))
}

func (m *Model) keyHelp(b key.Binding) string {
	return m.styles.key.Render(b.Help().Key) + " " + m.styles.faint.Render(b.Help().Desc)
}

func keyWidth(b key.Binding) int { return widthOf(b.Help().Key) + 1 + widthOf(b.Help().Desc) }

// atMost cuts a text of more than n lines.
func atMost(n int, lines []string) []string {
	if len(lines) <= n {
		return lines
	}
	return append(slices.Clone(lines[:n-1]), lines[n-1]+" …")
}

// paragraph is text broken into styled lines with a margin.
func paragraph(style lipgloss.Style, text string, width int) []string {
	lines := wrap(text, width)
	for i, line := range lines {
		lines[i] = " " + style.Render(line)
	}
	return lines
}

// wrap breaks text at its spaces, and inside a word only when it is too long.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && widthOf(line)+1+widthOf(word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		broken := hardwrap(word, width)
		lines = append(lines, broken[:len(broken)-1]...)
		line = broken[len(broken)-1]
	}
	return append(lines, line)
}
