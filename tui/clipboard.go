package tui

import (
	"context"
	"errors"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	desktop "github.com/atotto/clipboard"
	"github.com/charmbracelet/x/ansi"

	"unleash-invite/model"
)

// clipboardTimeout bounds each step: a clipboard program can hang for ever.
const clipboardTimeout = 2 * time.Second

// clipboard brings text to the person's clipboard by the way that works where
// the program runs: tmux, GNU screen, the desktop, or the terminal itself.
type clipboard struct {
	environ []string
	// run runs a command with the input.
	run func(ctx context.Context, input, name string, args ...string) error
	// desktop writes to the desktop's clipboard; it can't be cancelled.
	desktop func(text string) error
}

func newClipboard(environ []string) clipboard {
	return clipboard{environ: environ, run: run, desktop: desktop.WriteAll}
}

func run(ctx context.Context, input, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // the name is one of ours, the text goes to its input
	cmd.Stdin = strings.NewReader(input)
	cmd.WaitDelay = 100 * time.Millisecond // a child of its own may keep the pipes open
	return cmd.Run()
}

// copiedMsg says how far the copy came. What is left, if anything, is for the
// terminal: the bytes in osc52, which nothing answers.
type copiedMsg struct {
	said  string
	osc52 string
}

// copy brings the text to the clipboard.
func (c clipboard) copy(text string) copiedMsg {
	viaTerminal := copiedMsg{"Sent to your terminal's clipboard", ansi.SetSystemClipboard(text)}
	switch {
	case c.set("TMUX"):
		if said, err := c.tmux(text); err == nil {
			return copiedMsg{said: said}
		}
	case c.set("STY"):
		return copiedMsg{viaTerminal.said + " through screen", ansi.ScreenPassthrough(viaTerminal.osc52, 0)}
	case c.set("SSH_CONNECTION"), c.set("SSH_TTY"), !c.hasDisplay():
	default:
		if c.writeDesktop(text) == nil {
			return copiedMsg{said: "Copied to the clipboard"}
		}
	}
	return viaTerminal
}

// tmux loads the text into tmux's buffer, and with -w (3.2 and later) tmux
// passes it on to its terminal; plain OSC 52 is lost under its defaults.
func (c clipboard) tmux(text string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), clipboardTimeout)
	defer cancel()
	if c.run(ctx, text, "tmux", "load-buffer", "-w", "-") == nil {
		return "Copied to tmux, and sent to your terminal's clipboard", nil
	}
	return "Copied to tmux: prefix ] pastes it", c.run(ctx, text, "tmux", "load-buffer", "-")
}

var errClipboardHangs = errors.New("the clipboard program does not answer")

func (c clipboard) writeDesktop(text string) error {
	done := make(chan error, 1)
	go func() { done <- c.desktop(text) }()
	select {
	case err := <-done:
		return err
	case <-time.After(clipboardTimeout):
		return errClipboardHangs
	}
}

func (c clipboard) hasDisplay() bool {
	return runtime.GOOS == "darwin" || runtime.GOOS == "windows" || c.set("DISPLAY") || c.set("WAYLAND_DISPLAY")
}

// set says whether the environment variable has a value.
func (c clipboard) set(name string) bool {
	return slices.ContainsFunc(c.environ, func(v string) bool {
		return strings.HasPrefix(v, name+"=") && len(v) > len(name)+1
	})
}

// cantCopy says why the link can't be copied, or nothing.
func cantCopy(t model.Token) string {
	if t.URL == "" {
		return "There is no link: n makes one."
	}
	return ""
}

// copyLink copies, and says so after the lead; while the clipboard program has
// not answered, once is enough.
func (m *Model) copyLink(t model.Token, lead string) tea.Cmd {
	if m.copying {
		return nil
	}
	m.copying = true
	c := m.clipboard
	warning := "."
	switch {
	case m.stale() || t.Enabled && t.Verdict == model.Unverified:
		warning = ", but it is not known whether the link works."
	case !t.Live(m.now()):
		warning = ", but nobody can join with this link."
	}
	copyIt := func() tea.Msg {
		msg := c.copy(t.URL)
		msg.said = lead + msg.said + warning
		return msg
	}
	return tea.Batch(copyIt, m.after(slowAfter, copySlowMsg{}))
}

// copySlowMsg says that copying takes a while.
type copySlowMsg struct{}

func (m *Model) copySlow() tea.Cmd {
	if !m.copying {
		return nil
	}
	return m.say(m.styles.faint, "Copying…")
}

func (m *Model) copied(msg copiedMsg) tea.Cmd {
	m.copying = false
	cmd := m.say(m.styles.success, msg.said)
	if msg.osc52 == "" {
		return cmd
	}
	return tea.Batch(cmd, tea.Raw(msg.osc52))
}
