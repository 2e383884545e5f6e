package terminal

import (
	"os"
	"reflect"
	"time"

	"github.com/charmbracelet/x/term"
)

// Settings are those of the terminal's line, as tcgetattr gives them: echo, line by line or raw, which keys are signals.
type Settings struct{ state *term.State }

// Same reports whether both are the same in everything.
func (s Settings) Same(other Settings) bool { return reflect.DeepEqual(s.state, other.state) }

// Settings returns the line's settings as they are now, also when the program has ended.
func (t *Terminal) Settings() Settings {
	t.t.Helper()
	var state *term.State
	err := control(t.tty, func(fd uintptr) (err error) {
		state, err = term.GetState(fd)
		return err
	})
	if err != nil {
		t.t.Fatalf("the line's settings can't be read: %v", err)
	}
	return Settings{state}
}

// TypeSlowly sends the bytes one by one with a pause behind each, as a slow link does.
func (t *Terminal) TypeSlowly(pause time.Duration, text string) {
	t.t.Helper()
	for i := range len(text) {
		t.Send(text[i : i+1])
		time.Sleep(pause)
	}
}

// Send sends bytes as they stand, none of which is the name of a key. It waits as long as the program does not read them.
func (t *Terminal) Send(text string) {
	t.t.Helper()
	if _, err := t.tty.WriteString(text); err != nil {
		t.t.Fatalf("%.40q can't be sent: %v; the screen is:\n%s", text, err, t.Screen())
	}
}

// Process is the program.
func (t *Terminal) Process() *os.Process { return t.command.Process }

// HangUp takes the terminal away from the program, as when a window is closed or a connection breaks.
func (t *Terminal) HangUp() {
	t.t.Helper()
	if err := t.tty.Close(); err != nil {
		t.t.Fatalf("the terminal can't be taken away: %v", err)
	}
}

// Freeze stops the terminal from taking output until it is closed, as a connection does that stands still.
func (t *Terminal) Freeze() { t.frozen.TryLock() }

// control does something with the file's descriptor; File.Fd would make its reads hold up Close.
func control(file *os.File, f func(fd uintptr) error) error {
	raw, err := file.SyscallConn()
	if err != nil {
		return err
	}
	failed := raw.Control(func(fd uintptr) { err = f(fd) })
	if failed != nil {
		return failed
	}
	return err
}
