package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"unleash-invite/model"
)

// statusScreen shows how it stands with the current link.
type statusScreen struct{}

func (statusScreen) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	keys := m.keyMap
	switch {
	case key.Matches(press, keys.Quit):
		return tea.Quit
	case key.Matches(press, keys.Refresh):
		return m.refresh()
	case key.Matches(press, keys.Help):
		m.open(&helpScreen{})
	case key.Matches(press, keys.Copy):
		return m.unless(m.cantCopy(), m.copyLink)
	case key.Matches(press, keys.New):
		return m.unless(m.cantCreate(), m.openCreate)
	case key.Matches(press, keys.Edit):
		return m.unless(m.cantEdit(), m.openEdit)
	case key.Matches(press, keys.Delete):
		return m.unless(m.cantDelete(), m.openDelete)
	}
	return nil
}

// unless acts, or says why that can't be done now.
func (m *Model) unless(reason string, act func() tea.Cmd) tea.Cmd {
	if reason != "" {
		return m.say(m.styles.warning, reason)
	}
	return act()
}

// unknown says that nothing can be done while nothing is known, or nothing.
func (m *Model) unknown() string {
	if m.links.FetchedAt.IsZero() {
		return "Nothing is known of the links yet: ctrl+r asks again."
	}
	return ""
}

func (m *Model) current() (model.Token, bool) { return m.links.Current(m.now()) }

// keys are ordered by what helps most in the present state.
func (statusScreen) keys(m *Model) []key.Binding {
	k := m.keyMap
	k.Copy.SetEnabled(m.cantCopy() == "")
	k.New.SetEnabled(m.cantCreate() == "")
	k.Edit.SetEnabled(m.cantEdit() == "")
	k.Delete.SetEnabled(m.cantDelete() == "")
	all := []key.Binding{k.Copy, k.Edit, k.Delete, k.New}
	switch t, _ := m.current(); {
	case m.stale() || m.links.FetchedAt.IsZero():
		all = []key.Binding{does(k.Refresh, "try again"), k.Copy, k.Edit, k.Delete, k.New}
	case t.Status(m.now()) == model.StatusEndingSoon:
		all = []key.Binding{k.Edit, k.Copy, k.Delete, k.New}
	case !t.Live(m.now()):
		all = []key.Binding{k.New, k.Edit, k.Copy, k.Delete}
	}
	var enabled []key.Binding
	for _, b := range append(all, k.Help, k.Quit) {
		if b.Enabled() {
			enabled = append(enabled, b)
		}
	}
	return enabled
}

func (statusScreen) view(m *Model, width, _ int) page {
	var p page
	p.add(0, m.headline(width)...)
	if m.stale() && m.links.FetchedAt.IsZero() {
		p.add(9, "")
		p.add(0, m.problem(width-2)...)
	}
	t, ok := m.current()
	if !ok {
		return p
	}
	p.add(9, "")
	p.add(0, linkRows(t.URL, width)...)
	p.add(8, "")
	return append(p, m.details(t, width)...)
}

// headline is the status in one word, and what it means.
func (m *Model) headline(width int) []string {
	status, mark, meaning := m.status()
	style := m.styles.status[status]
	head := " " + style.Render(mark+" "+status.String()) + "   "
	if m.fetch.slow {
		meaning += " " + m.spinner.View()
	}
	if short := "people can join as Viewer"; status == model.StatusActive && mark == "●" && width < 60 {
		meaning = short
	}
	lines := wrap(meaning, width-lipgloss.Width(head)-1)
	rows := []string{head + lines[0]}
	for _, line := range lines[1:] {
		rows = append(rows, strings.Repeat(" ", lipgloss.Width(head))+line)
	}
	return rows
}

// status is the current link's, with the mark before it and what it means. A
// full mark is for what lets people in, by the server's own verdict.
func (m *Model) status() (status model.Status, mark, meaning string) {
	t, ok := m.current()
	switch {
	case m.links.FetchedAt.IsZero() && m.stale():
		return model.StatusUnknown, "○", "nothing is known of the invite link yet"
	case m.links.FetchedAt.IsZero():
		return model.StatusUnknown, "○", "asking the server…"
	case !ok && m.stale():
		return model.StatusUnknown, "○", "there was no link when the server last answered"
	case !ok:
		return model.StatusNone, "○", "there is no invite link: n makes one"
	case m.stale():
		return model.StatusUnknown, "○", fmt.Sprintf("it was %s %s", t.Status(m.now()), relative(m.links.FetchedAt, m.now()))
	}
	status = t.Status(m.now())
	if t.Enabled && t.Verdict == model.Unverified {
		return status, "○", "by its date; asking the server…"
	}
	mark, meaning = describe(status)
	return status, mark, meaning
}

// describe gives a status its mark and says what it means for people.
func describe(status model.Status) (mark, meaning string) {
	switch status {
	case model.StatusActive:
		return "●", "anyone with this link can join as Viewer"
	case model.StatusEndingSoon:
		return "●", "anyone with this link can join, not for long"
	case model.StatusRefused:
		return "○", "its last day has begun: nobody can join"
	default:
		return "○", "nobody can join with it"
	}
}

// problem says why the last look failed, so that what is shown may no longer be
// so, and where there is room what can be done.
func (m *Model) problem(width int) []string {
	text := asSentence(m.fetch.err.Error())
	if m.height >= roomy || m.links.FetchedAt.IsZero() {
		text = sentence(m.fetch.err)
	}
	if !m.links.FetchedAt.IsZero() {
		text += " Shown is the state of " + m.links.FetchedAt.In(m.loc).Format("15:04:05") + "."
	}
	return paragraph(m.styles.failure, "! "+text, width)
}

// linkRows are the link alone on its line, so that a mouse can select it: with
// no margin where it needs the room, and broken hard where it can't fit.
func linkRows(link string, width int) []string {
	if ansi.StringWidth(link) < width {
		return []string{" " + link}
	}
	return strings.Split(ansi.Hardwrap(link, width, false), "\n")
}

// details are the labelled facts below the link.
func (m *Model) details(t model.Token, width int) page {
	d := newDetails(m.styles, width)
	now := m.now()
	stops := t.StopsAt()
	switch {
	case t.Live(now):
		d.fact(1, "Stops working", utc(stops), relative(stops, now))
	case t.Enabled && now.After(stops):
		d.fact(1, "Stopped", utc(stops), relative(stops, now))
	default: // it works no more, whatever its date
		d.fact(1, "Expiry", utc(stops), relative(stops, now))
	}
	if l := local(stops, m.loc); l != "" {
		d.more(6, l)
	}
	if !t.ExpiresAt.Equal(stops) {
		d.more(5, "its expiry is "+t.ExpiresAt.UTC().Format("15:04")+" UTC, but Unleash refuses it all that day")
	}
	if t.Live(now) {
		d.bar(7, m.styles.status[t.Status(now)], t.CreatedAt, stops, now)
	}
	by := ""
	if t.CreatedBy != "" {
		by = "by " + t.CreatedBy
	}
	if t.Name != model.DefaultName {
		d.fact(4, "Name", t.Name, "the Admin UI shows only one named default")
	}
	d.fact(4, "Created", utc(t.CreatedAt), by)
	d.fact(3, "Joined", fmt.Sprint(len(t.Joined)), names(t.Joined))
	if others := len(m.links.Live(now)) - 1; t.Live(now) && others > 0 {
		d.page.add(9, "")
		d.page.add(1, paragraph(m.styles.warning, "! "+othersLive(others), width-2)...)
	}
	return d.page
}

func othersLive(n int) string {
	if n == 1 {
		return "1 other live link lets people in, too"
	}
	return fmt.Sprintf("%d other live links let people in, too", n)
}
