package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
)

// helpScreen lists every key; where the window is low it scrolls.
type helpScreen struct{ top int }

func (h *helpScreen) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	last := max(len(h.rows(m))-m.room(), 0)
	l := draw.List{Chosen: min(h.top, last)}
	if l.Press(m.keyMap, press, last+1, 1) {
		h.top = l.Chosen
	} else {
		m.close()
	}
	return nil
}

func (h *helpScreen) keys(m *Model) []key.Binding {
	return []key.Binding{m.keyMap.Up, m.keyMap.Down, m.keyMap.Back, m.keyMap.Quit}
}

// groups are all bindings by where they work.
func groups(k draw.KeyMap) []keyGroup {
	return []keyGroup{
		{"The link", []key.Binding{
			draw.Does(k.Copy, "copy the link"), draw.Does(k.New, "new link"),
			draw.Does(k.Rotate, "replace it with a new one"), draw.Does(k.Edit, "change its expiry"),
			draw.Does(k.Delete, "delete the link"), draw.Does(k.Undo, "undo: bring it back"),
			draw.Does(k.Links, "all links, live and past"), draw.Does(k.Joined, "who joined by it"),
			draw.Does(k.Code, "show it as a QR code"), draw.Does(k.Invert, "swap the code's dark and light, if it does not scan"),
			draw.Does(k.Curl, "the last action as curl commands"),
			draw.Does(k.Profiles, "profiles: go to another instance, add one"),
			draw.Does(k.Mask, "mask the secrets, for a screen that others see"),
			draw.Does(k.Refresh, "refresh now"),
		}},
		{"In a form", []key.Binding{
			draw.Does(k.Submit, "send the form"), draw.Does(k.Next, "next field"),
			draw.Does(k.Previous, "previous field"), draw.Does(k.Right, "choose"),
			draw.Does(k.Toggle, "switch on or off"), k.Cancel,
		}},
		{"When asked, or while it writes", []key.Binding{
			draw.Does(k.Confirm, "yes; any other key is no"), draw.Does(k.Back, "stop waiting"),
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
	return draw.Bind(words, a.Help().Key+" "+b.Help().Key, append(a.Keys(), b.Keys()...)...)
}

type keyGroup struct {
	title    string
	bindings []key.Binding
}

func (h *helpScreen) rows(m *Model) draw.Page {
	var p draw.Page
	for i, g := range groups(m.keyMap) {
		if i > 0 {
			p.Add(draw.Keep, "")
		}
		p.Add(draw.Keep, " "+m.styles.Title.Render(g.title))
		for _, b := range g.bindings {
			shown := b.Help().Key
			p.Add(draw.Keep, "   "+m.styles.Key.Render(shown)+strings.Repeat(" ", 13-draw.Width(shown))+b.Help().Desc)
		}
	}
	return p
}

func (h *helpScreen) view(m *Model, _, height int) draw.Page {
	p := h.rows(m)
	top := min(h.top, max(len(p)-height, 0))
	return p[top:min(len(p), top+height)]
}
