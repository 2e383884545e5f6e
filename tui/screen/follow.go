package screen

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/session"
)

// follow records the news of a write one by one, as they come, in the update loop.
func follow[T any](stamp func(session.Take) session.Answer, news <-chan T, take func(T)) tea.Cmd {
	return func() tea.Msg {
		one, ok := <-news
		if !ok {
			return nil
		}
		return stamp(func() tea.Cmd {
			take(one)
			return follow(stamp, news, take)
		})
	}
}
