package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/terminal"
)

// alert tells a user who looks elsewhere, if they want that.
func (m *Model) alert(text string) tea.Cmd {
	if !m.Notify {
		return nil
	}
	return tea.Raw(terminal.Notification(m.Environ, m.mask.Hide(text)))
}

// limited reports the outcome of the limit of a link.
func (m *Model) limited(text string, failed bool) tea.Cmd {
	text = draw.AsSentence(text)
	if m.leaving {
		m.farewell, m.failure = text, failed
		return tea.Quit
	}
	style := m.styles.Warning
	if failed {
		style = m.styles.Failure
	}
	return tea.Batch(m.alert(text), m.Say(style, text))
}

// joined alerts of people who joined since the last look, the latest first.
func (m *Model) joined(people []model.JoinedAccount) tea.Cmd {
	if !m.Notify {
		return nil
	}
	if len(people) == 1 {
		return m.alert(people[0].Label() + " joined " + m.session.Instance.Host)
	}
	var names []string
	for _, p := range people[:min(len(people), 5)] {
		names = append(names, p.Label())
	}
	return m.alert(draw.Count(len(people), "user") + " joined " + m.session.Instance.Host + ": " + strings.Join(names, ", "))
}

// ending is how near the end of the current link is, and which link that was.
type ending struct {
	secret string
	stops  time.Time
	near   nearness
}

// nearness is how near an end is.
type nearness int

const (
	far nearness = iota
	withinADay
	withinAnHour
)

func nearnessOf(left time.Duration) nearness {
	switch {
	case left <= time.Hour:
		return withinAnHour
	case left <= 24*time.Hour:
		return withinADay
	}
	return far
}

// endIsNear alerts when the end of a live link comes near that was further away when the program last looked.
func (m *Model) endIsNear() tea.Cmd {
	now := m.session.Links.ServerTime(m.Now())
	t, _ := m.session.Current()
	if !t.Live(now) {
		return nil
	}
	before := m.ending
	left := t.StopsAt().Sub(now)
	m.ending = ending{t.Secret, t.StopsAt(), nearnessOf(left)}
	if before.secret != t.Secret || !before.stops.Equal(t.StopsAt()) || m.ending.near <= before.near {
		return nil
	}
	return m.alert("The invite link of " + m.session.Instance.Host + " stops working in " + draw.Span(left))
}
