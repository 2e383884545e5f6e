package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
)

// TestTruthMatrix compares what the screen says of a link with what the server does to someone who opens it.
func TestTruthMatrix(t *testing.T) {
	skipUnlessWanted(t)
	zones, cases, agree := []string{"UTC", "Pacific/Auckland", "America/Los_Angeles"}, truthCases(), 0
	for _, zone := range zones {
		t.Run(zone, func(t *testing.T) {
			i := ownUnleash(t, instance.Options{TimeZone: zone})
			term := open(t, i, i.AdminToken, terminal.Options{Width: 100, Timeout: 30 * time.Second})
			term.WaitFor("○ None")
			for _, c := range cases {
				awayFromMidnightIn(t, zone)
				if agrees(t, i, term, c) {
					agree++
				}
			}
		})
	}
	t.Logf("truth matrix: %d of %d agree", agree, len(zones)*len(cases))
	if agree != len(zones)*len(cases) {
		t.Fail()
	}
}

// truthCase is a token to make.
type truthCase struct {
	name    string
	deleted bool
	expiry  string
	expires func(now time.Time) time.Time
}

func truthCases() []truthCase {
	today := func(now time.Time) time.Time { return now.UTC().Truncate(24 * time.Hour) }
	tomorrow := func(now time.Time) time.Time { return today(now).AddDate(0, 0, 1) }
	var cases []truthCase
	for _, name := range []string{"default", "party"} {
		for _, deleted := range []bool{false, true} {
			cases = append(cases,
				truthCase{name, deleted, "last week", func(now time.Time) time.Time { return now.AddDate(0, 0, -7) }},
				truthCase{name, deleted, "earlier today", func(now time.Time) time.Time { return today(now).Add(now.Sub(today(now)) / 2) }},
				truthCase{name, deleted, "later today", func(now time.Time) time.Time { return now.Add(tomorrow(now).Sub(now) / 2) }},
				truthCase{name, deleted, "tomorrow 00:00 UTC", tomorrow},
				truthCase{name, deleted, "tomorrow noon UTC", func(now time.Time) time.Time { return tomorrow(now).Add(12 * time.Hour) }},
				truthCase{name, deleted, "in 20 days", func(now time.Time) time.Time { return now.AddDate(0, 0, 20) }},
			)
		}
	}
	return cases
}

// agrees makes the token the only enabled one, reads its status off the screen, and tries the link.
func agrees(t *testing.T, i *instance.Instance, term *terminal.Terminal, c truthCase) bool {
	t.Helper()
	disableAll(t, i)
	expires := c.expires(time.Now())
	secret := makeOne(t, i, c, expires)
	// Ends a look under way; its own is shown in one go and puts the next one off by ten seconds, so that nothing older is read.
	term.Type("ctrl+r")
	term.WaitFor(secret)
	mark, word := headline(t, term)

	verdict := validate(t, i, secret)
	joined, err := i.SignUp(t.Context(), secret, "Ann", fmt.Sprintf("ann%d@example.com", time.Now().UnixNano()))
	if err != nil {
		t.Fatal(err)
	}
	live := verdict == http.StatusOK && joined == http.StatusCreated
	dead := verdict == http.StatusBadRequest && joined == http.StatusBadRequest
	past := !expires.After(time.Now())
	fits := map[string]bool{
		"● Active":      live && !c.deleted,
		"● Ending soon": live && !c.deleted,
		"○ Deleted":     dead && c.deleted,
		"○ Expired":     dead && !c.deleted && past,
		"○ Refused":     dead && !c.deleted && !past,
	}[mark+" "+word]
	if !fits {
		t.Errorf("%q, deleted %v, until %s: the screen says %s %s; /validate answers %d and a sign-up %d",
			c.name, c.deleted, c.expiry, mark, word, verdict, joined)
	}
	return fits
}

// makeOne makes the token of a case by the raw API.
func makeOne(t *testing.T, i *instance.Instance, c truthCase, expires time.Time) (secret string) {
	t.Helper()
	body := fmt.Sprintf(`{"name":%q,"expiresAt":%q}`, c.name, expires.UTC().Format(time.RFC3339Nano))
	status, answer := call(t, http.MethodPost, i.URL+tokensPath, i.AdminToken, body)
	var made token
	if err := json.Unmarshal([]byte(answer), &made); err != nil || status != http.StatusCreated {
		t.Fatalf("making the token answered %d: %s", status, answer)
	}
	if c.deleted {
		disableAll(t, i)
	}
	return made.Secret
}

// headline reads the status and its mark, once the server's verdict is in.
func headline(t *testing.T, term *terminal.Terminal) (mark, word string) {
	t.Helper()
	term.WaitForAbsent("asking the server")
	time.Sleep(50 * time.Millisecond) // in case half of it is drawn
	screen := term.Screen()
	found := regexp.MustCompile(`(?m)^ ([●○]) (\S+( soon)?)   `).FindStringSubmatch(screen)
	if found == nil {
		t.Fatalf("there is no status on the screen:\n%s", screen)
	}
	return found[1], found[2]
}

// awayFromMidnightIn waits over the end of the day both in UTC, by which the cases are made, and where the server's day ends.
func awayFromMidnightIn(t *testing.T, zone string) {
	t.Helper()
	awayFromMidnight()
	place, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().In(place)
	midnight := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, place)
	if left := midnight.Sub(now); left < 30*time.Second {
		time.Sleep(left + time.Second)
	}
}
