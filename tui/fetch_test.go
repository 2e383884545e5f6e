package tui

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/session"
	"unleash-invite/tui/terminal"
)

// The first request is on its way before the terminal is set up, and is not sent again.
func TestTheFirstLookIsBegunAhead(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	var lists atomic.Int32
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/tokens") {
			lists.Add(1)
		}
		return nil, nil
	})
	d.m = New(Options{Instance: d.m.session.Instance, Now: d.m.Now, Location: d.m.Location})
	d.m.after = func(_ time.Duration, _ tea.Msg) tea.Cmd { return nil }
	d.m.lookAhead()
	for deadline := time.Now().Add(20 * time.Second); lists.Load() == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("no request came")
		}
	}
	d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	d.shows("Unknown", "asking the server…")
	d.run(d.m.Init())
	d.shows("Active", "flags.acme.io · Unleash")
	if n := lists.Load(); n != 1 {
		t.Errorf("the list was asked for %d times", n)
	}
}

func TestAPanicAheadIsReported(t *testing.T) {
	msg := ahead(func() tea.Msg { panic("a defect") })()
	if p, ok := msg.(*terminal.PanicError); !ok || p.Value != "a defect" {
		t.Errorf("%v", msg)
	}
}

// load lets the program look at the server, which does not answer; the look is slow already.
func load(t *testing.T, d *driver) {
	t.Helper()
	d.hold = true
	d.press("ctrl+r")
	d.slow() // the spinner would turn for ever
	d.hold = false
}

func TestEscStopsALookThatTakesLong(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	load(t, d)
	d.press("esc")
	d.shows("Unknown it was Active", "You stopped asking the server: ctrl+r asks again.", "Showing what it said at 14:02:52.", "ctrl+r try again")
	d.release() // an answer that comes anyway
	d.shows("Unknown")
	d.refreshed()
	d.shows("You stopped asking the server") // it does not start again by itself
	d.press("ctrl+r")
	d.shows("Active")
	d.hides("stopped")
}

func TestEscStopsTheFirstLook(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.m.session = d.m.newSession(d.m.session.Instance)
	load(t, d)
	d.shows("asking the server…", "esc stop")
	d.held = nil
	d.press("esc")
	d.shows("Unknown nothing is known about the invite link yet", "You stopped asking the server: ctrl+r asks again.")
	d.hides("asking the server…", "esc stop")
	d.press("ctrl+r")
	d.shows("Active")
}

func TestEscStopsTheVerdicts(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.m.session = d.m.newSession(d.m.session.Instance)
	d.hold = true
	d.press("ctrl+r")
	d.answered()
	d.slow()
	d.shows("Active by its date; asking the server…")
	d.held, d.hold = nil, false
	d.press("esc")
	d.shows("Unknown the server did not say whether it works", "You stopped asking the server")
	d.hides("●")
}

func TestAServerThatIsSlowIsAskedLessOften(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	var pause time.Duration
	d.m.after = func(p time.Duration, _ tea.Msg) tea.Cmd {
		if p >= session.RetryEvery {
			pause = p
		}
		return nil
	}
	for _, test := range []struct{ took, want time.Duration }{{time.Second, 10 * time.Second}, {9 * time.Second, 18 * time.Second}} {
		d.net.set(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/tokens") {
				d.mu.Lock()
				d.now = d.now.Add(test.took)
				d.mu.Unlock()
			}
			return nil, nil
		})
		d.press("ctrl+r")
		if pause != test.want {
			t.Errorf("after a look of %s the next is in %s, want %s", test.took, pause, test.want)
		}
	}
	d.net.set(func(r *http.Request) (*http.Response, error) {
		d.mu.Lock()
		d.now = d.now.Add(9 * time.Second)
		d.mu.Unlock()
		return answer(403, "application/json", `{}`)(r)
	})
	d.press("ctrl+r")
	if pause != session.RefreshEvery {
		t.Errorf("after a look that failed the next is in %s", pause)
	}
	d.net.set(refuse)
	d.press("ctrl+r")
	if pause != session.RetryEvery {
		t.Errorf("after a look to which no answer came the next is in %s", pause)
	}
}

// configured makes the server answer like that when it is asked what it is.
func (d *driver) configured(answer string) {
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.URL.Path, "/ui-config") {
			return nil, nil
		}
		body := io.NopCloser(strings.NewReader(answer))
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: body, Request: r}, nil
	})
}

func TestWhatTheInstanceIsIsAskedAgain(t *testing.T) {
	const warning = "password sign-in is off"
	d := start(t, 100, 24, live("default"))
	d.hides(warning)
	d.configured(`{"version":"8.2.0","disablePasswordAuth":true}`)
	d.press("ctrl+r")
	d.shows(warning)
	d.configured(`{"version":"8.2.0"}`)
	d.refreshed()
	d.shows(warning) // not with every look
	d.now = d.now.Add(time.Minute)
	d.refreshed()
	d.hides(warning)
}

func TestAWriteGoesOnAskingAfterTheLookWasStopped(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	load(t, d)
	d.press("esc", "e", "enter")
	d.shows("Changed: ")
	d.now = d.now.Add(time.Minute)
	d.refreshed()
	d.shows("Active")
	d.hides("Unknown")
}

func TestTheServerIsLeftAloneAsLongAsItAsksFor(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	var wait time.Duration
	var due tea.Msg
	d.m.after = func(pause time.Duration, msg tea.Msg) tea.Cmd {
		if pause >= session.RefreshEvery {
			wait, due = pause, msg
		}
		return nil
	}
	for answer, want := range map[string]time.Duration{"120": 2 * time.Minute, "1000000": session.LongestWait, "": session.RefreshEvery} {
		d.net.set(func(r *http.Request) (*http.Response, error) {
			header := http.Header{"Retry-After": {answer}}
			return &http.Response{StatusCode: http.StatusTooManyRequests, Header: header, Body: http.NoBody, Request: r}, nil
		})
		if answer == "" {
			d.net.set(nil)
		}
		if due == nil {
			d.press("ctrl+r")
		} else {
			d.send(due)
		}
		if wait != want {
			t.Errorf("after Retry-After %q the next look is after %s, not %s", answer, wait, want)
		}
	}
}
