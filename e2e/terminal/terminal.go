// Package terminal runs a program in a pseudo-terminal and keeps the screen that someone would see, for tests.
package terminal

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// Options says what terminal to run a program in. The zero value is 80×24, with an environment of its own, and mute.
type Options struct {
	// Width and Height are the terminal's size in cells; 0 means 80 and 24.
	Width, Height int
	// Env is added to PATH, an empty HOME, TERM=xterm-256color and LANG=C.UTF-8, as "NAME=value"; nothing else is inherited.
	Env []string
	// Dir is the program's folder; empty means the test's.
	Dir string
	// Answer lets the terminal answer queries, as most terminals do; without it they are never answered.
	Answer bool
	// AnswerAfter is how late the terminal answers, as over a slow link; it implies Answer.
	AnswerAfter time.Duration
	// Timeout is how long WaitFor, WaitForAbsent and Wait wait; 0 means 10 seconds.
	Timeout time.Duration
}

// Terminal is a terminal that a program runs in. Its methods are to be called by the test's own goroutine.
// A program that can't do what a method asks ends the test, with the screen as it is.
type Terminal struct {
	t       testing.TB
	timeout time.Duration
	command *exec.Cmd
	tty     *os.File      // our end of the pseudo-terminal
	changed chan struct{} // holds an element when there is new output
	closed  chan struct{} // closed when all output is read
	ended   chan struct{} // closed when the program has ended
	frozen  sync.Mutex    // held while nothing more is read
	// typedText reports that the last key was text.
	typedText bool

	mu       sync.Mutex // guards what follows; vt's own SafeEmulator leaves String and Close open
	emulator *vt.Emulator
	output   bytes.Buffer
}

// Start runs a program in a new terminal, which is closed when the test ends.
func Start(t testing.TB, options Options, name string, args ...string) *Terminal {
	t.Helper()
	options = withDefaults(options)
	command := exec.Command(name, args...) //nolint:gosec,noctx // a test's own program; Close ends it
	command.Dir = options.Dir
	command.Env = append(environment(t), options.Env...)
	tty, err := pty.StartWithSize(command, size(options.Width, options.Height))
	if errors.Is(err, pty.ErrUnsupported) {
		t.Skip("this system has no pseudo-terminals")
	}
	if err != nil {
		t.Fatalf("%s can't be started in a terminal: %v", name, err)
	}
	if tty, err = closable(tty); err != nil {
		t.Fatalf("the terminal of %s can't be used: %v", name, err)
	}
	terminal := &Terminal{
		t:        t,
		timeout:  options.Timeout,
		command:  command,
		tty:      tty,
		changed:  make(chan struct{}, 1),
		closed:   make(chan struct{}),
		ended:    make(chan struct{}),
		emulator: vt.NewEmulator(options.Width, options.Height),
	}
	terminal.clampMargins()
	go terminal.read()
	go terminal.answer(options.Answer || options.AnswerAfter > 0, options.AnswerAfter)
	go func() {
		_ = command.Wait() // ProcessState says how it ended
		close(terminal.ended)
	}()
	t.Cleanup(terminal.Close)
	return terminal
}

func withDefaults(options Options) Options {
	if options.Width == 0 {
		options.Width = 80
	}
	if options.Height == 0 {
		options.Height = 24
	}
	if options.Timeout == 0 {
		options.Timeout = 10 * time.Second
	}
	return options
}

// environment keeps out what would change the program's mind, such as TMUX, SSH_CONNECTION, DISPLAY and the user's own files.
func environment(t testing.TB) []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "TERM=xterm-256color", "LANG=C.UTF-8"}
}

func size(width, height int) *pty.Winsize {
	return &pty.Winsize{Rows: uint16(height), Cols: uint16(width)} //nolint:gosec // a test's own small numbers
}

// clampMargins ends a scrolling region (DECSTBM) at the screen's last row, as terminals do: just after a shrink a program still sends
// regions of its old size, and the emulator, which takes them as they are, would scroll rows that it doesn't have.
func (t *Terminal) clampMargins() {
	t.emulator.RegisterCsiHandler('r', func(margins ansi.Params) bool {
		if bottom, _, ok := margins.Param(1, 0); ok && bottom > t.emulator.Height() {
			margins[1] = ansi.Param(t.emulator.Height())
		}
		return false // the emulator's own handler goes on
	})
}

// read shows the program's output on the screen until there is no more.
func (t *Terminal) read() {
	defer close(t.closed)
	buffer := make([]byte, 32<<10)
	for {
		t.frozen.Lock()
		t.frozen.Unlock() //nolint:staticcheck // only waited for
		n, err := t.tty.Read(buffer)
		if n > 0 {
			t.show(buffer[:n])
		}
		if err != nil {
			return // the program's end is gone
		}
	}
}

func (t *Terminal) show(output []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.output.Write(output)
	_, _ = t.emulator.Write(output) // fails only when closed
	select {
	case t.changed <- struct{}{}:
	default:
	}
}

// answer takes the emulator's answers to queries, since it stands still until they are taken, and passes them on if wanted.
func (t *Terminal) answer(pass bool, after time.Duration) {
	buffer := make([]byte, 4<<10)
	for {
		n, err := t.emulator.Read(buffer)
		if err != nil {
			return
		}
		if answer := bytes.Clone(buffer[:n]); pass && after > 0 {
			time.AfterFunc(after, func() { _, _ = t.tty.Write(answer) }) // or the program has ended
		} else if pass {
			_, err := t.tty.Write(answer)
			pass = err == nil
		}
	}
}

// Resize gives the terminal another size, in cells, and tells the program.
func (t *Terminal) Resize(width, height int) {
	t.t.Helper()
	t.mu.Lock()
	t.emulator.Resize(width, height)
	t.mu.Unlock()
	if err := resize(t.tty, width, height); err != nil {
		t.t.Fatalf("the terminal can't be resized: %v", err)
	}
}

// Signal sends the program a signal.
func (t *Terminal) Signal(signal os.Signal) {
	t.t.Helper()
	if err := t.command.Process.Signal(signal); err != nil {
		t.t.Fatalf("the program can't be sent %v: %v", signal, err)
	}
}

// Wait waits until the program has ended and its output is read, and returns its exit code, -1 if a signal ended it.
func (t *Terminal) Wait() (exitCode int) {
	t.t.Helper()
	select {
	case <-t.ended:
	case <-time.After(t.timeout):
		t.t.Fatalf("the program still runs after %s, with this screen:\n%s", t.timeout, t.Screen())
	}
	select {
	case <-t.closed:
	case <-time.After(time.Second): // a child of the program may hold the terminal open
	}
	return t.command.ProcessState.ExitCode()
}

// Close ends the program and its children, if they still run, and takes the terminal away. It may be called more than once.
func (t *Terminal) Close() {
	kill(t.command.Process)
	<-t.ended
	t.frozen.TryLock()
	t.frozen.Unlock()
	_ = t.tty.Close()
	select {
	case <-t.closed:
	case <-time.After(time.Second): // a child that left for another group keeps the terminal open
	}
	// The pipe's end alone, because Emulator.Close races with the reader of its answers.
	if pipe, ok := t.emulator.InputPipe().(io.Closer); ok {
		_ = pipe.Close()
	}
}
