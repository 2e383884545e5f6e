package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// helpScreen lists every key; where the window is low it scrolls.
type helpScreen struct{ top int }

func (h *helpScreen) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	last := max(len(h.rows(m))-m.room(), 0)
	l := listing{chosen: min(h.top, last)}
	switch {
	case l.press(m.keyMap, press, last+1, 1):
		h.top = l.chosen
	case key.Matches(press, m.keyMap.Mask):
		return m.toggleMask()
	case key.Matches(press, m.keyMap.Quit):
		return m.leave()
	default:
		m.close()
	}
	return nil
}

func (h *helpScreen) keys(m *Model) []key.Binding {
	return []key.Binding{m.keyMap.Up, m.keyMap.Down, m.keyMap.Back, m.keyMap.Quit}
}

// groups are all bindings by where they work.
func (k KeyMap) groups() []keyGroup {
	return []keyGroup{
		{"The link", []key.Binding{
			does(k.Copy, "copy the link"), does(k.New, "new link"), does(k.Rotate, "replace it by a new one"), does(k.Edit, "change its expiry"),
			does(k.Delete, "delete the link"), does(k.Undo, "undo: bring it back"),
			does(k.Links, "all links, live and past"), does(k.Joined, "who joined by it"),
			does(k.Code, "show it as a QR code"), does(k.Invert, "swap the code's dark and light, if it does not scan"),
			does(k.Curl, "the last action as curl commands"),
			does(k.Profiles, "profiles: go to another instance, add one"),
			does(k.Mask, "mask the secrets, for a screen that others see"),
			does(k.Refresh, "ask the server now"),
		}},
		{"In a form", []key.Binding{
			does(k.Submit, "send the form"), does(k.Next, "next field"), does(k.Previous, "previous field"), does(k.Right, "choose"),
			does(k.Toggle, "switch on or off"), k.Cancel,
		}},
		{"When asked, or while it writes", []key.Binding{
			does(k.Confirm, "yes; any other key is no"), does(k.Back, "stop waiting"),
		}},
		{"In a list", []key.Binding{
			k.Up, k.Down, both(k.PageUp, k.PageDown), both(k.First, k.Last), k.Filter, k.Open,
		}},
		{"Everywhere", []key.Binding{
			k.Help, k.Back, both(k.Quit, k.Interrupt), k.Suspend, k.Repaint,
		}},
	}
}

// both is two bindings that belong together, as one.
func both(a, b key.Binding) key.Binding {
	words := a.Help().Desc
	if words != b.Help().Desc {
		words += ", " + b.Help().Desc
	}
	return bind(words, a.Help().Key+" "+b.Help().Key, append(a.Keys(), b.Keys()...)...)
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
			p.add(0, "   "+m.styles.key.Render(shown)+strings.Repeat(" ", 13-widthOf(shown))+b.Help().Desc)
		}
	}
	return p
}

func (h *helpScreen) view(m *Model, _, height int) page {
	p := h.rows(m)
	top := min(h.top, max(len(p)-height, 0))
	return p[top:min(len(p), top+height)]
}
