package draw

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// List is a list longer than the window: which row is chosen, and which is
// the first that is seen. Only rows that are seen are drawn.
type List struct{ Chosen, top int }

// Press moves in a list of n rows, of which height are seen; it says whether the
// key was one for that.
func (l *List) Press(k KeyMap, msg tea.KeyPressMsg, n, height int) bool {
	switch {
	case key.Matches(msg, k.Up):
		l.Chosen--
	case key.Matches(msg, k.Down):
		l.Chosen++
	case key.Matches(msg, k.PageUp):
		l.Chosen -= max(height-1, 1)
	case key.Matches(msg, k.PageDown):
		l.Chosen += max(height-1, 1)
	case key.Matches(msg, k.First):
		l.Chosen = 0
	case key.Matches(msg, k.Last):
		l.Chosen = n - 1
	default:
		return false
	}
	l.Keep(n, height)
	return true
}

// Keep keeps the chosen row inside the list and in sight.
func (l *List) Keep(n, height int) {
	l.Chosen = max(min(l.Chosen, n-1), 0)
	l.top = max(min(l.top, l.Chosen, n-height), l.Chosen-height+1, 0)
}

// Seen are the rows that are seen, from and up to, of n in height rows.
func (l List) Seen(n, height int) (from, to int) {
	l.Keep(n, max(height, 1))
	return l.top, min(l.top+max(height, 0), n)
}
