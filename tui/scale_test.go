package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/session"
)

// crowd is an instance with 10,000 links and 100,000 people, half of them by one link.
type crowd struct {
	session.API
	links model.Links
}

func (c crowd) List(context.Context) (model.Links, error)                   { return c.links, nil }
func (c crowd) Look(context.Context) (model.Links, error)                   { return c.links, nil }
func (c crowd) LookAgain(context.Context, model.Links) (model.Links, error) { return c.links, nil }
func (c crowd) LookInTurn(context.Context, model.Links, int) (model.Links, error) {
	return c.links, nil
}
func (crowd) AskSources() {}
func (c crowd) VerifyCurrent(context.Context, model.Links) (model.Links, bool, error) {
	return c.links, false, nil
}
func (c crowd) WhoAmI(context.Context) (model.User, error) {
	return model.User{Name: "me", Admin: true}, nil
}
func (c crowd) Server(context.Context) (model.Server, error) {
	return model.Server{Version: "8.2.0"}, nil
}
func (c crowd) Accounts(context.Context) (model.Accounts, error) {
	all := model.Accounts{FetchedAt: noon}
	for _, t := range c.links.Tokens {
		for _, p := range t.Joined {
			all.All = append(all.All, model.Account{
				ID: p.ID, Name: p.Name, Email: fmt.Sprintf("ann.smith.%d@example.com", p.ID), CreatedAt: t.CreatedAt,
			})
		}
	}
	return all, nil
}

func newCrowd() crowd {
	c := crowd{links: model.Links{FetchedAt: noon}}
	id := int64(0)
	person := func() model.Person {
		id++
		return model.Person{ID: id, Name: fmt.Sprintf("Ann Smith of Berlin the %dth", id)}
	}
	for i := range 10_000 {
		t := model.Token{
			Secret: fmt.Sprintf("%032x", i), Name: "default", URL: fmt.Sprintf("https://flags.acme.io/new-user?invite=%032x", i),
			Enabled: i%3 > 0, ExpiresAt: noon.AddDate(0, 0, 7-i), CreatedAt: noon.AddDate(0, 0, -i), CreatedBy: "admin", Verdict: model.Rejected,
		}
		for range 5 {
			t.Joined = append(t.Joined, person())
		}
		c.links.Tokens = append(c.links.Tokens, t)
	}
	for range 50_000 {
		c.links.Tokens[1].Joined = append(c.links.Tokens[1].Joined, person())
	}
	c.links.Tokens[1].Verdict = model.Accepted
	return c
}

func startCrowd(t testing.TB) *driver {
	t.Helper()
	clock := func() time.Time { return noon }
	d := &driver{now: noon}
	d.m = New(Options{Instance: session.Instance{API: newCrowd(), Host: "flags.acme.io"}, Now: clock, Location: time.UTC})
	d.m.after = func(time.Duration, tea.Msg) tea.Cmd { return nil }
	d.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	d.run(d.m.Init())
	return d
}

// pressed is how much work it is to answer a key and to draw the window.
func (d *driver) pressed(name string) time.Duration {
	before := worktime()
	d.press(name)
	d.m.View()
	return worktime() - before
}

// Among 10,000 links and 100,000 people no key makes the program stutter: each took less than a frame of 60 a second,
// and slower machines are left two more. Of each key the least of a few counts, as garbage is collected at times.
func TestKeysAreAnsweredWithinAFrameAtScale(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	const bound = 3 * raceSlows * 16 * time.Millisecond
	d := startCrowd(t)
	fastest := map[string]time.Duration{}
	note := func(what string, took time.Duration) {
		if before, ok := fastest[what]; !ok || took < before {
			fastest[what] = took
		}
	}
	for range 5 {
		note("refresh", d.pressed("ctrl+r"))
		note("open who joined", d.pressed("j"))
		for range 5 {
			note("scroll who joined", d.pressed("down"))
			note("page who joined", d.pressed("space"))
		}
		note("to the end of who joined", d.pressed("end"))
		d.press("s")
		for i, letter := range []string{"3", "d", "backspace", "m", "o", "down"} {
			note(fmt.Sprintf("since when, key %d: %s", i+1, letter), d.pressed(letter))
		}
		note("mark those since", d.pressed("enter"))
		note("scroll what is marked", d.pressed("down"))
		note("mark the new", d.pressed("a"))
		note("close", d.pressed("esc"))
		note("open all links", d.pressed("l"))
		note("scroll all links", d.pressed("down"))
		note("to the end of all links", d.pressed("end"))
		note("refresh all links", d.pressed("ctrl+r"))
		d.press("/")
		for i, letter := range []string{"x", "backspace", "t", "h", "e", "space", "9", "9", "9", "9", "9", "t", "backspace"} {
			note(fmt.Sprintf("filter, key %d: %s", i+1, letter), d.pressed(letter))
		}
		if n := strings.Count(d.screen(), "○ ") + strings.Count(d.screen(), "● ") - 1; n != 1 { // less the header's
			t.Fatalf("%d links have the filter's words", n)
		}
		note("clear the filter", d.pressed("esc"))
		note("close all links", d.pressed("esc"))
	}
	var whats []string
	for what := range fastest {
		whats = append(whats, what)
	}
	slices.Sort(whats)
	for _, what := range whats {
		t.Logf("%-32s %s", what, fastest[what])
		if fastest[what] > bound {
			t.Errorf("%s takes %s, more than %s", what, fastest[what], bound)
		}
	}
}
