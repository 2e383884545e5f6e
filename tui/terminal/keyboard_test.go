package terminal

import (
	"errors"
	"os"
	"strings"
	"testing"
)

func TestKeyboardHoldsBackWhatIsIncomplete(t *testing.T) {
	tests := []struct {
		in   string
		held int
	}{
		{"", 0}, {"abc", 0}, {"aé", 0}, {"a\xc3", 1}, {"\xe2\x82", 2}, {"€", 0}, {"\xf0\x9d\x84", 3}, {"\xff", 0}, {"\x82\x82\x82\x82\x82", 0},
		{"\x1b", 0}, {"\x1b[", 2}, {"\x1b[200", 5}, {"\x1b[200~", 0}, {"\x1b[200~x", 0}, {"\x1bO", 2}, {"\x1bOH", 0}, {"\x1b[[A", 0},
		{"\x1b[1;5", 5}, {"x\x1b[D\x1b[", 2}, {"\x1ba", 0}, {"\x1b[11111111111111111111111111111111111", 0},
	}
	for _, tt := range tests {
		if got := incomplete([]byte(tt.in)); got != tt.held {
			t.Errorf("%q: %d bytes are held back, want %d", tt.in, got, tt.held)
		}
	}
}

func TestKeyboardLosesNothing(t *testing.T) {
	const typed = "aé€𝄞\x1b[D\x1b[200~山\x1b[201~\x1bOH\x1b"
	for at := range len(typed) {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		k := &keyboard{File: r}
		got := ""
		buf := make([]byte, 1000)
		for _, part := range []string{typed[:at], typed[at:]} {
			if part == "" {
				continue
			}
			if _, err := w.WriteString(part); err != nil {
				t.Fatal(err)
			}
			n, err := k.Read(buf)
			if err != nil {
				t.Fatal(err)
			}
			got += string(buf[:n])
		}
		plain := strings.NewReplacer(pasteBegins, "", pasteEnds, "")
		if plain.Replace(got) != plain.Replace(typed) {
			t.Errorf("split at %d it reads %q", at, got)
		}
		_ = w.Close()
		if _, err := k.Read(buf); !errors.Is(err, errTerminalGone) {
			t.Errorf("the end is %v", err)
		}
		_ = r.Close()
	}
}
