package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// noticeLasts is how long a notice stays when no key is pressed.
const noticeLasts = 8 * time.Second

// notice is one sentence about what just happened. Its number keeps an old
// notice's timer from taking away a newer one.
type notice struct {
	text   string
	style  lipgloss.Style
	number int
}

type noticeEndedMsg struct{ number int }

// say shows a notice for a while, a failure until a key is pressed.
func (m *Model) say(style lipgloss.Style, text string) tea.Cmd {
	m.notice = notice{text: text, style: style, number: m.notice.number + 1}
	if style.GetForeground() == m.styles.Failure.GetForeground() {
		return nil
	}
	return m.after(noticeLasts, noticeEndedMsg{m.notice.number})
}

func (m *Model) endNotice(msg noticeEndedMsg) {
	if msg.number == m.notice.number {
		m.notice.text = ""
	}
}
