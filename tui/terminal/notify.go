package terminal

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"unleash-invite/tui/draw"
)

// notificationWidth is the most columns of a notification; more would be cut by the desktop.
const notificationWidth = 120

// Notification makes the terminal ring and, if it can, show the text to someone who looks elsewhere. The
// environment is as os.Environ gives it.
func Notification(environ []string, text string) string {
	const bell = "\a"
	k := KindOf(environ)
	if k.noAlternate || !k.draws { // it would print what it does not know
		return bell
	}
	osc := notification(environ, notifiable(text, k.ASCII))
	name := lookup(environ, "TERM")
	switch {
	case lookup(environ, "TMUX") != "" || strings.HasPrefix(name, "tmux"):
		return bell + ansi.TmuxPassthrough(osc) // without allow-passthrough tmux drops it, and the bell is left
	case lookup(environ, "STY") != "" || strings.HasPrefix(name, "screen"):
		return bell + ansi.ScreenPassthrough(osc, screenLimit)
	}
	return bell + osc
}

// screenLimit is the most bytes that GNU screen passes on in one sequence.
const screenLimit = 512

// notification is the sequence that the terminal knows, both where that is unknown: a terminal ignores one that it does not know.
func notification(environ []string, text string) string {
	const title = "unleash-invite"
	nine, seven := ansi.Notify(title+": "+text), "\x1b]777;notify;"+title+";"+text+"\a"
	family, _, _ := strings.Cut(lookup(environ, "TERM"), "-")
	program := lookup(environ, "TERM_PROGRAM")
	switch {
	case lookup(environ, "TMUX") != "" || lookup(environ, "STY") != "": // the variables are of another terminal
	case family == "foot" || family == "rxvt" || lookup(environ, "VTE_VERSION") != "" || lookup(environ, "KONSOLE_VERSION") != "":
		return seven
	case program == "iTerm.app" || program == "WezTerm" || program == "ghostty" || lookup(environ, "KITTY_WINDOW_ID") != "":
		return nine
	}
	return nine + seven
}

// notifiable is a text that ends no sequence and begins none, short enough to be read.
func notifiable(text string, ascii bool) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case !unicode.IsPrint(r):
			return -1
		case ascii && r > unicode.MaxASCII:
			return '?'
		}
		return r
	}, text)
	return draw.Truncate(text, notificationWidth)
}
