package tui

import (
	"context"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/demo"
	"unleash-invite/tui/session"
)

// fleet starts on the profile lab, beside team, whose instance has two live links, eu, which is read-only, gone, which does
// not answer, and two of production. Every instance has a token of its own.
func fleet(t *testing.T, width, height int) *driver {
	t.Helper()
	d := newDriver(t)
	d.beginFleet(width, height)
	return d
}

func (d *driver) beginFleet(width, height int) {
	i := d.instances
	for _, p := range []session.Profile{
		{Name: "lab"}, {Name: "team"}, {Name: "eu", ReadOnly: true}, {Name: "gone"},
		{Name: "live", Production: true}, {Name: "live us", Production: true},
	} {
		host := strings.ReplaceAll(p.Name, " ", "-") + ".acme.io"
		p.Address, p.TokenFrom = "https://"+host, "the system keyring"
		links := []demo.Link{live("default", "Ann", "Bob")}
		if p.Name == "team" {
			links = append(links, live("workshop", "Cem"))
		}
		if p.Name != "gone" {
			i.serve(d.t, host, links...)
		}
		i.addProfile(p)
		i.tokens[p.Name] = "user:token-of-" + host
	}
	d.fails(nil)
	on, err := i.Open(d.t.Context(), "lab", false)
	if err != nil {
		d.t.Fatal(err)
	}
	d.begin(width, height, on)
}

// onFleet starts on the fleet, and presses keys.
func onFleet(keys ...string) func(*driver) {
	return func(d *driver) {
		d.beginFleet(d.m.window.Width, d.m.window.Height)
		d.press(keys...)
	}
}

// fails lets requests fail on their way to their servers, which each know one token alone.
func (d *driver) fails(fail func(*http.Request) (*http.Response, error)) {
	d.instances.fail = func(r *http.Request) (*http.Response, error) {
		token := r.Header.Get("Authorization")
		if token != "" && token != demo.AdminToken && token != "user:token-of-"+r.URL.Host {
			d.t.Errorf("%s got the token %q", r.URL.Host, token)
		}
		if fail != nil {
			if resp, err := fail(r); resp != nil || err != nil {
				return resp, err
			}
		}
		if token != "" {
			r.Header.Set("Authorization", demo.AdminToken)
		}
		return nil, nil
	}
}

// liveOn are the secrets of a profile's live links.
func (d *driver) liveOn(profile string) []string {
	d.t.Helper()
	on, err := d.instances.Open(context.Background(), profile, false)
	if err != nil {
		d.t.Fatal(err)
	}
	links, err := on.API.Look(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	var secrets []string
	for _, l := range links.Live(d.now) {
		secrets = append(secrets, l.Secret)
	}
	return secrets
}

func TestMarkedProfilesAreRotatedAfterOneQuestion(t *testing.T) {
	d := fleet(t, 100, 30)
	lab, team, us := d.liveOn("lab"), d.liveOn("team"), d.liveOn("live us")
	d.press("p", "space", "space")
	d.shows("Profiles 6, 2 marked", "* lab ● Active", "* team ● Active", "› eu")
	d.press("r")
	d.shows("Rotate 3 links on 2 profiles (5 joined)?", "lab 1 link, 2 joined lab.acme.io", "team 2 links, 3 joined team.acme.io",
		"Type 3 to rotate all of them.")
	d.hides("eu.acme.io")
	d.press("enter")
	d.shows("That is not 3, so nothing was done")
	d.write("3")
	d.press("enter")
	d.shows("Rotated 2 of 2 profiles", "● rotated lab until 2 Dec 2026", "● rotated team until")
	for i, old := range [][]string{lab, team} {
		profile := []string{"lab", "team"}[i]
		now := d.liveOn(profile)
		if len(now) != 1 || slices.Contains(old, now[0]) {
			t.Errorf("%s has the live links %q, and had %q", profile, now, old)
		}
		d.shows("https://flags.demo.example/new-user?invite=" + now[0])
		d.press("c")
		d.shows("The new link of " + profile + ": Copied to the clipboard.")
		d.press("down")
	}
	if !slices.Equal(d.liveOn("live us"), us) {
		t.Error("another profile was touched")
	}
	if len(d.copies) != 2 {
		t.Errorf("copied was %q", d.copies)
	}
	d.press("esc")
	d.shows("Profiles 6, checked just now")
	d.press("up", "esc", "u")
	d.shows("Restore this link?")
}

func TestWhatCantBeRotatedCantBeMarked(t *testing.T) {
	d := fleet(t, 100, 30)
	d.press("p", "down", "down", "space")
	d.shows("eu can't be marked for a rotation: it is read-only.")
	d.press("down", "space")
	d.shows("gone can't be marked for a rotation: nothing is known about its links now.")
	d.press("r")
	d.shows("gone can't be rotated: nothing is known about its links now. Nothing was rotated.")
	d.hides("marked,", "*")
	d.m.ReadOnly = true
	d.m.session = d.m.newSession(d.m.session.Instance)
	d.press("home", "space")
	d.shows("This session is read-only")
	d.press("r")
	d.shows("This session is read-only")
}

func TestProductionWantsItsNamesTyped(t *testing.T) {
	d := fleet(t, 100, 30)
	d.press("p", "end", "up", "space", "space", "home", "space", "r")
	d.shows("Rotate 3 links on 3 profiles", "These are production: type live, live us to rotate.", "PRODUCTION")
	before := d.liveOn("live")
	d.write("3")
	d.press("enter")
	d.shows("That is not live, live us, so nothing was done")
	d.press("backspace")
	d.write("live,live us ")
	d.press("enter")
	d.shows("Rotated 3 of 3 profiles")
	if now := d.liveOn("live"); slices.Equal(now, before) {
		t.Error("it was not rotated")
	}
}

func TestOneProfileIsRotatedByY(t *testing.T) {
	d := fleet(t, 100, 30)
	before := d.liveOn("lab")
	d.press("p", "r")
	d.shows("Rotate 1 link on lab (2 joined)?")
	d.press("n")
	d.shows("Nothing was rotated.", "Profiles")
	d.press("r", "tab", "tab", "y")
	d.shows("Rotated 1 of 1 profile", "lab", "until 1 Dec 2026")
	if now := d.liveOn("lab"); slices.Equal(now, before) {
		t.Error("it was not rotated")
	}
	d.press("r")
	if len(d.liveOn("lab")) != 1 {
		t.Error("a second press made a second link")
	}
	d.press("enter")
	d.shows("lab · lab.acme.io", "● Active")
}

// What failed goes on from where it stopped, and nothing is done twice.
func TestARotationOfProfilesGoesOn(t *testing.T) {
	posts := map[string]int{}
	for name, fault := range map[string]func(*driver, *http.Request) (*http.Response, error){
		"nothing was deleted": func(_ *driver, r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodPut && r.URL.Host == "team.acme.io" {
				return nil, errRefused
			}
			return nil, nil
		},
		"no link was made": func(_ *driver, r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodPost && r.URL.Host == "team.acme.io" {
				return nil, errRefused
			}
			return nil, nil
		},
		"the answer was lost, and the check after it": func(d *driver, r *http.Request) (*http.Response, error) {
			if r.URL.Host != "team.acme.io" || posts[r.URL.Host] == 0 && r.Method != http.MethodPost {
				return nil, nil
			}
			if r.Method == http.MethodPost {
				r.Header.Set("Authorization", demo.AdminToken)
				there := r.Clone(r.Context())
				there.URL.Host, there.Host = strings.TrimPrefix(demo.Origin, "https://"), ""
				if _, err := d.instances.servers[r.URL.Host].RoundTrip(there); err != nil {
					return nil, err
				}
				posts[r.URL.Host]++
			}
			return nil, io.ErrUnexpectedEOF
		},
	} {
		t.Run(name, func(t *testing.T) {
			clear(posts)
			d := fleet(t, 100, 30)
			before := d.liveOn("team")
			d.press("p", "space", "space", "r")
			d.write("3")
			d.fails(func(r *http.Request) (*http.Response, error) { return fault(d, r) })
			d.press("enter")
			d.shows("Rotated 1 of 2 profiles", "● rotated lab", "r rotate the rest")
			d.hides("● rotated team")
			d.fails(nil)
			d.later()
			d.press("r")
			d.shows("Rotated 2 of 2 profiles", "● rotated team")
			now := d.liveOn("team")
			if len(now) != 1 || slices.Contains(before, now[0]) || posts["team.acme.io"] > 1 {
				t.Errorf("the live links are %q, and were %q; %v", now, before, posts)
			}
		})
	}
}

func TestProfilesAreRotatedSideBySide(t *testing.T) {
	d := fleet(t, 100, 30)
	d.press("p", "space", "space", "r")
	d.write("3")
	deleting, both := make(chan string, 9), make(chan struct{})
	d.fails(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPut {
			deleting <- r.URL.Host
			<-both
		}
		return nil, nil
	})
	d.hold = true
	d.press("enter")
	for _, cmd := range d.held {
		go spread(cmd)
	}
	hosts := map[string]bool{}
	for len(hosts) < 2 {
		select {
		case host := <-deleting:
			hosts[host] = true
		case <-time.After(5 * time.Second):
			t.Fatalf("only %v is under way", slices.Collect(maps.Keys(hosts)))
		}
	}
	close(both)
}

// spread runs a command and what it consists of side by side, and drops the answers.
func spread(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if batch, ok := cmd().(tea.BatchMsg); ok {
		for _, each := range batch {
			go spread(each)
		}
	}
}

func TestLeavingWaitsForTheRotationOfProfiles(t *testing.T) {
	d := fleet(t, 100, 30)
	d.press("p", "space", "space", "r")
	d.write("3")
	d.fails(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost && r.URL.Host == "team.acme.io" {
			return nil, errRefused
		}
		return nil, nil
	})
	d.hold = true
	d.press("enter")
	d.shows("Rotating: 0 of 2 profiles", "deleting", "esc stop waiting")
	d.press("q")
	d.shows("Quitting as soon as this is done: Rotating the links of 2 profiles.")
	if _, failed := d.m.Farewell(false); d.quit || !failed {
		t.Error("it is left in the middle")
	}
	d.release()
	text, failed := d.m.Farewell(false)
	if !d.quit || !failed || !strings.HasPrefix(text, "Rotated 1 of 2 profiles. team: The old links no longer work, and ") {
		t.Errorf("%v, %q, %v", d.quit, text, failed)
	}
}
