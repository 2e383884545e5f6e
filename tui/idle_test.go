package tui

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/demo"
	"unleash-invite/model"
)

// idle is a program that nobody touches, in simulated time.
type idle struct {
	*driver
	due []alarm
	// requests are those sent to the server since they were last counted.
	requests []string
	fault    func(*http.Request) (*http.Response, error)
}

// alarm is a message that is due at a time.
type alarm struct {
	at  time.Time
	msg tea.Msg
}

// startIdle starts the program on an instance with so many live links.
func startIdle(t *testing.T, live int) *idle {
	links := []demo.Link{}
	for i := range live {
		name := fmt.Sprintf("team-%d", i)
		if i == 0 {
			name = model.DefaultName
		}
		links = append(links, demo.Link{Name: name, CreatedAt: noon.Add(-time.Hour), ExpiresAt: noon.AddDate(0, 0, 20).Truncate(24 * time.Hour)})
	}
	i := &idle{driver: start(t, 100, 40, links...)}
	i.net.set(func(r *http.Request) (*http.Response, error) {
		i.requests = append(i.requests, r.URL.Path)
		if i.fault != nil {
			return i.fault(r)
		}
		return nil, nil
	})
	for _, timer := range i.timers {
		i.due = append(i.due, alarm{noon.Add(timer.pause), timer.msg})
	}
	i.m.after = func(pause time.Duration, msg tea.Msg) tea.Cmd {
		i.due = append(i.due, alarm{i.clock().Add(pause), msg})
		return nil
	}
	return i
}

// pass lets time pass.
func (i *idle) pass(d time.Duration) {
	end := i.clock().Add(d)
	for {
		slices.SortStableFunc(i.due, func(a, b alarm) int { return a.at.Compare(b.at) })
		if len(i.due) == 0 || i.due[0].at.After(end) {
			i.set(end)
			return
		}
		next := i.due[0]
		i.due = i.due[1:]
		i.set(next.at)
		i.send(next.msg)
	}
}

func (i *idle) set(now time.Time) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.now = now
}

// sent returns the requests since it was last asked.
func (i *idle) sent() []string {
	sent := i.requests
	i.requests = nil
	return sent
}

// verdicts counts how many of the requests asked about a link.
func verdicts(requests []string) (n int, about map[string]int) {
	about = map[string]int{}
	for _, path := range requests {
		if secret, ok := strings.CutSuffix(path, "/validate"); ok {
			about[strings.TrimPrefix(secret, "/invite/")]++
			n++
		}
	}
	return n, about
}

// The design page's budget: requests a minute while nobody touches the program.
func TestRequestsWhileIdle(t *testing.T) {
	for live, budget := range map[int]int{1: 15, 100: 110, 2000: 110} {
		t.Run(fmt.Sprint(live), func(t *testing.T) {
			i := startIdle(t, live)
			current, _ := i.m.session.Current()
			for range 3 {
				i.pass(time.Minute)
				sent := i.sent()
				n, about := verdicts(sent)
				t.Logf("%d requests, %d of them about %d links", len(sent), n, len(about))
				if len(sent) > budget {
					t.Errorf("%d requests a minute, more than %d", len(sent), budget)
				}
				if about[current.Secret] != 6 {
					t.Errorf("the current link was asked about %d times", about[current.Secret])
				}
			}
			i.shows("● Active", "the server accepted it just now")
		})
	}
}

// A link that is asked about in turn shows its last verdict and when that was given.
func TestAVerdictOfAWhileAgoHasItsTime(t *testing.T) {
	i := startIdle(t, 100)
	i.press("l")
	i.shows("Status Name Stops", "●")
	i.hides("Asked", "Unknown")
	i.pass(50 * time.Second)
	i.shows("Status Asked Name", "● Active just now team-", "● Active 20 s ago team-", "● Active 50 s ago team-")
	i.hides("Unknown")
	for !i.chosen("50 s ago") {
		i.press("down")
	}
	i.press("g")
	i.shows("● Active +99 the server accepted it 50 s ago")
	i.send(tea.WindowSizeMsg{Width: 40, Height: 12})
	i.press("esc")
	i.shows("the server accepted it 50 s ago")
	i.press("esc")
	i.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	const also = "accepted 50 s ago · +98 more · l"
	for range 10 { // until it is long since the turn of the one that is named
		if !strings.Contains(i.screen(), also) {
			i.pass(10 * time.Second)
		}
	}
	i.shows("Also live 99 team-", also)
}

// chosen reports whether the chosen row has the words.
func (i *idle) chosen(words string) bool {
	return slices.ContainsFunc(strings.Split(i.screen(), "\n"), func(row string) bool {
		return strings.HasPrefix(row, "›") && strings.Contains(row, words)
	})
}

func TestWhoAsksIsToldOfEveryLink(t *testing.T) {
	for name, ask := range map[string]func(*idle){
		"ctrl+r":     func(i *idle) { i.press("ctrl+r") },
		"a question": func(i *idle) { i.press("r"); i.pass(time.Second) },
		"a write":    func(i *idle) { i.press("d"); i.pass(200 * time.Millisecond); i.sent(); i.press("y") },
	} {
		i := startIdle(t, 100)
		i.pass(40 * time.Second)
		i.sent()
		ask(i)
		if _, about := verdicts(i.sent()); len(about) < 99 {
			t.Errorf("%s: %d links were asked about", name, len(about))
		}
		i.press("esc")
		i.hides("s ago · ")
	}
}

func TestIdleWhereTheServerIsAskedTooMuch(t *testing.T) {
	for wait, most := range map[string]int{"": 110, "40": 40} { // seconds, as Retry-After says
		i := startIdle(t, 2000)
		i.fault = func(r *http.Request) (*http.Response, error) {
			if !strings.HasSuffix(r.URL.Path, "/validate") {
				return nil, nil
			}
			header := http.Header{}
			if wait != "" {
				header.Set("Retry-After", wait)
			}
			return &http.Response{StatusCode: http.StatusTooManyRequests, Header: header, Body: http.NoBody, Request: r}, nil
		}
		i.pass(time.Minute)
		if n := len(i.sent()); n > most {
			t.Errorf("Retry-After %q: %d requests in a minute", wait, n)
		}
		i.shows("? Unknown", "429 Too Many Requests")
		i.fault = nil
		i.pass(40 * time.Second)
		i.shows("● Active +1999", "the server accepted it just now")
	}
}

// The profiles' screen looks at each instance in the same way.
func TestProfilesAreLookedAtInTurn(t *testing.T) {
	d := startUnconnected(t, 80, 24)
	d.addProfiles()
	var links []demo.Link
	for range 100 {
		links = append(links, live("default"))
	}
	d.instances.serve(t, "flags.acme.io", links...)
	on, err := d.instances.Open(t.Context(), "acme", false)
	if err != nil {
		t.Fatal(err)
	}
	d.begin(80, 24, on)
	d.press("p")
	count := func(look func()) int {
		var n atomic.Int32
		d.instances.fail = func(r *http.Request) (*http.Response, error) {
			if r.Host == "flags.acme.io" && strings.HasSuffix(r.URL.Path, "/validate") {
				n.Add(1)
			}
			return nil, nil
		}
		look()
		return int(n.Load())
	}
	if n := count(d.refreshed); n != 2*16 { // the session's and the screen's
		t.Errorf("the screen asked about %d links by itself", n)
	}
	if n := count(func() { d.press("ctrl+r") }); n < 100 {
		t.Errorf("ctrl+r asked about %d links", n)
	}
}
