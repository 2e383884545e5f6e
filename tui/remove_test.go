package tui

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"unleash-invite/demo"
)

// emails are those of the accounts on the server, but for the one of the tests.
func (d *driver) emails() []string {
	d.t.Helper()
	accounts, err := d.api.Accounts(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	var all []string
	for _, a := range accounts.All {
		if strings.Contains(a.Email, "person") {
			all = append(all, a.Name)
		}
	}
	slices.Sort(all)
	return all
}

func (d *driver) has(want ...string) {
	d.t.Helper()
	if got := d.emails(); !slices.Equal(got, want) {
		d.t.Errorf("the server has %q, not %q", got, want)
	}
}

func TestMarkedAccountsAreRemoved(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann", "Bob", "Cem"))
	d.press("j", "space", "down", "space")
	d.shows("Joined 3 accounts, 2 marked", "* Cem", "* Ann", "d remove")
	d.press("d")
	d.shows("Remove 2 accounts?", "Cem · person5@example.com · Viewer", "Ann · person3", "Their sessions and API tokens end at once",
		"They can join again while a link is live: tab rotates it first.")
	d.press("n")
	d.shows("No account was removed.", "2 marked")
	d.has("Ann", "Bob", "Cem")
	d.press("d", "y")
	d.shows("Removed 2 of 2 accounts", "● removed Cem", "● removed Ann")
	d.has("Bob")
	d.press("esc")
	d.shows("Joined 1 account", "› Bob")
	d.hides("Cem", "marked")
	d.press("esc", "x")
	d.shows("-X DELETE", "/api/admin/user-admin/", "/api/admin/user-admin'")
}

func TestTheChosenAccountIsRemovedWhereNoneIsMarked(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann", "Bob"))
	d.press("j", "down", "d", "y")
	d.shows("Removed 1 of 1 account")
	d.has("Bob")
}

func TestAllWhoJoinedSinceTheCurrentLinkAreMarked(t *testing.T) {
	old, now := live("old", "Early"), live("default", "Zoe", "Yan")
	old.CreatedAt, now.CreatedAt, old.Deleted = noon.AddDate(0, 0, -6), noon.AddDate(0, 0, -1), true
	d := start(t, 100, 24, old, now)
	d.press("j", "a")
	d.shows("Marked 2 accounts: d removes.", "* Yan", "* Zoe", "2 marked")
	d.hides("*    Early")
	d.press("a")
	d.shows("No longer marked.")
	d.press("esc", "l", "end", "enter", "a") // all who joined by a link that is gone
	d.shows("* Early", "1 marked")
}

func TestNobodyRemovesTheirOwnAccount(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann", "Bob"))
	d.m.session.User.ID = d.m.session.People().Joined[0].ID
	d.press("j", "space")
	d.shows("Bob can't be marked: it is your own account.")
	d.press("d")
	d.shows("Bob can't be removed: it is your own account.")
	d.press("a")
	d.shows("Marked 1 account: d removes. Bob was left out: it is your own account.")
}

func TestARemovalThatFailsIsToldAndGoesOn(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann", "Bob", "Cem", "Dan", "Eve", "Fay"))
	d.press("j", "a", "d")
	deletes := 0
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodDelete {
			if deletes++; deletes > 2 {
				return answer(403, "application/json", `{"message":"no"}`)(r)
			}
		}
		return nil, nil
	})
	d.press("y")
	d.shows("Removed 2 of 6 accounts", "○ not removed", "d remove the rest", "The account was not removed")
	if n := len(d.emails()); n != 4 || strings.Count(d.screen(), "● removed") != 2 {
		t.Errorf("%d accounts are left:\n%s", n, d.screen())
	}
	d.net.set(nil)
	d.press("d")
	d.shows("Removed 6 of 6 accounts")
	d.hides("d remove the rest", "not removed")
	d.has()
}

func TestAnAccountThatSomebodyElseRemovedIsToldAsGone(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann"))
	d.press("j", "d")
	if err := d.rival().RemoveAccount(context.Background(), d.m.session.People().Joined[0].Account); err != nil {
		t.Fatal(err)
	}
	d.press("y")
	d.shows("Removed 1 of 1 account", "Somebody else removed the account first.")
}

func TestRotatingFirst(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann"))
	d.press("j", "d", "tab")
	d.shows("Rotate the invite link?")
	d.press("y")
	d.shows("Rotated: ")
	d.press("d")
	d.shows("Remove 1 account?")
	d.has("Ann")
}

func TestRemovingOnProductionWantsTheName(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann"))
	onProduction(d)
	d.press("j", "d", "y", "enter")
	d.shows("This is production: type acme to remove 1 account.", "That is not acme, so nothing was done")
	d.has("Ann")
	d.press("backspace")
	d.write("acme")
	d.press("enter")
	d.shows("Removed 1 of 1 account")
	d.has()
}

func TestReadOnlyRemovesNothing(t *testing.T) {
	d := start(t, 100, 24, []demo.Link{live("default", "Ann")}...)
	d.m.session.Instance.Profile, d.m.session.Instance.ReadOnly = "acme", true
	d.press("j", "d")
	d.shows(`The profile "acme" is read-only`)
	d.has("Ann")
}

func TestARemovalOfWhichNobodyKnowsIsToldAsSuch(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann"))
	d.press("j", "d")
	sent := false
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodDelete {
			sent = true
		}
		if sent {
			return nil, errRefused
		}
		return nil, nil
	})
	d.press("y")
	d.shows("Removed 0 of 1 account", "○ not known Ann", "It is not known whether the account was removed", "d remove the rest")
}

func TestStrangersEMailsAreMaskedInQuestionsToo(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann"))
	d.press("j", "m")
	for _, keys := range [][]string{{"d"}, {"n", "e"}, {"home", "enter"}, {"n", "d", "y"}} {
		d.press(keys...)
		d.shows("•••@•••")
		d.hides("@example.com")
	}
	d.shows("Removed 1 of 1 account")
}
