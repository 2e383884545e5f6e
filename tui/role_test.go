package tui

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func (d *driver) roleOf(name string) string {
	d.t.Helper()
	accounts, err := d.api.Accounts(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, a := range accounts.All {
		if a.Name == name {
			return a.Role.Name
		}
	}
	return ""
}

func TestAnAccountGetsAnotherRole(t *testing.T) {
	d := start(t, 120, 24, live("default", "Ann"))
	d.press("j", "e")
	d.shows("Which role? Ann · person3@example.com · Viewer", "Admin Editor › Viewer")
	d.press("enter")
	d.shows("That is already its role.")
	d.press("up", "enter")
	d.shows("Ann now has the role Editor.", "Editor 22 Nov", "Joined 1 account")
	if got := d.roleOf("Ann"); got != "Editor" {
		t.Errorf("the role is %s", got)
	}
	d.press("esc", "x")
	d.shows("-X PUT", "rootRole")
}

func TestAdminIsGivenAfterAQuestion(t *testing.T) {
	d := start(t, 120, 24, live("default", "Ann"))
	d.press("j", "e", "home", "enter")
	d.shows("Make this account an Admin?", "An Admin can do everything on flags.acme.io")
	d.press("n")
	d.shows("The role was not changed.")
	if got := d.roleOf("Ann"); got != "Viewer" {
		t.Errorf("the role is %s after no", got)
	}
	d.press("e", "home", "enter", "y")
	d.shows("Ann now has the role Admin.")
	if got := d.roleOf("Ann"); got != "Admin" {
		t.Errorf("the role is %s", got)
	}
}

func TestAdminOnProductionWantsTheName(t *testing.T) {
	d := start(t, 120, 24, live("default", "Ann"))
	onProduction(d)
	d.press("j", "e", "home", "enter")
	d.shows("type acme to make this account an Admin")
	d.write("acme")
	d.press("enter")
	d.shows("Ann now has the role Admin.")
}

func TestNobodyChangesTheirOwnRole(t *testing.T) {
	d := start(t, 120, 24, live("default", "Ann"))
	d.m.session.User.ID = d.m.session.People().Joined[0].ID
	d.press("j", "e")
	d.shows("Ann can't be given another role: it is your own account.")
}

func TestARoleThatSomebodyElseChangedIsNotOverwritten(t *testing.T) {
	d := start(t, 120, 24, live("default", "Ann"))
	d.press("j", "e", "up")
	shown := d.m.session.People().Joined[0].Account
	if err := d.api.ChangeRole(context.Background(), shown, d.m.session.Roles()[0]); err != nil {
		t.Fatal(err)
	}
	d.press("enter")
	d.shows("somebody has changed its role in the meantime", "Admin 22 Nov")
	if got := d.roleOf("Ann"); got != "Admin" {
		t.Errorf("the role is %s", got)
	}
}

func TestARoleChangeCutAtEachRequestSaysWhatTheServerHas(t *testing.T) {
	requests := 0
	for k := -1; k < requests; k++ { // first without a fault
		for _, served := range []bool{false, true} {
			for _, forGood := range []bool{false, true} {
				t.Run(fmt.Sprint(k, " served ", served, " for good ", forGood), func(t *testing.T) {
					d := start(t, 120, 24, live("default", "Ann"))
					d.press("j", "e", "up")
					d.later()
					sent := d.cut(k, served, forGood)
					d.press("enter")
					if n := sent(); k < 0 {
						requests = n
					}
					d.net.set(nil)
					role, said := d.roleOf("Ann"), strings.Join(strings.Fields(d.screen()), " ")
					given := strings.Contains(said, "now has the role Editor") || strings.Contains(said, "The account was given another role")
					refused, unknown := strings.Contains(said, "was not given another role"), strings.Contains(said, "not known whether")
					if !given && !refused && !unknown || given && role != "Editor" || refused && role != "Viewer" {
						t.Errorf("the role is %s:\n%s", role, d.screen())
					}
					d.press("ctrl+r")
					d.shows(role + " 22 Nov") // what the server has, whatever was said
				})
			}
		}
	}
	if requests < 4 {
		t.Errorf("%d requests", requests)
	}
}

func TestARoleThatTheIdentityProviderManagesStays(t *testing.T) {
	d := start(t, 120, 24, live("default", "Ann"))
	d.press("j", "e", "up")
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPut {
			return answer(403, "application/json", `{"id":"1","name":"ForbiddenError","message":"This user is managed by your SCIM provider"}`)(r)
		}
		return nil, nil
	})
	d.press("enter")
	d.shows("The account was not given another role: 403 Forbidden", "Your identity provider manages it: change it there.", "Viewer 22 Nov")
}

func TestTheRoleOfAnAccountThatIsGoneIsNotChanged(t *testing.T) {
	d := start(t, 120, 24, live("default", "Ann"))
	d.press("j", "e", "up")
	if err := d.rival().RemoveAccount(context.Background(), d.m.session.People().Joined[0].Account); err != nil {
		t.Fatal(err)
	}
	d.press("enter")
	d.shows("The account was not given another role: somebody removed it.", "nobody")
}
