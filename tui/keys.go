package tui

import "charm.land/bubbles/v2/key"

// KeyMap holds every key of the program; the help is made from it.
type KeyMap struct {
	// On the status screen.
	Copy, New, Rotate, Edit, Delete, Undo, Links, Joined, Code, Mask, Curl, Profiles, Refresh key.Binding
	// On the screen of the code.
	Invert key.Binding
	// In forms and confirmations.
	Submit, Next, Previous, Left, Right, Toggle, Confirm, Cancel key.Binding
	// In what may be longer than the window.
	Up, Down, PageUp, PageDown, First, Last, Filter, Open key.Binding
	// Everywhere.
	Help, Back, Quit, Interrupt, Suspend, Repaint key.Binding
}

func newKeyMap() KeyMap {
	return KeyMap{
		Copy:     bind("copy", "c", "c"),
		New:      bind("new link", "n", "n"),
		Rotate:   bind("rotate", "r", "r"),
		Edit:     bind("expiry", "e", "e"),
		Delete:   bind("delete", "d", "d"),
		Undo:     bind("undo", "u", "u"),
		Links:    bind("all links", "l", "l"),
		Joined:   bind("joined", "j", "j"),
		Code:     bind("QR code", "g", "g"),
		Mask:     bind("mask", "m", "m"),
		Curl:     bind("curl", "x", "x"),
		Profiles: bind("profiles", "p", "p"),
		Refresh:  bind("refresh", "ctrl+r", "ctrl+r"),

		Invert: bind("invert", "i", "i"),

		Submit:   bind("save", "enter", "enter"),
		Next:     bind("next", "tab", "tab", "down"),
		Previous: bind("previous", "shift+tab", "shift+tab", "up"),
		Left:     bind("previous choice", "←", "left"),
		Right:    bind("choose", "←/→", "right"),
		Toggle:   bind("switch", "space", "space"),
		Confirm:  bind("yes", "y", "y"),
		Cancel:   bind("cancel", "esc", "esc"),

		Up:       bind("up", "↑", "up", "k"),
		Down:     bind("down", "↓", "down", "j"),
		PageUp:   bind("page up", "pgup", "pgup", "b"),
		PageDown: bind("page down", "pgdown", "pgdown", "space"),
		First:    bind("first", "home", "home"),
		Last:     bind("last", "end", "end"),
		Filter:   bind("filter", "/", "/"),
		Open:     bind("who joined", "enter", "enter"),

		Help:      bind("help", "?", "?"),
		Back:      bind("back", "esc", "esc"),
		Quit:      bind("quit", "q", "q"),
		Interrupt: bind("quit", "ctrl+c", "ctrl+c"),
		Suspend:   bind("suspend", "ctrl+z", "ctrl+z"),
		Repaint:   bind("repaint", "ctrl+l", "ctrl+l"),
	}
}

func bind(does, shown string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

// does is the binding with other words for what it does here.
func does(b key.Binding, words string) key.Binding {
	b.SetHelp(b.Help().Key, words)
	return b
}
