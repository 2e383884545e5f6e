package screen

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
)

// Help lists every key; where the window is low it scrolls.
type Help struct {
	Base
	top int
}

// Update implements Screen: any other key closes it.
func (*Help) Update(h Host, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		h.Close()
	}
	return nil
}

// Keys implements Screen.
func (s *Help) Keys(h Host) []Action {
	f := h.Frame()
	last := max(len(s.rows(f))-f.Height, 0)
	shown := []Action{{Key: f.Keys.Up}, {Key: f.Keys.Down}, {Key: f.Keys.Back}, {Key: f.Keys.Quit}}
	return append(scroll(f.Keys, &s.top, last), shown...)
}

// groups are all bindings by where they work.
func groups(k draw.KeyMap) []keyGroup {
	return []keyGroup{
		{"The link", []key.Binding{
			draw.Does(k.Copy, "copy the link"), draw.Does(k.New, "new link"),
			draw.Does(k.Rotate, "replace it with a new one"), draw.Does(k.Edit, "change its expiry"),
			draw.Does(k.Delete, "delete the link"), draw.Does(k.Undo, "undo: bring it back"),
			draw.Does(k.Links, "all links, live and past"), draw.Does(k.Joined, "who joined with it"),
			draw.Does(k.Code, "show it as a QR code"), draw.Does(k.Invert, "swap the code's dark and light, if it does not scan"),
			draw.Does(k.Curl, "the last action as curl commands"),
			draw.Does(k.Profiles, "profiles: switch to another instance, add one"),
			draw.Does(k.Mask, "mask the secrets, for a screen that others see"),
			draw.Does(k.Refresh, "refresh now"), draw.Does(k.Maintenance, "switch maintenance mode off, and on again"),
			draw.Does(k.Token, "give a new token, if the server refuses the old one"),
			draw.Does(k.Limit, "close the link after so many joined, or at a time"),
		}},
		{"In a form", []key.Binding{
			draw.Does(k.Submit, "send the form"), draw.Does(k.Next, "next field"),
			draw.Does(k.Previous, "previous field"), draw.Does(k.Right, "choose"),
			draw.Does(k.Toggle, "switch on or off"),
			draw.Does(k.Browse, "in an empty token field: open the page that makes tokens"), k.Cancel,
		}},
		{"When asked, or while it writes", []key.Binding{
			draw.Does(k.Confirm, "yes; any other key is no"), draw.Does(k.Back, "stop waiting"),
		}},
		{"In a list", []key.Binding{
			k.Up, k.Down, Both(k.PageUp, k.PageDown), Both(k.First, k.Last), k.Filter, k.Open,
			draw.Does(k.Toggle, "mark an account, or a profile to rotate"),
			draw.Does(k.MarkNew, "mark all who joined since the current link was created"),
			draw.Does(k.MarkSince, "mark all who joined since a time that is typed"),
			draw.Does(k.Delete, "remove the marked accounts"), draw.Does(k.Edit, "change the account's role"),
		}},
		{"Everywhere", []key.Binding{
			k.Help, k.Back, Both(k.Quit, k.Interrupt), k.Suspend, k.Repaint,
		}},
	}
}

// Both is two bindings that belong together, as one.
func Both(a, b key.Binding) key.Binding {
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

func (*Help) rows(f Frame) draw.Page {
	var p draw.Page
	for i, g := range groups(f.Keys) {
		if i > 0 {
			p.Add(draw.Keep, "")
		}
		p.Add(draw.Keep, " "+f.Styles.Title.Render(g.title))
		for _, b := range g.bindings {
			shown := b.Help().Key
			p.Add(draw.Keep, "   "+f.Styles.Key.Render(shown)+strings.Repeat(" ", 13-draw.Width(shown))+b.Help().Desc)
		}
	}
	return p
}

// View implements Screen.
func (s *Help) View(f Frame) draw.Page {
	p := s.rows(f)
	top := min(s.top, max(len(p)-f.Height, 0))
	return p[top:min(len(p), top+f.Height)]
}
