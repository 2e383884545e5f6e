package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// fakeTmux stands for the commands; the real ones are run by the e2e tests.
type fakeTmux struct {
	ran  []string
	fail func(args string) bool
}

func (f *fakeTmux) run(_ context.Context, input, name string, args ...string) error {
	line := name + " " + strings.Join(args, " ")
	f.ran = append(f.ran, line+" < "+input)
	if f.fail != nil && f.fail(line) {
		return errors.New("exit status 1")
	}
	return nil
}

const osc52 = "\x1b]52;c;bGluaw==\x07" // of "link"

func TestClipboardChain(t *testing.T) {
	works := func(string) error { return nil }
	breaks := func(string) error { return errors.New("no xclip") }
	always := func(string) bool { return true }
	tests := []struct {
		name    string
		environ []string
		tmux    fakeTmux
		desktop func(string) error
		want    copiedMsg
		ran     int
	}{
		{"tmux", []string{"TMUX=/tmp/t,1,0", "SSH_CONNECTION=x"}, fakeTmux{}, breaks,
			copiedMsg{said: "Copied to tmux, and sent to your terminal's clipboard"}, 1},
		{"tmux before 3.2", []string{"TMUX=/tmp/t,1,0"}, fakeTmux{fail: func(l string) bool { return strings.Contains(l, "-w") }}, breaks,
			copiedMsg{said: "Copied to tmux: prefix ] pastes it"}, 2},
		{"tmux gone", []string{"TMUX=/tmp/t,1,0"}, fakeTmux{fail: always}, breaks,
			copiedMsg{"Sent to your terminal's clipboard", osc52}, 2},
		{"screen", []string{"STY=1.pts"}, fakeTmux{}, works,
			copiedMsg{"Sent to your terminal's clipboard through screen", "\x1bP" + osc52 + "\x1b\\"}, 0},
		{"ssh", []string{"SSH_CONNECTION=1 2", "DISPLAY=:0"}, fakeTmux{}, works,
			copiedMsg{"Sent to your terminal's clipboard", osc52}, 0},
		{"desktop", []string{"DISPLAY=:0"}, fakeTmux{}, works, copiedMsg{said: "Copied to the clipboard"}, 0},
		{"wayland", []string{"WAYLAND_DISPLAY=w"}, fakeTmux{}, works, copiedMsg{said: "Copied to the clipboard"}, 0},
		{"desktop without a program", []string{"DISPLAY=:0"}, fakeTmux{}, breaks, copiedMsg{"Sent to your terminal's clipboard", osc52}, 0},
	}
	for _, tt := range tests {
		c := clipboard{environ: tt.environ, run: tt.tmux.run, desktop: tt.desktop}
		if got := c.copy("link"); got != tt.want || len(tt.tmux.ran) != tt.ran {
			t.Errorf("%s: %q, ran %q", tt.name, got, tt.tmux.ran)
		}
		for _, line := range tt.tmux.ran {
			if !strings.HasSuffix(line, "- < link") {
				t.Errorf("%s: the link is not on standard input: %q", tt.name, line)
			}
		}
	}
}

func TestAHangingClipboardProgramDoesNotBlock(t *testing.T) {
	hangs := make(chan struct{})
	defer close(hangs)
	c := clipboard{environ: []string{"DISPLAY=:0"}, desktop: func(string) error { <-hangs; return nil }}
	began := time.Now()
	if got := c.copy("link"); got.osc52 != osc52 {
		t.Errorf("no way out: %+v", got)
	}
	if took := time.Since(began); took > clipboardTimeout+time.Second {
		t.Errorf("took %s", took)
	}
}

func TestRunIsBoundedInTime(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	if err := run(ctx, "x", "sh", "-c", "sleep 30 & sleep 30"); err == nil || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

func TestCopyKey(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("c")
	d.shows("Copied to the clipboard.")
	if len(d.copies) != 1 || d.copies[0] != d.only().URL {
		t.Errorf("copied %q", d.copies)
	}
	d.m.clipboard.environ = []string{"SSH_TTY=/dev/pts/1"}
	d.press("c")
	d.shows("Sent to your terminal's clipboard.")
	if len(d.raw) != 1 || !strings.HasPrefix(d.raw[0], "\x1b]52;c;") {
		t.Errorf("sent %q", d.raw)
	}
	d.press("d", "y", "c")
	d.shows("but nobody can join with this link.")
}
