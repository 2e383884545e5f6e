package draw

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// List is a list longer than the window: which row is chosen, and which is
// the first that is seen. Only rows that are seen are drawn.
type List struct{ Chosen, top int }

// A Move is how far a key moves in a list.
type Move int

// The moves.
const (
	LineUp Move = iota
	LineDown
	PageUp
	PageDown
	ToFirst
	ToLast
)

// Moves are the keys that move in a list.
func (k KeyMap) Moves() map[Move]key.Binding {
	return map[Move]key.Binding{LineUp: k.Up, LineDown: k.Down, PageUp: k.PageUp, PageDown: k.PageDown, ToFirst: k.First, ToLast: k.Last}
}

// Move moves in a list of n rows; height of them are visible.
func (l *List) Move(by Move, n, height int) {
	page := max(height-1, 1)
	l.Chosen += map[Move]int{LineUp: -1, LineDown: 1, PageUp: -page, PageDown: page, ToFirst: -n, ToLast: n}[by]
	l.Keep(n, height)
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

// Where reports which of n rows are seen in height rows, as in "1–15 of 1034"; empty when all are.
func (l List) Where(n, height int) string {
	from, to := l.Seen(n, height)
	if to-from == n {
		return ""
	}
	return fmt.Sprintf("%d–%d of %d", from+1, to, n)
}

// AddItem adds a row of a list. The chosen one is marked as wide as the window, and the terminal's cursor stands on it:
// that is where a screen reader reads.
func (p *Page) AddItem(s Styles, text string, chosen bool, width int) {
	if !chosen {
		p.Add(Keep, " "+text)
		return
	}
	text = Truncate("›"+ansi.Strip(text), width-1)
	text += strings.Repeat(" ", max(width-mostWidth(text), 0)) // no terminal may wrap it
	*p = append(*p, Row{Text: s.Chosen.Render(text), Cursor: new(tea.Cursor)})
}
