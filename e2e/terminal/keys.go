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
		if key == "y" && t.asked() {
			t.confirm()
			continue
		}
		t.write(key)
		if key == "esc" {
			time.Sleep(escPause)
		}
	}
}

// write presses one key, once the program has read what was typed before: several in one read are a paste.
func (t *Terminal) write(key string) {
	t.t.Helper()
	text := sequence(key)[0] >= ' '
	if text || t.typedText {
		time.Sleep(linePause)
		for deadline := time.Now().Add(readPause); unread(t.tty) > 0 && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
	}
	t.typedText = text
	if _, err := t.tty.WriteString(sequence(key)); err != nil {
		t.t.Fatalf("%q can't be typed: %v; the screen is:\n%s", key, err, t.Screen())
	}
}

const (
	// linePause is more than the system takes to bring what was typed to the program's end of the line.
	linePause = 10 * time.Millisecond
	// readPause is how long the program has for reading what was typed before; one that is suspended never does.
	readPause = time.Second
	// questionPause is how long a question is waited for that the key before y may have opened.
	questionPause = 2 * time.Second
	// answerPause is more than the time in which a question takes no answer.
	answerPause = 250 * time.Millisecond
)

// question is among the keys of every question that y answers.
const question = "esc cancel"

// asked reports whether a question is on the screen, or comes soon.
func (t *Terminal) asked() bool {
	for deadline := time.Now().Add(questionPause); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(t.Screen(), question) {
			return true
		}
	}
	return false
}

// confirm presses y until the question is gone: one that was just painted takes no answer yet.
func (t *Terminal) confirm() {
	t.t.Helper()
	for deadline := time.Now().Add(t.timeout); strings.Contains(t.Screen(), question) && time.Now().Before(deadline); {
		time.Sleep(answerPause)
		t.write("y")
		for end := time.Now().Add(answerPause); strings.Contains(t.Screen(), question) && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
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
