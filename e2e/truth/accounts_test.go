package truth

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"unleash-invite/client"
	"unleash-invite/client/weather"
	"unleash-invite/demo"
	"unleash-invite/model"
	"unleash-invite/tui"
	"unleash-invite/tui/session"
)

// onAccount is what somebody does to the account of Mallory, who joined last.
var onAccount = []struct {
	name  string
	keys  []string
	holds string
	// role is that of the account afterwards; empty when it is to be gone.
	role string
}{
	{"remove", []string{"j", "d", "y"}, http.MethodDelete, ""},
	{"role", []string{"j", "e", "up", "enter"}, http.MethodPut, "Editor"},
}

// No list of accounts says what is not so, in any weather.
func TestNoListOfAccountsLies(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, w := range weather.All(1) {
		for _, do := range onAccount {
			t.Run(do.name+": "+w.Name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					link := demo.Link{Name: "default", ExpiresAt: time.Now().AddDate(0, 0, 20), Joined: []string{"Ann", "Mallory"}}
					unleash := demo.New(demo.Options{Links: []demo.Link{link}})
					api, _, ready := out(t, w, do.holds, unleash)
					p := start(tui.Options{Instance: session.Instance{API: api, Host: "flags.acme.io"}, Now: w.Now})
					t.Cleanup(p.close)
					a := &accountsWatched{t: t, w: w, p: p, role: mallorysRole(t, unleash)}
					a.watch(3 * time.Second)
					ready()
					for _, key := range do.keys {
						a.watch(time.Second)
						p.press(key)
					}
					for p.model.Session().Writing() {
						a.watch(step)
					}
					a.watch(2 * time.Second)
					if do.role == "" {
						p.press("esc")
					}
					a.watch(30 * time.Second)
					if got := a.role(); got != do.role && w.Cached == "" && w.Dies != weather.BeforeAll {
						t.Errorf("the role is %q in the end:\n%s", got, p.screen())
					}
				})
			})
		}
	}
}

// mallorysRole asks the server directly for Mallory's role, which is empty when the account is gone.
func mallorysRole(t *testing.T, unleash *demo.Server) func() string {
	t.Helper()
	direct, err := client.New(unleash.URL(), demo.AdminToken, client.WithTransport(weather.Clear{Handler: unleash}))
	if err != nil {
		t.Fatal(err)
	}
	return func() string {
		all, err := direct.Accounts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range all.All {
			if a.Name == "Mallory" {
				return a.Role.Name
			}
		}
		return ""
	}
}

// accountsWatched is one run.
type accountsWatched struct {
	t      *testing.T
	w      weather.Weather
	p      *program
	role   func() string
	before []string // what the role was, at each look
}

var (
	mallorysRow = regexp.MustCompile(`(?m)^.*Mallory .*\b(Viewer|Editor|Admin)\b`)
	listOfAll   = regexp.MustCompile(`(?m)^ Joined +\d`)
)

func (a *accountsWatched) watch(while time.Duration) {
	a.t.Helper()
	for end := time.Now().Add(while); time.Now().Before(end); {
		a.p.work(step)
		a.look()
	}
}

// look compares the list of accounts with those of the server, unless it says itself that it may not be so. Of a write
// that arrives late, and whose arrival nobody can know, it may tell at the next look.
func (a *accountsWatched) look() {
	a.t.Helper()
	is := a.role()
	a.before = append(a.before, is)
	screen := a.p.screen()
	if a.p.model.Session().Writing() || !listOfAll.MatchString(screen) || strings.Contains(screen, "\n ! ") {
		return
	}
	said := ""
	if row := mallorysRow.FindStringSubmatch(screen); row != nil {
		said = row[1]
	} else if strings.Contains(screen, "Mallory") {
		return // the accounts have not come yet
	}
	lag := 1
	if a.w.Hold > 0 {
		lag = int((noticed + model.WatchFor) / step)
	}
	for back := 0; back < lag && back < len(a.before); back++ {
		if said == a.before[len(a.before)-1-back] {
			return
		}
	}
	a.t.Errorf("it says %q, the server has %q:\n%s", said, is, screen)
	a.t.FailNow()
}
