package terminal

import (
	"os"
	"testing"
)

func TestTerminalDropsQueriesAndKeyboardModes(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain", "plain"},
		{"\x1b[?2026$p\x1b[?2027$p", ""},
		{"\x1b[?u\x1b[>1u\x1b[<1u\x1b[=1;1u", ""},
		{"\x1b[>4;2m\x1b[>4m\x1b[>4;0m", ""},
		{"\x1b[?1049h\x1b[?25l\x1b[>1ua\x1b[1;32mb\x1b[m", "\x1b[?1049h\x1b[?25la\x1b[1;32mb\x1b[m"},
		{"\x1b[1 q\x1b[0 q\x1b[ q", ""},
		{"\x1b[u\x1b[!p", "\x1b[u\x1b[!p"},
		{"\x1b]52;c;PjF1\x07x", "\x1b]52;c;PjF1\x07x"},
		{"\x1bP\x1b]52;c;PjF1\x07\x1b\\x", "\x1bP\x1b]52;c;PjF1\x07\x1b\\x"},
		{"山田 ━é\x1b[>1u", "山田 ━é"},
	}
	for _, tt := range tests {
		if got := string((&Output{}).Quiet([]byte(tt.in))); got != tt.want {
			t.Errorf("%q became %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTheTitleIsPutBack(t *testing.T) {
	const push, pop, one, two, none = "\x1b[22;0t", "\x1b[23;0t", "\x1b]2;one\a", "\x1b]2;two\a", "\x1b]2;\a"
	for environ, want := range map[string]string{
		"TERM=xterm": push + one + two + pop + push + two + pop, "TERM=tmux-256color": push + one + two + pop + push + two + pop,
		"TERM=linux": "", "TERM=vt100": "", "TERM=screen": "",
	} {
		o := newOutput(nil, []string{environ})
		got := ""
		for _, seq := range []string{none, one, two, none, none, two, none} { // as when it is suspended, too
			got += string(o.Quiet([]byte(seq)))
		}
		if got != want {
			t.Errorf("%s: %q, want %q", environ, got, want)
		}
	}
	inScreen := newOutput(nil, []string{"TERM=xterm", "STY=1.pts"})
	if got := inScreen.Quiet([]byte("a" + one)); string(got) != "a" {
		t.Errorf("in GNU screen %q", got)
	}
}

func TestTerminalReportsWhatItWasGiven(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if n, err := newOutput(w, nil).Write([]byte("a\x1b[?ub")); n != 6 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	_ = w.Close()
	buf := make([]byte, 10)
	if n, _ := r.Read(buf); string(buf[:n]) != "ab" {
		t.Errorf("wrote %q", buf[:n])
	}
}
