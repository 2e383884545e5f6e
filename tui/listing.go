package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// listing is a list longer than the window: which row is chosen, and which is
// the first that is seen. Only rows that are seen are drawn.
type listing struct{ chosen, top int }

// press moves in a list of n rows, of which height are seen; it says whether the
// key was one for that.
func (l *listing) press(k KeyMap, msg tea.KeyPressMsg, n, height int) bool {
	switch {
	case key.Matches(msg, k.Up):
		l.chosen--
	case key.Matches(msg, k.Down):
		l.chosen++
	case key.Matches(msg, k.PageUp):
		l.chosen -= max(height-1, 1)
	case key.Matches(msg, k.PageDown):
		l.chosen += max(height-1, 1)
	case key.Matches(msg, k.First):
		l.chosen = 0
	case key.Matches(msg, k.Last):
		l.chosen = n - 1
	default:
		return false
	}
	l.keep(n, height)
	return true
}

// keep keeps the chosen row inside the list and in sight.
func (l *listing) keep(n, height int) {
	l.chosen = max(min(l.chosen, n-1), 0)
	l.top = max(min(l.top, l.chosen, n-height), l.chosen-height+1, 0)
}

// seen are the rows that are seen, from and up to, of n in height rows.
func (l listing) seen(n, height int) (from, to int) {
	l.keep(n, max(height, 1))
	return l.top, min(l.top+max(height, 0), n)
}
