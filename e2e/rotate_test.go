package e2e

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

func TestRotateInTwoKeys(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	old := makeLink(t, i, time.Now().AddDate(0, 0, 5))
	party := makeNamed(t, i, "party", time.Now().AddDate(0, 0, 9))
	term := open(t, i, i.AdminToken, terminal.Options{Width: 110, Height: 24})
	term.WaitFor("● Active")
	term.Type("r", "2", "enter") // two are live, so their number confirms
	term.WaitFor("Rotated: it works until")
	term.WaitFor("Sent to your terminal's clipboard.")
	var live []token
	for _, each := range tokens(t, i) {
		if validate(t, i, each.Secret) == http.StatusOK {
			live = append(live, each)
		}
	}
	if len(live) != 1 || live[0].Name != "default" || live[0].Secret == old.Secret || live[0].Secret == party {
		t.Fatalf("live are %+v", live)
	}
	term.WaitFor("● Active")
	term.WaitFor(live[0].URL)
	osc52 := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(live[0].URL)) + "\x07"
	if n := bytes.Count(term.Output(), []byte(osc52)); n != 1 {
		t.Errorf("the new link was sent to the clipboard %d times", n)
	}
	term.Type("u") // two would be live, so it asks
	term.WaitFor("Restore the 2 links that were deleted together?")
	term.Type("x", "q")
	term.Wait()
}

func TestQuittingInTheMiddleOfARotationFinishesIt(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	old := makeLink(t, i, time.Now().AddDate(0, 0, 5))
	term := open(t, i, i.AdminToken, terminal.Options{Width: 110, Height: 24})
	term.WaitFor("● Active")
	term.Type("r", "y", "q")
	if code := term.Wait(); code != 0 {
		t.Errorf("the exit code is %d", code)
	}
	if output := string(term.Output()); !strings.Contains(output, "unleash-invite: Rotated: it works until") {
		t.Errorf("the end does not tell what became of it: %q", output[max(0, len(output)-300):])
	}
	if status := validate(t, i, old.Secret); status != http.StatusBadRequest {
		t.Errorf("the old link is answered with %d", status)
	}
	live := 0
	for _, each := range tokens(t, i) {
		if each.Enabled && validate(t, i, each.Secret) == http.StatusOK {
			live++
		}
	}
	if live != 1 {
		t.Errorf("%d links are live", live)
	}
}

func TestReadOnlyWritesNothing(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	made := makeLink(t, i, time.Now().AddDate(0, 0, 5))
	term := open(t, i, i.AdminToken, terminal.Options{Env: []string{"UNLEASH_READ_ONLY=1"}})
	term.WaitFor("read-only")
	term.WaitFor("● Active")
	term.Type("d", "y", "r", "y", "e", "n")
	term.WaitFor("This session is read-only")
	if status := validate(t, i, made.Secret); status != http.StatusOK {
		t.Errorf("the link is answered with %d", status)
	}
}
