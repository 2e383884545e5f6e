package terminal

import (
	"strings"
	"time"
)

// escPause separates an Esc from what follows: a program takes an Esc with something right behind it for one key with Alt.
const escPause = 150 * time.Millisecond

// Type presses keys one after another. A key is its name (enter, esc, tab, shift+tab, backspace, delete, space, up, down,
// left, right, home, end, pgup, pgdown, ctrl+a to ctrl+z) or else text, which is typed as it stands.
func (t *Terminal) Type(keys ...string) {
	t.t.Helper()
	for _, key := range keys {
		if _, err := t.tty.WriteString(sequence(key)); err != nil {
			t.t.Fatalf("%q can't be typed: %v; the screen is:\n%s", key, err, t.Screen())
		}
		if key == "esc" {
			time.Sleep(escPause)
		}
	}
}

// sequence returns what an xterm sends for a key.
func sequence(key string) string {
	if letter, ok := strings.CutPrefix(key, "ctrl+"); ok && len(letter) == 1 && 'a' <= letter[0] && letter[0] <= 'z' {
		return string(rune(letter[0] - 'a' + 1))
	}
	named := map[string]string{
		"enter":     "\r",
		"esc":       "\x1b",
		"tab":       "\t",
		"shift+tab": "\x1b[Z",
		"backspace": "\x7f",
		"delete":    "\x1b[3~",
		"space":     " ",
		"up":        "\x1b[A",
		"down":      "\x1b[B",
		"right":     "\x1b[C",
		"left":      "\x1b[D",
		"home":      "\x1b[H",
		"end":       "\x1b[F",
		"pgup":      "\x1b[5~",
		"pgdown":    "\x1b[6~",
	}
	if sequence, ok := named[key]; ok {
		return sequence
	}
	return key
}
