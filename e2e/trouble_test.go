package e2e

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

func TestWrongToken(t *testing.T) {
	term := open(t, unleash(t), "user:0123456789abcdef", terminal.Options{})
	term.WaitFor("401")
	term.WaitFor("Check the token")
	term.WaitFor("ctrl+r try again")
	if bytes.Contains(term.Output(), []byte("0123456789abcdef")) {
		t.Error("the credential is on the screen")
	}
}

func TestNonAdminsToken(t *testing.T) {
	i := unleash(t)
	viewer, err := i.ViewerToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	term := open(t, i, viewer, terminal.Options{})
	term.WaitFor("403")
	term.WaitFor("isn't an Admin")
	term.WaitFor("ctrl+r try again")
}

func TestAdminAPIToken(t *testing.T) {
	i := unleash(t)
	term := open(t, i, i.APIToken, terminal.Options{})
	term.WaitFor("Unleash 8.2.0 · admin")
	if bytes.Contains(term.Output(), []byte(i.APIToken)) {
		t.Error("the credential is on the screen")
	}
}

func TestServerStoppedAndBack(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	made := makeLink(t, i, time.Now().AddDate(0, 0, 5))
	term := open(t, i, i.AdminToken, terminal.Options{Height: 30, Timeout: 30 * time.Second})
	term.WaitFor("● Active")
	if err := i.StopServer(); err != nil {
		t.Fatal(err)
	}
	term.Type("ctrl+r")
	term.WaitFor("? Unknown   it was Active")
	term.WaitFor("Showing what it said at")
	term.WaitFor(made.URL)
	term.Type("d", "y") // a write can't be done, and says so
	term.WaitFor("was not deleted")
	if err := i.StartServer(t.Context()); err != nil {
		t.Fatal(err)
	}
	term.WaitFor("● Active") // by itself
	if status := validate(t, i, made.Secret); status != http.StatusOK {
		t.Errorf("the link is answered with %d", status)
	}
}

func TestServerStoppedAtTheStart(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	if err := i.StopServer(); err != nil {
		t.Fatal(err)
	}
	term := open(t, i, i.AdminToken, terminal.Options{Timeout: 30 * time.Second})
	term.WaitFor("? Unknown")
	term.WaitFor("refused")
	if err := i.StartServer(t.Context()); err != nil {
		t.Fatal(err)
	}
	term.Type("ctrl+r")
	term.WaitForAbsent("? Unknown")
}
