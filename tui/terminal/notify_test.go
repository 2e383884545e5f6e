package terminal

import (
	"strings"
	"testing"
)

func TestNotification(t *testing.T) {
	const nine, seven = "\x1b]9;unleash-invite: Ann joined\a", "\x1b]777;notify;unleash-invite;Ann joined\a"
	wrapped := strings.NewReplacer("\x1b", "\x1b\x1b").Replace(nine + seven)
	for environ, want := range map[string]string{
		"TERM=xterm-256color":                           nine + seven,
		"TERM=foot":                                     seven,
		"TERM=rxvt-unicode-256color":                    seven,
		"TERM=xterm-256color VTE_VERSION=7600":          seven,
		"TERM=xterm-256color KONSOLE_VERSION=240800":    seven,
		"TERM=xterm-kitty KITTY_WINDOW_ID=1":            nine,
		"TERM=xterm-256color TERM_PROGRAM=iTerm.app":    nine,
		"TERM=tmux-256color TMUX=/tmp/t VTE_VERSION=76": "\x1bPtmux;" + wrapped + "\x1b\\",
		"TERM=tmux-256color":                            "\x1bPtmux;" + wrapped + "\x1b\\",
		"TERM=screen STY=1.a":                           "\x1bP" + nine + seven + "\x1b\\",
		"TERM=screen-256color TMUX=/tmp/t":              "\x1bPtmux;" + wrapped + "\x1b\\",
		"TERM=linux":                                    "",
		"TERM=vt100":                                    "",
	} {
		if got := Notification(strings.Fields(environ), "Ann joined"); got != "\a"+want {
			t.Errorf("%s: %q", environ, got)
		}
	}
}

func TestWhatIsNotifiedIsSafe(t *testing.T) {
	got := Notification([]string{"TERM=foot"}, "A\x1b\\nn\a\u009c\u202e\n;\u00ad joined "+strings.Repeat("長", 500))
	text := strings.TrimSuffix(strings.TrimPrefix(got, "\a\x1b]777;notify;unleash-invite;"), "\a")
	if !strings.HasPrefix(text, "A\\nn; joined 長") || len(text) > 3*notificationWidth || strings.ContainsAny(text, "\x1b\a\n\u009c\u202e") {
		t.Errorf("%q", text)
	}
	if got := Notification([]string{"TERM=foot", "LANG=C"}, "山田 joined"); !strings.HasSuffix(got, ";?? joined\a") {
		t.Errorf("%q", got)
	}
}
