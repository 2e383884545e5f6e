//go:build unix

package hygiene

import (
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

// openName opens the form for a new link and goes to the name, which is "default".
func openName(t *testing.T) *terminal.Terminal {
	t.Helper()
	screen := start(t, terminal.Options{})
	screen.WaitFor("● Active")
	screen.Type("d", "y")
	screen.WaitFor("Deleted")
	screen.Type("n")
	screen.WaitFor("New invite link")
	screen.Type("shift+tab")
	return screen
}

func TestSplitSequences(t *testing.T) {
	const (
		left, home, deleteKey = "\x1b[D", "\x1bOH", "\x1b[3~"
		slowest               = 40 * time.Millisecond
	)
	// A machine that is busy makes a pause longer, so long that Esc is a key of its own.
	for pause, tries := range map[time.Duration]int{time.Millisecond: 5, 10 * time.Millisecond: 5, slowest: 30} {
		t.Run(pause.String(), func(t *testing.T) {
			t.Parallel()
			for try := 1; ; try++ {
				screen := openName(t)
				screen.TypeSlowly(pause, left+left+"é山"+home+deleteKey+"ñ")
				if comes(screen, "ñefaué山lt") {
					return
				}
				if try == tries {
					t.Fatalf("the keys were read wrongly:\n%s", screen.Screen())
				}
				screen.Close()
			}
		})
	}
}

// comes reports whether the text comes onto the screen soon.
func comes(screen *terminal.Terminal, text string) bool {
	for range 100 {
		if strings.Contains(screen.Screen(), text) {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false
}

func TestSplitText(t *testing.T) {
	t.Parallel()
	screen := openName(t)
	screen.TypeSlowly(100*time.Millisecond, // as long as it takes
		"é€山𝄞")
	screen.WaitFor("defaulté€山𝄞")
}

// A paste whose beginning comes in parts must not act as keys.
func TestSplitPaste(t *testing.T) {
	t.Parallel()
	screen := start(t, terminal.Options{})
	screen.WaitFor("● Active")
	for _, part := range []string{"\x1b[", "20", "0~dy", "q\x1b[", "201~"} {
		screen.Send(part)
		time.Sleep(100 * time.Millisecond)
	}
	screen.Type("?")
	screen.WaitFor("In a form")
	screen.Type("esc")
	screen.WaitFor("● Active")
}

func TestPaste(t *testing.T) {
	const begin, end = "\x1b[200~", "\x1b[201~"
	tests := []struct{ name, pasted, shows string }{
		{"several lines", begin + "one\ntwo\r\nthree\tfour\n" + end, "defaultone two  three four"},
		{"carriage returns", begin + "one\rtwo" + end + "x", "defaultone twox"},
		{"the keys of the program", begin + "qy\x03\x1a\x1b" + end, "defaultqy"},
		{"sequences", begin + "a\x1b[2Jb\x1b]0;title\x07c\x00d\x1b[31me\u009bf\u202eg" + end, "defaulta"},
		{"an end inside", begin + "a" + end + "b\x1b[201~c", "defaultabc"},
		{"split", "\x1b[20" + "0~split" + "\x1b[201" + "~", "defaultsplit"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			screen := openName(t)
			screen.Send(tt.pasted)
			screen.WaitFor(tt.shows)
			screen.WaitFor("New invite link")
			screen.Type("ctrl+c")
			if code := screen.Wait(); code != 0 {
				t.Errorf("exit code %d", code)
			}
			checkSequences(t, screen.Output())
		})
	}
}

func TestPasteOfAMegabyte(t *testing.T) {
	t.Parallel()
	screen := openName(t)
	began := time.Now()
	screen.Send("\x1b[200~" + strings.Repeat("0123456789abcde\n", 1<<16) + "\x1b[201~")
	screen.WaitFor("0123456789abcde 0123")
	screen.Type("home")
	screen.WaitFor("default0123")
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
	screen.Type("ctrl+c")
	screen.Wait()
}

func TestPasteWhereNothingIsTyped(t *testing.T) {
	t.Parallel()
	screen := start(t, terminal.Options{})
	screen.WaitFor("● Active")
	screen.Send("\x1b[200~dy\nq\n\x1b[201~")
	screen.Type("?")
	screen.WaitFor("In a form")
	screen.Type("esc")
	screen.WaitFor("● Active")
}

func TestABurstOfKeys(t *testing.T) {
	t.Parallel()
	screen := start(t, terminal.Options{})
	screen.WaitFor("● Active")
	screen.Type("e")
	screen.WaitFor("Change when the link stops working")
	screen.Send("3d\x1b[D\x1b[D14") // into a form's field, at once
	screen.WaitFor("143d")
	screen.Type("esc")
	screen.WaitFor("q quit")
	screen.Send(strings.Repeat("l\x1b[B\x1b[A?kjkj", 500)) // 5,000 keys
	screen.Type("ctrl+c")
	if code := screen.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
