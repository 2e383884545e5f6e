package clipboard

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// fakeTmux stands for the commands; e2e/clipboard runs the real ones.
type fakeTmux struct {
	ran   []string
	fails string // in the command line
	about string
}

func (f *fakeTmux) run(_ context.Context, input, name string, args ...string) (string, error) {
	line := name + " " + strings.Join(args, " ")
	f.ran = append(f.ran, line+" < "+input)
	if f.fails != "" && strings.Contains(line, f.fails) {
		return "", errors.New("exit status 1")
	}
	return f.about, nil
}

const osc52 = "\x1b]52;c;bGluaw==\x07" // of "link"

func TestClipboardChain(t *testing.T) {
	const takes = "  16: Ms: (string) \\033]52;%p1%s;%p2%s\\a"
	works := func(context.Context, string) error { return nil }
	breaks := func(context.Context, string) error { return errors.New("no xclip") }
	tests := []struct {
		name    string
		environ []string
		tmux    fakeTmux
		desktop func(context.Context, string) error
		want    Copied
		ran     int
	}{
		{"tmux", []string{"TMUX=/tmp/t,1,0", "SSH_CONNECTION=x"}, fakeTmux{about: takes}, works,
			Copied{Said: "Copied to tmux, and sent to your terminal's clipboard"}, 1},
		{"tmux on a terminal that takes no clipboard", []string{"TMUX=/tmp/t,1,0"}, fakeTmux{about: "  16: Ms: [missing]"}, works,
			Copied{Said: "Copied to tmux: prefix ] pastes it"}, 1},
		{"tmux on a desktop", []string{"TMUX=/tmp/t,1,0", "DISPLAY=:0"}, fakeTmux{about: takes}, works,
			Copied{Said: "Copied to the clipboard and to tmux"}, 1},
		{"tmux on a desktop without a program", []string{"TMUX=/tmp/t,1,0", "DISPLAY=:0"}, fakeTmux{about: takes}, breaks,
			Copied{Said: "Copied to tmux, and sent to your terminal's clipboard"}, 1},
		{"tmux before 3.2", []string{"TMUX=/tmp/t,1,0"}, fakeTmux{fails: "-w"}, breaks,
			Copied{"Copied to tmux, and sent to your terminal's clipboard", "\x1bPtmux;\x1b" + osc52 + "\x1b\\"}, 2},
		{"tmux gone", []string{"TMUX=/tmp/t,1,0", "TERM=tmux-256color"}, fakeTmux{fails: "tmux"}, breaks,
			Copied{"Sent to your terminal's clipboard", osc52}, 2},
		{"tmux gone from a desktop", []string{"TMUX=/tmp/t,1,0", "DISPLAY=:0"}, fakeTmux{fails: "tmux"}, works,
			Copied{Said: "Copied to the clipboard"}, 2},
		{"screen", []string{"STY=1.pts", "DISPLAY=:0"}, fakeTmux{}, works,
			Copied{"Sent to your terminal's clipboard through screen", "\x1bP" + osc52 + "\x1b\\"}, 0},
		{"ssh", []string{"SSH_CONNECTION=1 2", "DISPLAY=:0"}, fakeTmux{}, works,
			Copied{"Sent to your terminal's clipboard", osc52}, 0},
		{"ssh from tmux", []string{"SSH_CONNECTION=1 2", "TERM=tmux-256color"}, fakeTmux{}, works,
			Copied{"Sent to your terminal's clipboard, if tmux lets it through (set-clipboard on)", osc52}, 0},
		{"ssh from screen", []string{"SSH_TTY=/dev/pts/1", "TERM=screen.xterm-256color"}, fakeTmux{}, works,
			Copied{"Sent to your terminal's clipboard, if tmux or screen lets it through", osc52 + "\x1bP" + osc52 + "\x1b\\"}, 0},
		{"desktop", []string{"DISPLAY=:0"}, fakeTmux{}, works, Copied{Said: "Copied to the clipboard"}, 0},
		{"wayland", []string{"WAYLAND_DISPLAY=w"}, fakeTmux{}, works, Copied{Said: "Copied to the clipboard"}, 0},
		{"desktop without a program", []string{"DISPLAY=:0"}, fakeTmux{}, breaks, Copied{"Sent to your terminal's clipboard", osc52}, 0},
	}
	for _, tt := range tests {
		c := New(tt.environ)
		c.run, c.Desktop = tt.tmux.run, tt.desktop
		if got := c.Copy("link"); got != tt.want || len(tt.tmux.ran) != tt.ran {
			t.Errorf("%s: %q, ran %q", tt.name, got, tt.tmux.ran)
		}
		for _, line := range tt.tmux.ran {
			if !strings.HasSuffix(line, " < link") || strings.Contains(strings.TrimSuffix(line, "< link"), "link") {
				t.Errorf("%s: the link is not on standard input alone: %q", tt.name, line)
			}
		}
	}
}

// GNU screen drops what comes in one piece longer than its buffer.
func TestALongLinkGoesThroughScreenInPieces(t *testing.T) {
	got := New([]string{"STY=1.pts"}).Copy(strings.Repeat("x", 2048))
	for piece := range strings.SplitSeq(got.OSC52, "\x1b\\") {
		if len(piece) > screenLimit+2 {
			t.Errorf("a piece of %d bytes", len(piece))
		}
	}
}

func TestRunEndsWithItsContextAndTheChildrenToo(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := run(ctx, "x", "sh", "-c", "sleep 30 & sleep 30"); err == nil || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

func TestStopEndsACopyUnderWay(t *testing.T) {
	c := New([]string{"DISPLAY=:0"})
	c.Desktop = func(ctx context.Context, _ string) error { <-ctx.Done(); return ctx.Err() }
	done := make(chan Copied, 1)
	go func() { done <- c.Copy("link") }()
	time.Sleep(20 * time.Millisecond)
	c.Stop()
	select {
	case got := <-done:
		if got.OSC52 != osc52 {
			t.Errorf("no way out: %+v", got)
		}
	case <-time.After(clipboardTimeout / 2):
		t.Error("it waits on")
	}
}
