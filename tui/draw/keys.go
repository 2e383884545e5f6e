package draw

import "charm.land/bubbles/v2/key"

// KeyMap holds every key of the program; the help is made from it.
type KeyMap struct {
	// On the status screen.
	Copy, New, Rotate, Edit, Delete, Undo, Links, Joined, Code, Mask, Curl, Profiles, Refresh, Maintenance, Token, Limit key.Binding
	// On the screen of the code.
	Invert key.Binding
	// Where a token is asked for.
	Browse key.Binding
	// In forms and confirmations.
	Submit, Next, Previous, Left, Right, Toggle, Confirm, Cancel key.Binding
	// In what may be longer than the window.
	Up, Down, PageUp, PageDown, First, Last, Filter, Open, MarkNew, MarkSince key.Binding
	// Everywhere.
	Help, Back, Quit, Interrupt, Suspend, Repaint key.Binding
}

// NewKeyMap returns the keys of the program.
func NewKeyMap() KeyMap {
	return KeyMap{
		Copy:     Bind("copy", "c", "c"),
		New:      Bind("new link", "n", "n"),
		Rotate:   Bind("rotate", "r", "r"),
		Edit:     Bind("expiry", "e", "e"),
		Delete:   Bind("delete", "d", "d"),
		Undo:     Bind("undo", "u", "u"),
		Links:    Bind("all links", "l", "l"),
		Joined:   Bind("joined", "j", "j"),
		Code:     Bind("QR code", "g", "g"),
		Mask:     Bind("mask", "m", "m"),
		Curl:     Bind("curl", "x", "x"),
		Profiles: Bind("profiles", "p", "p"),
		Refresh:  Bind("refresh", "ctrl+r", "ctrl+r"),

		Maintenance: Bind("maintenance", "o", "o"),

		Token: Bind("new token", "t", "t"),
		Limit: Bind("limit", "w", "w"),

		Browse: Bind("open the page", "o", "o"),

		Invert: Bind("invert", "i", "i"),

		Submit:   Bind("save", "enter", "enter"),
		Next:     Bind("next", "tab", "tab", "down"),
		Previous: Bind("previous", "shift+tab", "shift+tab", "up"),
		Left:     Bind("previous choice", "←", "left"),
		Right:    Bind("choose", "←/→", "right"),
		Toggle:   Bind("switch", "space", "space"),
		Confirm:  Bind("yes", "y", "y"),
		Cancel:   Bind("cancel", "esc", "esc"),

		Up:       Bind("up", "↑", "up", "k"),
		Down:     Bind("down", "↓", "down", "j"),
		PageUp:   Bind("page up", "pgup", "pgup", "b"),
		PageDown: Bind("page down", "pgdown", "pgdown", "space"),
		First:    Bind("first", "home", "home"),
		Last:     Bind("last", "end", "end"),
		Filter:   Bind("filter", "/", "/"),
		Open:     Bind("who joined", "enter", "enter"),
		MarkNew:  Bind("mark new", "a", "a"),

		MarkSince: Bind("since…", "s", "s"),

		Help:      Bind("help", "?", "?"),
		Back:      Bind("back", "esc", "esc"),
		Quit:      Bind("quit", "q", "q"),
		Interrupt: Bind("quit", "ctrl+c", "ctrl+c"),
		Suspend:   Bind("suspend", "ctrl+z", "ctrl+z"),
		Repaint:   Bind("repaint", "ctrl+l", "ctrl+l"),
	}
}

// Bind returns a binding of the keys, with what it does and how the help shows it.
func Bind(does, shown string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

// Does is the binding with other words for what it does here.
func Does(b key.Binding, words string) key.Binding {
	b.SetHelp(b.Help().Key, words)
	return b
}
