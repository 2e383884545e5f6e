package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// helpScreen lists every key; where the window is low it scrolls.
type helpScreen struct{ top int }

func (h *helpScreen) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	last := max(len(h.rows(m))-m.room(), 0)
	switch {
	case key.Matches(press, m.keyMap.Up):
		h.top = max(min(h.top, last)-1, 0)
	case key.Matches(press, m.keyMap.Down):
		h.top = min(h.top+1, last)
	case key.Matches(press, m.keyMap.Quit):
		return tea.Quit
	default:
		m.close()
	}
	return nil
}

func (h *helpScreen) keys(m *Model) []key.Binding {
	return []key.Binding{m.keyMap.Down, m.keyMap.Back, m.keyMap.Quit}
}

// groups are all bindings by where they work.
func (k KeyMap) groups() []keyGroup {
	return []keyGroup{
		{"The link", []key.Binding{
			does(k.Copy, "copy the link"), does(k.New, "new link"), does(k.Edit, "change when it stops working"),
			does(k.Delete, "delete the link; asks first"), does(k.Refresh, "ask the server now; every 10 s by itself"),
		}},
		{"In a form", []key.Binding{
			does(k.Submit, "send the form"), does(k.Next, "next field"), does(k.Previous, "previous field"), does(k.Right, "choose"), k.Cancel,
		}},
		{"Everywhere", []key.Binding{
			k.Help, k.Back, both(k.Quit, k.Interrupt), k.Suspend, k.Repaint,
		}},
	}
}

// both is two bindings that do the same, as one.
func both(a, b key.Binding) key.Binding {
	return bind(a.Help().Desc, a.Help().Key+" "+b.Help().Key, append(a.Keys(), b.Keys()...)...)
}

type keyGroup struct {
	title    string
	bindings []key.Binding
}

func (h *helpScreen) rows(m *Model) page {
	var p page
	for i, g := range m.keyMap.groups() {
		if i > 0 {
			p.add(0, "")
		}
		p.add(0, " "+m.styles.title.Render(g.title))
		for _, b := range g.bindings {
			shown := b.Help().Key
			p.add(0, "   "+m.styles.key.Render(shown)+strings.Repeat(" ", 11-ansi.StringWidth(shown))+b.Help().Desc)
		}
	}
	return p
}

func (h *helpScreen) view(m *Model, _, height int) page {
	p := h.rows(m)
	top := min(h.top, max(len(p)-height, 0))
	return p[top:min(len(p), top+height)]
}
