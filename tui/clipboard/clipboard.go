// Package clipboard copies text by the way that works where the program runs: tmux, GNU screen, the desktop, or the terminal.
package clipboard

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	desktop "github.com/atotto/clipboard"
	"github.com/charmbracelet/x/ansi"
)

// clipboardTimeout bounds each way: a clipboard program can hang for ever.
const clipboardTimeout = 2 * time.Second

// screenLimit is the most bytes that GNU screen passes on in one sequence.
const screenLimit = 512

// Clipboard brings text to the user's clipboard by the ways that work where
// the program runs: tmux, GNU screen, the desktop, or the terminal itself.
type Clipboard struct {
	Environ []string
	// run runs a command with the input and returns what it prints.
	run func(ctx context.Context, input, name string, args ...string) (string, error)
	// Desktop writes to the desktop's clipboard.
	Desktop func(ctx context.Context, text string) error
	// ctx ends when the program does; busy are the copies under way.
	ctx  context.Context
	end  context.CancelFunc
	busy *copies
}

// New returns the clipboard for the environment, as os.Environ gives it.
func New(environ []string) Clipboard {
	c := Clipboard{Environ: environ, run: run, busy: &copies{}}
	c.ctx, c.end = context.WithCancel(context.Background())
	c.Desktop = c.writeDesktop
	return c
}

// copies are those under way; none begins once they are to be over.
type copies struct {
	sync.WaitGroup
	mu   sync.Mutex // guards over
	over bool
}

func (c *copies) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.over {
		c.Add(1)
	}
	return !c.over
}

func (c *copies) finish() {
	c.mu.Lock()
	c.over = true
	c.mu.Unlock()
	c.Wait()
}

// Stop ends what still runs, so that no clipboard program outlives this one hanging.
func (c Clipboard) Stop() {
	c.end()
	c.busy.finish()
}

// Copied says how far the copy came. What is left, if anything, is for the
// terminal: the bytes in osc52, which nothing answers.
type Copied struct {
	Said  string
	OSC52 string
}

// Copy brings the text to the clipboard.
func (c Clipboard) Copy(text string) Copied {
	if !c.busy.begin() {
		return Copied{Said: "Nothing was copied"}
	}
	defer c.busy.Done()
	viaTmux, inTmux := c.viaTmux(text)
	switch {
	case c.isDesktop() && c.within(func(ctx context.Context) error { return c.Desktop(ctx, text) }) == nil:
		if inTmux {
			return Copied{"Copied to the clipboard and to tmux", viaTmux.OSC52}
		}
		return Copied{Said: "Copied to the clipboard"}
	case inTmux:
		return viaTmux
	}
	return c.viaTerminal(text)
}

// viaTmux loads the text into tmux's buffer. With -w tmux passes it on to its
// terminal, if that takes it; plain OSC 52 is lost under tmux's defaults. Before
// 3.2 it has no -w, but lets everything wrapped through.
func (c Clipboard) viaTmux(text string) (Copied, bool) {
	if !c.set("TMUX") {
		return Copied{}, false
	}
	var about string
	err := c.within(func(ctx context.Context) (err error) {
		about, err = c.run(ctx, text, "tmux", "load-buffer", "-w", "-", ";", "show-messages", "-T")
		return err
	})
	const both = "Copied to tmux, and sent to your terminal's clipboard"
	switch {
	case err == nil && strings.Contains(about, "Ms: (string)"):
		return Copied{Said: both}, true
	case err == nil:
		return Copied{Said: "Copied to tmux: prefix ] pastes it"}, true
	case errors.Is(err, context.DeadlineExceeded):
		return Copied{}, false
	}
	err = c.within(func(ctx context.Context) error {
		_, err := c.run(ctx, text, "tmux", "load-buffer", "-")
		return err
	})
	return Copied{both, ansi.TmuxPassthrough(ansi.SetSystemClipboard(text))}, err == nil
}

// viaTerminal is left to the terminal: what stands between may have to be told
// to let it through.
func (c Clipboard) viaTerminal(text string) Copied {
	osc52 := ansi.SetSystemClipboard(text)
	wrapped := ansi.ScreenPassthrough(osc52, screenLimit)
	const said = "Sent to your terminal's clipboard"
	switch {
	case c.set("STY"):
		return Copied{said + " through screen", wrapped}
	case !c.set("TMUX") && c.has("TERM=screen"): // on another machine than this: tmux or screen
		return Copied{said + ", if tmux or screen lets it through", osc52 + wrapped}
	case !c.set("TMUX") && c.has("TERM=tmux"):
		return Copied{said + ", if tmux lets it through (set-clipboard on)", osc52}
	}
	return Copied{said, osc52}
}

// Argument alone on the command line makes the program copy its standard
// input to the desktop's clipboard, by WriteInput, and end.
const Argument = "--copy-standard-input"

// WriteInput copies what it reads to the desktop's clipboard.
func WriteInput(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return desktop.WriteAll(string(text))
}

// writeDesktop copies in a process of its own: the library can't be cancelled, and
// waits for the desktop's clipboard program, which may hang.
func (c Clipboard) writeDesktop(ctx context.Context, text string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	_, err = c.run(ctx, text, self, Argument)
	return err
}

// within does something in the time that a way may take.
func (c Clipboard) within(do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(c.ctx, clipboardTimeout)
	defer cancel()
	err := do(ctx)
	if ctx.Err() != nil && err != nil {
		return ctx.Err()
	}
	return err
}

// isDesktop reports whether the user sits at this machine's own screen.
func (c Clipboard) isDesktop() bool {
	local := !c.set("SSH_CONNECTION") && !c.set("SSH_TTY") && !c.set("STY")
	return local && (runtime.GOOS == "darwin" || runtime.GOOS == "windows" || c.set("DISPLAY") || c.set("WAYLAND_DISPLAY"))
}

// set reports whether the environment variable has a value.
func (c Clipboard) set(name string) bool {
	return slices.ContainsFunc(c.Environ, func(v string) bool {
		return strings.HasPrefix(v, name+"=") && len(v) > len(name)+1
	})
}

// has reports whether a variable begins like this.
func (c Clipboard) has(begin string) bool {
	return slices.ContainsFunc(c.Environ, func(v string) bool { return strings.HasPrefix(v, begin) })
}
