package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
)

// cutter is a way to a server that breaks off at a request, for that one or from it on.
type cutter struct {
	next http.Handler

	mu      sync.Mutex
	n       int // how many came since it was set
	at      int // negative for none
	served  bool
	forGood bool
}

func newCutter(t *testing.T, target string) (*cutter, string) {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	c := &cutter{next: httputil.NewSingleHostReverseProxy(u), at: -1}
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	return c, server.URL
}

// set says where to cut from now on, and whether the server still gets the request.
func (c *cutter) set(at int, served, forGood bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n, c.at, c.served, c.forGood = 0, at, served, forGood
}

// came is how many requests came since it was set.
func (c *cutter) came() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func (c *cutter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	cut := c.at >= 0 && (c.n == c.at || c.forGood && c.n > c.at)
	served := c.served
	c.n++
	c.mu.Unlock()
	if !cut {
		c.next.ServeHTTP(w, r)
		return
	}
	if served {
		c.next.ServeHTTP(httptest.NewRecorder(), r)
	}
	panic(http.ErrAbortHandler) // it closes the connection
}

// TestARemovalCutAtEachRequest breaks the line at each request of a removal: what the screen says of each account is what
// the real server has, and the rest can be removed afterwards.
func TestARemovalCutAtEachRequest(t *testing.T) {
	skipUnlessWanted(t)
	for _, version := range []string{"8.2.0", "6.10.1"} {
		t.Run(version, func(t *testing.T) { removalsCut(t, ownUnleash(t, instance.Options{Version: version})) })
	}
}

func removalsCut(t *testing.T, i *instance.Instance) {
	admin, err := client.New(i.URL, i.AdminToken)
	if err != nil {
		t.Fatal(err)
	}
	made := makeLink(t, i, time.Now().AddDate(0, 0, 7))
	way, address := newCutter(t, i.URL)
	behind := *i
	behind.URL = address
	term := open(t, &behind, i.AdminToken, terminal.Options{Width: 100, Height: 30, Timeout: 40 * time.Second})
	term.WaitFor("● Active")
	requests := 0
	for k := -1; k < requests; k++ { // first without a fault
		for _, served := range []bool{false, true} {
			names := []string{fmt.Sprintf("ann%d%t", k+1, served), fmt.Sprintf("bob%d%t", k+1, served)}
			for _, name := range names {
				if status, err := i.SignUp(t.Context(), made.Secret, name, name+"@example.com"); err != nil || status != http.StatusCreated {
					t.Fatalf("%s: %d, %v", name, status, err)
				}
			}
			term.Type("ctrl+r", "j")
			term.WaitFor(names[1] + "@example.com")
			term.Type("a")
			term.WaitFor("Marked 2 accounts")
			term.Type("d")
			term.WaitFor("Remove 2 accounts?")
			way.set(k, served, served) // a line that broke after the server had the request stays broken
			term.Type("y")
			term.WaitFor("Removed ")
			if n := way.came(); k < 0 {
				requests = n
			}
			way.set(-1, false, false)
			told(t, term, admin, names)
			for tries := 0; strings.Contains(term.Screen(), "remove the rest") && tries < 3; tries++ {
				term.Type("d")
				term.WaitForAbsent("remove the rest")
				term.WaitFor("Removed ")
			}
			term.WaitFor("Removed 2 of 2 accounts")
			told(t, term, admin, names)
			term.Type("esc", "esc")
			term.WaitFor("e expiry")
		}
	}
	if requests < 8 { // check, removal and look of each, list and verdict
		t.Errorf("a removal of two took %d requests", requests)
	}
}

// told compares what the screen says of each account with what the server has.
func told(t *testing.T, term *terminal.Terminal, admin *client.Client, names []string) {
	t.Helper()
	accounts, err := admin.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(term.Screen(), "\n")
	for _, name := range names {
		there := false
		for _, a := range accounts.All {
			there = there || a.Name == name
		}
		at := slices.IndexFunc(rows, func(row string) bool { return strings.Contains(row, " "+name+" · ") })
		if at < 0 {
			t.Fatalf("%s is not told of:\n%s", name, term.Screen())
		}
		switch row := rows[at]; {
		case strings.Contains(row, "● removed") && !there, strings.Contains(row, "○ not removed") && there, strings.Contains(row, "○ not known"):
		default:
			t.Errorf("there: %t, told: %s\n%s", there, row, term.Screen())
		}
	}
}
