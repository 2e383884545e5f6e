package tui

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"unleash-invite/client"
	"unleash-invite/demo"
)

// rows are the outcomes on the screen of a removal, by account: by name, "removed", "not removed" or "not known".
func (d *driver) rows() map[string]string {
	rows := map[string]string{}
	for row := range strings.SplitSeq(d.screen(), "\n") {
		row = strings.TrimSpace(strings.TrimPrefix(row, "›"))
		mark, row, _ := strings.Cut(row, " ")
		words, name, found := strings.Cut(row, "  ")
		if found && (mark == "●" || mark == "○") {
			name, _, _ = strings.Cut(strings.TrimSpace(name), " · ")
			rows[name] = words
		}
	}
	return rows
}

// agrees compares what the screen says of each account with what the server has.
func (d *driver) agrees(names ...string) {
	d.t.Helper()
	d.net.set(nil)
	there, rows := d.emails(), d.rows()
	for _, name := range names {
		told, has := rows[name], slices.Contains(there, name)
		if told != "removed" && told != "not removed" && told != "not known" || told == "removed" && has || told == "not removed" && !has {
			d.t.Errorf("told of %s: %q; there: %t\n%s", name, told, has, d.screen())
		}
	}
}

// finishes removes the rest, until nobody is left.
func (d *driver) finishes() {
	d.t.Helper()
	for range 2 { // what was not known may be there still
		if strings.Contains(d.screen(), "d remove the rest") {
			d.press("d")
		}
	}
	d.shows("Removed 3 of 3 accounts")
	d.hides("not removed", "not known", "remove the rest", "omebody else")
	d.has()
}

var errCut = errors.New("the line was cut")

// cut fails the request of the number, or from it on, or none where that is negative; one that was served loses its answer.
func (d *driver) cut(k int, served, forGood bool) (sent func() int) {
	n := -1
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if n++; k < 0 || n != k && (!forGood || n < k) {
			return nil, nil
		}
		if served {
			if resp, err := d.net.next.RoundTrip(r); err == nil {
				_ = resp.Body.Close()
			}
		}
		return nil, errCut
	})
	return func() int { return n + 1 }
}

func TestARemovalCutAtEachRequestTellsWhatTheServerHas(t *testing.T) {
	if testing.Short() {
		t.Skip("the removal is run once for each request")
	}
	requests := 0
	for k := -1; k < requests; k++ { // first without a fault
		for _, served := range []bool{false, true} {
			for _, forGood := range []bool{false, true} {
				t.Run(fmt.Sprint(k, " served ", served, " for good ", forGood), func(t *testing.T) {
					d := start(t, 100, 24, live("default", "Ann", "Bob", "Cem"))
					d.press("j", "a", "d")
					d.later()
					sent := d.cut(k, served, forGood)
					d.press("y")
					if n := sent(); k < 0 {
						requests = n
					}
					d.agrees("Ann", "Bob", "Cem")
					d.finishes()
				})
			}
		}
	}
	if requests < 10 {
		t.Errorf("%d requests", requests)
	}
}

// rival is somebody else who uses the same Unleash.
func (d *driver) rival() *client.Client {
	d.t.Helper()
	rival, err := client.New(d.server.URL(), demo.AdminToken, client.WithTransport(d.server.Transport()))
	if err != nil {
		d.t.Fatal(err)
	}
	return rival
}

func TestRivalsWhoRemoveTheSameAccountsAreTold(t *testing.T) {
	for _, method := range []string{http.MethodGet, http.MethodDelete} { // before the check, and after it
		d := start(t, 100, 24, live("default", "Ann", "Bob", "Cem"))
		d.press("j", "a", "d")
		people, rival := d.m.session.People().Joined, d.rival()
		d.net.set(func(r *http.Request) (*http.Response, error) {
			for _, j := range people[1:] {
				if r.Method == method && strings.HasSuffix(r.URL.Path, fmt.Sprint("/user-admin/", j.ID)) {
					_ = rival.RemoveAccount(context.Background(), j.Account) // one that is gone already stays gone
				}
			}
			return nil, nil
		})
		d.press("y")
		d.agrees("Ann", "Bob", "Cem")
		d.shows("Removed 3 of 3 accounts", "● removed Cem", "● removed Bob", "● removed Ann")
		d.press("down")
		d.shows("Bob: Somebody else removed the account first.")
	}
}

func TestAnAccountOfAnIdentityProviderStaysAndTheOthersGo(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann", "Bob", "Cem"))
	d.press("j", "a", "d")
	bob := d.m.session.People().Joined[1]
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodDelete && strings.HasSuffix(r.URL.Path, fmt.Sprint("/", bob.ID)) {
			return answer(403, "application/json", `{"id":"1","name":"ForbiddenError","message":"This user is managed by your SCIM provider"}`)(r)
		}
		return nil, nil
	})
	d.press("y")
	d.agrees("Ann", "Bob", "Cem")
	d.shows("Removed 2 of 3 accounts", "› ○ not removed Bob", "Your identity provider manages it", "d remove the rest")
	d.has("Bob")
}

// during calls a function once, on the way of the first request with that method.
func (d *driver) during(method string, do func()) {
	done := false
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == method && !done {
			done = true
			do()
		}
		return nil, nil
	})
}

func TestEscInTheMiddleOfARemovalEndsWhatIsUnderWayAndBeginsNoMore(t *testing.T) {
	names := []string{"Ann", "Bob", "Cem", "Dan", "Eve", "Fay", "Gil", "Hal", "Ira"}
	d := start(t, 100, 24, live("default", names...))
	d.press("j", "a", "d")
	d.during(http.MethodDelete, func() {
		d.hold = true // the spinner would turn for ever
		d.press("esc")
	})
	d.press("y")
	d.release()
	d.agrees(names...)
	d.shows("○ not removed", "d remove the rest", "stopped before")
	d.hides("canceled")
	left := len(d.emails())
	if left == 0 || left == len(names) {
		t.Errorf("%d accounts are left", left)
	}
	d.press("d")
	d.shows("Removed 9 of 9 accounts")
	d.has()
}

func TestEscTwiceInARemovalSaysThatNobodyKnows(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann", "Bob", "Cem"))
	d.press("j", "a", "d")
	d.during(http.MethodDelete, func() {
		d.hold = true
		d.press("esc", "esc")
	})
	d.press("y")
	d.release()
	d.agrees("Ann", "Bob", "Cem")
	d.shows("○ not known", "It is not known whether this worked: Removing 3 accounts.")
	d.hides("removing", "waiting")
	d.finishes()
}

func TestCtrlCInTheMiddleOfARemovalTellsWhatWasDone(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann", "Bob", "Cem", "Dan", "Eve", "Fay"))
	d.press("j", "a", "d")
	d.during(http.MethodDelete, func() { d.press("ctrl+c") })
	d.press("y")
	if said, failed := d.m.Farewell(false); !d.quit || failed || said != "Removed 6 accounts." {
		t.Errorf("quit %t, %q, %t", d.quit, said, failed)
	}
	d.has()
}

func TestRemovingTheRestOnProductionWantsTheNameAgain(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann", "Bob", "Cem"))
	onProduction(d)
	d.press("j", "a", "d")
	d.write("acme")
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodDelete {
			return answer(403, "application/json", `{"message":"no"}`)(r)
		}
		return nil, nil
	})
	d.press("enter")
	d.net.set(nil)
	d.press("d")
	d.shows("This is production: type acme to remove", "Remove 3 accounts?")
	d.press("esc")
	d.shows("Removed 0 of 3 accounts", "No account was removed.")
	d.has("Ann", "Bob", "Cem")
	d.press("d")
	d.write("acme")
	d.press("enter")
	d.shows("Removed 3 of 3 accounts")
	d.has()
}
