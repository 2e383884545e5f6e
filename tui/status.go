package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// statusScreen shows how it stands with the current link.
type statusScreen struct{}

func (statusScreen) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	keys := m.keyMap
	t, _ := m.current()
	switch {
	case key.Matches(press, keys.Back) && m.fetch.slow:
		return m.stopLook()
	case key.Matches(press, keys.Copy):
		return m.unless(m.unknownOr(cantCopy(t)), func() tea.Cmd { return m.copyLink(t, "") })
	case key.Matches(press, keys.New):
		return m.unless(m.barOr(m.cantCreate()), m.openCreate)
	case key.Matches(press, keys.Rotate):
		return m.unless(m.barOr(cantRotate(t)), func() tea.Cmd { return m.openRotate(t) })
	case key.Matches(press, keys.Edit):
		return m.unless(m.barOr(cantEdit(t)), func() tea.Cmd { return m.openEdit(t) })
	case key.Matches(press, keys.Delete):
		return m.unless(m.barOr(cantDelete(t)), func() tea.Cmd { return m.openDelete(t) })
	case key.Matches(press, keys.Undo):
		gone, ok := m.undone()
		return m.unless(m.barOr(cantUndo(ok)), func() tea.Cmd { return m.restore(gone) })
	}
	return m.pressToSee(t, press)
}

// pressToSee opens what there is to see beside the status.
func (m *Model) pressToSee(t model.Token, press tea.KeyPressMsg) tea.Cmd {
	switch keys := m.keyMap; {
	case key.Matches(press, keys.Links):
		return m.unless(m.unknownOr(""), m.openLinks)
	case key.Matches(press, keys.Code):
		return m.unless(m.unknownOr(cantCopy(t)), func() tea.Cmd { return m.openQR(&qrScreen{}) })
	case key.Matches(press, keys.Profiles):
		return m.unless(m.cantListProfiles(), m.openProfiles)
	case key.Matches(press, keys.Curl):
		return m.unless(m.unknownOr(""), m.openCurl)
	case key.Matches(press, keys.Joined):
		return m.unless(m.unknownOr(cantCopy(t)), func() tea.Cmd { m.openJoined(t); return nil })
	}
	return nil
}

func cantUndo(something bool) string {
	if !something {
		return "There is nothing to undo: u brings back what was deleted here last."
	}
	return ""
}

// unless acts, or says why that can't be done now.
func (m *Model) unless(reason string, act func() tea.Cmd) tea.Cmd {
	if reason != "" {
		return m.say(m.styles.Warning, reason)
	}
	return act()
}

// unknownOr says that nothing can be done while nothing is known, or else the reason.
func (m *Model) unknownOr(reason string) string {
	if m.links.FetchedAt.IsZero() {
		return "Nothing is known of the links yet: ctrl+r asks again."
	}
	return reason
}

// readOnlyReason says why nothing can be written, or nothing.
func (m *Model) readOnlyReason() string {
	switch {
	case m.readOnly:
		return "This session is read-only: start without --read-only to change links."
	case m.on.ReadOnly:
		return `The profile "` + m.on.Profile + `" is read-only: its links can't be changed here.`
	}
	return ""
}

// barOr says what bars every write, or else the reason.
func (m *Model) barOr(reason string) string {
	if reason := m.readOnlyReason(); reason != "" {
		return reason
	}
	return m.unknownOr(reason)
}

func (m *Model) current() (model.Token, bool) { return m.links.Current(m.now()) }

// keys are those that can act, ordered by what helps most in the present state.
func (statusScreen) keys(m *Model) []key.Binding {
	k := m.keyMap
	t, _ := m.current()
	_, undo := m.undone()
	k.Copy.SetEnabled(m.unknownOr(cantCopy(t)) == "")
	k.New.SetEnabled(m.barOr(m.cantCreate()) == "")
	k.Rotate.SetEnabled(m.barOr(cantRotate(t)) == "")
	k.Edit.SetEnabled(m.barOr(cantEdit(t)) == "")
	k.Delete.SetEnabled(m.barOr(cantDelete(t)) == "")
	k.Undo.SetEnabled(m.barOr(cantUndo(undo)) == "")
	k.Links.SetEnabled(len(m.links.Tokens) > 0)
	k.Joined.SetEnabled(len(t.Joined) > 0)
	k.Code.SetEnabled(m.unknownOr(cantCopy(t)) == "")
	var all []key.Binding
	switch {
	case m.fetch.slow && m.links.FetchedAt.IsZero():
		all = []key.Binding{draw.Does(k.Back, "stop")}
	case m.fetch.err != nil || m.stale() || m.links.FetchedAt.IsZero():
		all = []key.Binding{draw.Does(k.Refresh, "try again"), k.Copy, k.Rotate, k.Edit, k.Delete, k.New}
	case t.Live(m.now()) && t.Status(m.now()) == model.StatusEndingSoon:
		all = []key.Binding{k.Edit, k.Copy, k.Rotate, k.Delete}
	case t.Live(m.now()):
		all = []key.Binding{k.Copy, k.Rotate, k.Edit, k.Delete}
	case t.Status(m.now()) == model.StatusRefused:
		all = []key.Binding{k.Undo, k.Edit, k.Rotate, k.Delete, k.New, k.Copy}
	case t.Enabled:
		all = []key.Binding{k.Undo, k.Rotate, k.New, k.Edit, k.Delete, k.Copy}
	default:
		all = []key.Binding{k.Undo, k.New, k.Copy}
	}
	k.Profiles.SetEnabled(m.cantListProfiles() == "")
	all = append(all, k.Links, k.Joined, k.Code, k.Profiles, k.Mask, k.Curl, k.Help, k.Quit)
	return slices.DeleteFunc(all, func(b key.Binding) bool { return !b.Enabled() })
}

func (statusScreen) view(m *Model, width, _ int) draw.Page {
	var p draw.Page
	p.Add(draw.Keep, m.headline(width)...)
	if m.links.FetchedAt.IsZero() {
		p.Add(draw.FirstGap, "")
		p.Add(draw.Keep, m.problem(width-2)...)
	}
	t, ok := m.current()
	if !ok {
		return p
	}
	p.Add(draw.FirstGap, "")
	p.Add(draw.Keep, linkRows(t.URL, width)...)
	p.Add(draw.Gap, "")
	return append(p, m.details(t, width)...)
}

// headline is the status in one word, and what it means.
func (m *Model) headline(width int) []string {
	status, mark, meaning := m.status()
	return m.headlineOf(status, mark, meaning, m.plusOthers(), width)
}

func (m *Model) headlineOf(status model.Status, mark, meaning, plus string, width int) []string {
	style := m.styles.Status[status]
	head := " " + style.Render(mark+" "+status.String()+plus) + "   "
	if m.fetch.slow {
		meaning += " " + m.spinner.View()
	}
	if short := "people can join"; status == model.StatusActive && mark == "●" && width < 60 {
		meaning = short
	}
	lines := draw.Wrap(meaning, width-draw.Width(head)-1)
	rows := []string{head + lines[0]}
	for _, line := range lines[1:] {
		rows = append(rows, strings.Repeat(" ", draw.Width(head))+line)
	}
	return rows
}

// status is the current link's, with the mark before it and what it means. A
// full mark is for what lets people in, by the server's own verdict.
func (m *Model) status() (status model.Status, mark, meaning string) {
	t, ok := m.current()
	switch {
	case m.links.FetchedAt.IsZero() && m.fetch.err != nil:
		return model.StatusUnknown, "○", "nothing is known of the invite link yet"
	case m.links.FetchedAt.IsZero():
		return model.StatusUnknown, "○", "asking the server…"
	case !ok && m.stale():
		return model.StatusUnknown, "○", "there was no link when the server last answered"
	case !ok:
		return model.StatusNone, "○", "there is no invite link: n makes one"
	case m.stale() && (!t.Enabled || t.Verdict != model.Unverified):
		return model.StatusUnknown, "○", fmt.Sprintf("it was %s %s", t.Status(m.links.FetchedAt), draw.Relative(m.links.FetchedAt, m.now()))
	}
	return m.statusOf(t)
}

// statusOf is a link's status by the server's verdict; without one it is unknown.
func (m *Model) statusOf(t model.Token) (status model.Status, mark, meaning string) {
	status = t.Status(m.now())
	switch {
	case !t.Enabled || t.Verdict != model.Unverified:
		mark, meaning = describe(t, m.now())
		return status, mark, meaning
	case m.fetch.running:
		return model.StatusUnknown, "○", status.String() + " by its date; asking the server…"
	default:
		return model.StatusUnknown, "○", "the server did not say whether it works"
	}
}

// describe gives a link's status its mark and says what it means for people.
func describe(t model.Token, now time.Time) (mark, meaning string) {
	switch t.Status(now) {
	case model.StatusActive:
		return "●", "anyone with this link can join as Viewer"
	case model.StatusEndingSoon:
		return "●", "anyone with this link can join, not for long"
	case model.StatusRefused:
		if now.Before(t.StopsAt()) {
			return "○", "the server refuses it, although its expiry is ahead"
		}
		return "○", "its expiry day has begun: nobody can join"
	default:
		return "○", "nobody can join with it"
	}
}

// problem says why what is shown may not be so and, where there is room, what can
// be done; nothing when the last look went well.
func (m *Model) problem(width int) []string {
	known := !m.links.FetchedAt.IsZero()
	var text string
	switch {
	case m.fetch.err == nil && !m.stale():
		return nil
	case m.fetch.err == nil:
		text = "The server has not answered lately."
	case m.height >= roomy || !known:
		text = draw.Sentence(m.fetch.err)
	default:
		text = draw.AsSentence(m.fetch.err.Error())
	}
	if known && m.stale() {
		text += " Showing what it said at " + m.links.FetchedAt.In(m.loc).Format("15:04:05") + "."
	}
	return draw.Paragraph(m.styles.Failure, "! "+text, width)
}

// linkRows are the link alone on its line, so that a mouse can select it: with
// no margin where it needs the room, and broken hard where it can't fit.
func linkRows(link string, width int) []string {
	if !safeLink(link) {
		return []string{" (this link has no address that is safe)"}
	}
	if draw.Width(link) < width {
		return []string{" " + link}
	}
	rows := draw.Hardwrap(link, width)
	if len(rows) > 4 {
		return []string{" (the link is too long for this window: c copies it)"}
	}
	return rows
}
