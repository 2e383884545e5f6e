package e2e

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
)

// makeNamed makes a link of another name by the raw API.
func makeNamed(t *testing.T, i *instance.Instance, name string, expiry time.Time) string {
	t.Helper()
	body := fmt.Sprintf(`{"name":%q,"expiresAt":%q}`, name, expiry.UTC().Format(time.RFC3339))
	if status, answer := call(t, http.MethodPost, i.URL+tokensPath, i.AdminToken, body); status != http.StatusCreated {
		t.Fatalf("making a link answered %d: %s", status, answer)
	}
	for _, each := range tokens(t, i) {
		if each.Name == name && each.Enabled {
			return each.Secret
		}
	}
	t.Fatalf("the link named %q is not in the list", name)
	return ""
}

func TestEveryLiveLinkIsSeenAndCanBeDeletedAndRestored(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	makeLink(t, i, time.Now().AddDate(0, 0, 5))
	party := makeNamed(t, i, "party", time.Now().AddDate(0, 0, 9))
	term := open(t, i, i.AdminToken, terminal.Options{Width: 100, Height: 24})
	term.WaitFor("● Active")
	term.WaitFor("Also live       1")
	term.Type("l")
	term.WaitFor("2 live")
	term.Type("/", "party", "enter")
	term.WaitFor("›● Active       party")
	term.Type("d")
	term.WaitFor("Delete this link?")
	term.WaitFor(party)
	term.Type("y")
	term.WaitFor("›○ Deleted      party")
	if status := validate(t, i, party); status != http.StatusBadRequest {
		t.Errorf("the deleted link is answered with %d", status)
	}
	term.Type("u")
	term.WaitFor("both would let people in")
	term.Type("y")
	term.WaitFor("›● Active       party")
	if status := validate(t, i, party); status != http.StatusOK {
		t.Errorf("the restored link is answered with %d", status)
	}
}

func TestUndoBringsTheLinkBack(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	made := makeLink(t, i, time.Now().AddDate(0, 0, 5))
	term := open(t, i, i.AdminToken, terminal.Options{})
	term.WaitFor("● Active")
	term.Type("d", "y")
	term.WaitFor("u brings it back")
	if status := validate(t, i, made.Secret); status != http.StatusBadRequest {
		t.Errorf("the deleted link is answered with %d", status)
	}
	term.Type("u")
	term.WaitFor("Restored: it works until")
	if status := validate(t, i, made.Secret); status != http.StatusOK {
		t.Errorf("the restored link is answered with %d", status)
	}
}

func TestWhoJoinsIsSeenWithinOneRefresh(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	made := makeLink(t, i, time.Now().AddDate(0, 0, 5))
	term := open(t, i, i.AdminToken, terminal.Options{Width: 100, Timeout: 15 * time.Second}) // a look every 10 s, and some slack
	term.WaitFor("Joined          0")
	email := fmt.Sprintf("dora%d@example.com", time.Now().UnixNano())
	awayFromMidnight()
	today := time.Now().UTC().Format("2 Jan 2006")
	if status, err := i.SignUp(t.Context(), made.Secret, "Dora", email); err != nil || status != http.StatusCreated {
		t.Fatalf("signing up answered %d, %v", status, err)
	}
	term.WaitFor("new Dora") // no key is pressed
	term.Type("j")
	term.WaitFor("›new  Dora")
	term.WaitFor(email)
	term.WaitFor(today) // her account tells when
}
