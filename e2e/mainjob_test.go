package e2e

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
)

// TestMainJob is a day of an admin, on an instance that has never had a link.
func TestMainJob(t *testing.T) {
	onEveryServer(t, mainJob)
}

func mainJob(t *testing.T, i *instance.Instance) {
	awayFromMidnight()
	term := open(t, i, i.AdminToken, terminal.Options{Width: 100, Height: 24})
	term.WaitFor("○ None")
	term.WaitFor("n creates one")
	term.WaitFor("Unleash " + i.Version() + " · admin")

	secret := create(t, i, term)
	copyLink(t, i, term)
	signUp(t, i, term, secret)
	whoJoined(t, term)
	edit(t, i, term, secret)
	deleteLink(t, i, term, secret)

	term.Type("q")
	if code := term.Wait(); code != 0 {
		t.Errorf("the exit code is %d", code)
	}
}

func create(t *testing.T, i *instance.Instance, term *terminal.Terminal) (secret string) {
	t.Helper()
	before := time.Now()
	term.Type("n", "enter")
	term.WaitFor("● Active")
	made := onlyToken(t, i)
	want := midnightAfter(before.AddDate(0, 0, 7))
	if made.Name != "default" || !made.Enabled || !made.ExpiresAt.Equal(want) {
		t.Errorf("made %+v, want one named default until %s", made, want)
	}
	if status := validate(t, i, made.Secret); status != http.StatusOK {
		t.Errorf("the new link is answered with %d", status)
	}
	term.WaitFor(made.URL)
	term.WaitFor("Stops working   " + want.Format("Mon 2 Jan 2006 15:04") + " UTC")
	return made.Secret
}

func copyLink(t *testing.T, i *instance.Instance, term *terminal.Terminal) {
	t.Helper()
	term.Type("c")
	term.WaitFor("Sent to your terminal's clipboard.")
	osc52 := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(onlyToken(t, i).URL)) + "\x07"
	if n := bytes.Count(term.Output(), []byte(osc52)); n != 1 {
		t.Errorf("the link was sent to the clipboard %d times", n)
	}
}

func signUp(t *testing.T, i *instance.Instance, term *terminal.Terminal, secret string) {
	t.Helper()
	term.WaitFor("Joined          0")
	if status, err := i.SignUp(t.Context(), secret, "Ann Smith", "ann.smith@example.com"); err != nil || status != http.StatusCreated {
		t.Fatalf("signing up answered %d, %v", status, err)
	}
	term.Type("ctrl+r")
	term.WaitFor("Joined          1")
	term.WaitFor("Ann Smith")
}

// whoJoined looks at the accounts, which every version lists.
func whoJoined(t *testing.T, term *terminal.Terminal) {
	t.Helper()
	term.Type("j")
	term.WaitFor("›new  Ann Smith")
	term.WaitFor("ann.smith@example.com")
	term.WaitFor("seen never")
	term.Type("esc")
	term.WaitFor("● Active")
}

func edit(t *testing.T, i *instance.Instance, term *terminal.Terminal, secret string) {
	t.Helper()
	before := time.Now()
	term.Type("e", "enter")
	term.WaitFor("Changed: it works until")
	changed := onlyToken(t, i)
	if want := midnightAfter(before.Add(48 * time.Hour)); !changed.ExpiresAt.Equal(want) || changed.Secret != secret {
		t.Errorf("changed to %+v, want until %s", changed, want)
	}
	term.WaitFor("Ann Smith") // the server's answer to the change has none
	term.Type("e")
	term.WaitFor("[48 hours]")
	term.Type("3d", "enter")
	want := midnightAfter(before.AddDate(0, 0, 3))
	term.WaitFor("Changed: it works until " + want.Format("Mon 2 Jan 2006 15:04") + " UTC")
	if changed := onlyToken(t, i); !changed.ExpiresAt.Equal(want) {
		t.Errorf("changed to %s, want %s", changed.ExpiresAt, want)
	}
}

func deleteLink(t *testing.T, i *instance.Instance, term *terminal.Terminal, secret string) {
	t.Helper()
	term.Type("d", "x")
	term.WaitFor("Nothing was deleted.")
	if status := validate(t, i, secret); status != http.StatusOK {
		t.Errorf("the link was to be kept, but is answered with %d", status)
	}
	term.Type("d", "y")
	term.WaitFor("○ Deleted")
	if status := validate(t, i, secret); status != http.StatusBadRequest {
		t.Errorf("the deleted link is answered with %d", status)
	}
	if status, err := i.SignUp(t.Context(), secret, "Late", "late@example.com"); err != nil || status != http.StatusBadRequest {
		t.Errorf("signing up by the deleted link is answered with %d, %v", status, err)
	}
	if onlyToken(t, i).Enabled {
		t.Error("the token is still enabled")
	}
}
