package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/session"
	"unleash-invite/tui/terminal"
)

// host is the model as its screens know it.
var _ screen.Host = (*Model)(nil)

func (m *Model) top() screen.Screen { return m.screens[len(m.screens)-1] }

// Session implements screen.Host.
func (m *Model) Session() *session.Session { return m.session }

// Instances implements screen.Host.
func (m *Model) Instances() session.Instances { return m.Options.Instances }

// Open lays a screen on top.
func (m *Model) Open(s screen.Screen) tea.Cmd {
	m.screens = append(m.screens, s)
	return nil
}

// Close goes back by one screen.
func (m *Model) Close() {
	if len(m.screens) > 1 {
		m.keepScreens(len(m.screens) - 1)
	}
}

// keepScreens closes all but the lowest n screens.
func (m *Model) keepScreens(n int) {
	for _, s := range m.screens[n:] {
		s.Closed()
	}
	m.screens = m.screens[:n]
}

// Switch goes to another instance and looks at it. No write is under way then: keys that lead here are not heard
// meanwhile.
func (m *Model) Switch(to session.Instance) tea.Cmd {
	left := m.session
	left.Leave()
	m.session = m.newSession(to)
	m.keepScreens(0)
	m.notice.text = ""
	look := tea.Batch(m.Open(&screen.Status{}), m.begin())
	l, on := left.Limit()
	switch {
	case on && left.Instance.Address == to.Address:
		m.session.SetLimit(l)
	case on:
		return tea.Batch(look, m.Say(m.styles.Warning, "The limit of the link of "+left.Instance.Host+" is no longer watched."))
	}
	return look
}

// After implements screen.Host.
func (m *Model) After(d time.Duration, msg tea.Msg) tea.Cmd { return m.after(d, msg) }

// Lend gives the terminal away while the work is done, then sends the message.
func (m *Model) Lend(work func(), then tea.Msg) tea.Cmd {
	return m.exec(terminal.Lent(work), func(error) tea.Msg { return then })
}

// Browse implements screen.Host.
func (m *Model) Browse(address string) tea.Cmd {
	if !m.browser.Here() {
		return m.Say(m.styles.Plain, "There is no browser here: open "+address+" where you have one.")
	}
	to := m.browser
	return m.browsing.Begin(m.after, func(context.Context) session.Take {
		err := to.Open(address)
		return func() tea.Cmd {
			if err != nil {
				return m.Say(m.styles.Warning, "Your browser could not be started: open "+address+" yourself.")
			}
			return m.Say(m.styles.Plain, "Opening "+address+" in your browser.")
		}
	})
}

// Mask implements screen.Host.
func (m *Model) Mask(secret string) { m.mask.Add(secret) }

// noticeLasts is how long a notice stays when no key is pressed.
const noticeLasts = 8 * time.Second

// notice is one sentence about what just happened.
type notice struct {
	text  string
	style draw.Pen
	timer session.Request
}

// Say shows a notice for a while, a failure until a key is pressed.
func (m *Model) Say(style draw.Pen, text string) tea.Cmd {
	m.notice.timer.Drop()
	m.notice.text, m.notice.style = text, style
	if t, ok := style.(draw.Tint); ok && t.Lasts {
		return nil
	}
	return m.after(noticeLasts, m.notice.timer.Stamp()(func() tea.Cmd {
		m.notice.text = ""
		return nil
	}))
}
