package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
)

// The smallest window that shows everything that matters.
const minWidth, minHeight = 40, 12

// roomy is the height from which there is room for more than the least.
const roomy = 18

func (m *Model) fits() bool { return m.width >= minWidth && m.height >= minHeight }

// View draws the window, with the secrets masked if they are to be.
func (m *Model) View() tea.View {
	v := m.draw()
	v.Content = m.mask.Hide(v.Content)
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
	p := draw.Page{{Text: m.header()}}
	if m.height-len(foot)-len(p) > room {
		p.Add(draw.Keep, "")
	}
	p = append(p, m.top().view(m, m.width, room).Fit(room)...)
	for len(p) < m.height-len(foot) {
		p.Add(draw.Keep, "")
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
func (m *Model) window(p draw.Page) tea.View {
	lines := make([]string, 0, len(p))
	var cursor *tea.Cursor
	for i, r := range p.Fit(m.height) {
		lines = append(lines, draw.Truncate(r.Text, m.width))
		if r.Cursor != nil && r.Cursor.X < m.width {
			at := *r.Cursor
			at.Y = i
			cursor = &at
		}
	}
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	v.Cursor = cursor
	return v
}

func (m *Model) tooSmall() draw.Page {
	var p draw.Page
	text := fmt.Sprintf("The window is too small: %d×%d, and %d×%d is needed. q quits.", m.width, m.height, minWidth, minHeight)
	p.Add(draw.Keep, draw.Wrap(text, m.width)...)
	return p.Fit(m.height)
}

// header names the program on the left, with the status where the screen does
// not show it, and the instance and us on the right as far as there is room.
func (m *Model) header() string {
	marks := slices.DeleteFunc([]string{m.badge(), m.maskMark(), m.statusMark()}, func(s string) bool { return s == "" })
	if len(marks) == 0 || m.width >= 60 {
		marks = slices.Insert(marks, 0, m.styles.Title.Render("unleash-invite"))
	}
	left := " " + strings.Join(marks, "  ")
	room := m.width - draw.Width(left) - 3
	version, name, mark := "", m.user.Name, ""
	if m.readOnlyReason() != "" {
		mark = "read-only" // stays longer than the name
	}
	if m.instance.Version != "" {
		version = "Unleash " + m.instance.Version
	}
	profile, place := m.on.Profile, m.on.Host
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
			return left + strings.Repeat(" ", room-w+2) + m.styles.Faint.Render(right)
		}
	}
	return left + "  " + m.styles.Faint.Render(draw.Truncate(cmp.Or(profile, place), room))
}

// statusMark is the status in one word, where the screen on top does not show it.
func (m *Model) statusMark() string {
	switch m.top().(type) {
	case statusScreen, elsewhere:
		return ""
	}
	status, mark, _ := m.status()
	return m.styles.Status[status].Render(mark + " " + status.String() + m.plusOthers())
}

// plusOthers announces live links other than the current one, as in " +1".
func (m *Model) plusOthers() string {
	n := len(m.links.Live(m.now())) - 1
	if n < 1 || m.stale() {
		return ""
	}
	return " +" + strconv.Itoa(n)
}

// footer is what is to be said, and the keys.
func (m *Model) footer() draw.Page {
	p := m.said()
	p.Add(draw.Keep, "", " "+m.keyRow(m.width-2))
	return p
}

// said is what is wrong and what just happened, below a blank, or nothing.
func (m *Model) said() draw.Page {
	var p draw.Page
	width := m.width - 2
	if m.action.running() && m.action.slow {
		p.Add(draw.Keep, " "+m.spinner.View()+" "+m.action.progress())
	}
	most := max(m.height/4, 3) // the status must stay in sight
	if _, apart := m.top().(elsewhere); !apart && !m.links.FetchedAt.IsZero() {
		p.Add(draw.Keep, draw.AtMost(most, m.problem(width))...)
	}
	if m.notice.text != "" {
		p.Add(draw.Keep, draw.AtMost(most, draw.Paragraph(m.notice.style, m.notice.text, width))...)
	}
	if len(p) > 0 {
		p = append(draw.Page{{}}, p...)
	}
	return p
}

// keyRow shows the keys of the screen on top. The last two, the ways to help
// and out, are always among them; of the others as many as there is room for.
func (m *Model) keyRow(width int) string {
	bindings := m.top().keys(m)
	if m.action.running() {
		bindings = []key.Binding{draw.Does(m.keyMap.Back, "stop waiting"), both(m.keyMap.Quit, m.keyMap.Interrupt)}
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
	return m.styles.Key.Render(b.Help().Key) + " " + m.styles.Faint.Render(b.Help().Desc)
}

func keyWidth(b key.Binding) int { return draw.Width(b.Help().Key) + 1 + draw.Width(b.Help().Desc) }
