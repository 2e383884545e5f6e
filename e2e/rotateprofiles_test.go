package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
)

// liveOn are the tokens that a person can join with.
func liveOn(t *testing.T, i *instance.Instance) []token {
	t.Helper()
	var live []token
	for _, each := range tokens(t, i) {
		if validate(t, i, each.Secret) == http.StatusOK {
			live = append(live, each)
		}
	}
	return live
}

// TestMarkedProfilesAreRotated marks two of three servers of different versions beside a dead host and a wrong token, and
// rotates them after one question.
func TestMarkedProfilesAreRotated(t *testing.T) {
	awayFromMidnight()
	newest := unleash(t)
	disableAll(t, newest)
	older, oldest := ownUnleash(t, instance.Options{Version: "6.10.1"}), ownUnleash(t, instance.Options{Version: "4.19.5"})
	for _, i := range []*instance.Instance{newest, older, oldest} {
		makeLink(t, i, time.Now().AddDate(0, 0, 5))
	}
	makeNamed(t, oldest, "party", time.Now().AddDate(0, 0, 9))
	untouched := liveOn(t, older)[0].Secret
	own := func(i *instance.Instance) string { return fmt.Sprintf("token = %q", i.AdminToken) }
	text := profile("newest", newest, own(newest)) + profile("older", older, own(older)) + profile("oldest", oldest, own(oldest)) +
		profile("wrong", older, `token = "user:0123456789abcdef"`) +
		"[[profile]]\nname = \"dead\"\nurl = \"http://127.0.0.1:1\"\ntoken = \"user:dead\"\n"
	term := profiled(t, text, 0o600, nil, "--profile", "newest")
	term.WaitFor("● Active")
	term.Type("p")
	for _, row := range []string{"newest ● Active", "older  ● Active", "oldest ● Active", "wrong  ? Unknown", "dead   ? Unknown"} {
		term.WaitFor(row)
	}
	term.Type("space", "down", "space", "space")
	term.WaitFor("wrong can't be marked for a rotation")
	term.WaitFor("2 marked")
	term.Type("r")
	term.WaitFor("Rotate 3 links on 2 profiles")
	term.WaitFor("Type 3 to rotate all of them.")
	before := map[*instance.Instance][]token{newest: liveOn(t, newest), oldest: liveOn(t, oldest)}
	term.Type("3", "enter")
	term.WaitFor("Rotated 2 of 2 profiles")
	for i, old := range before {
		now := liveOn(t, i)
		if len(now) != 1 || now[0].Name != "default" {
			t.Fatalf("%s has the live links %+v", i.Version(), now)
		}
		for _, each := range old {
			if each.Secret == now[0].Secret {
				t.Errorf("%s kept its link", i.Version())
			}
		}
	}
	if now := liveOn(t, older); len(now) != 1 || now[0].Secret != untouched {
		t.Errorf("the one that was not marked has the live links %+v", now)
	}
	// Of the chosen one the link is shown whole.
	shown := strings.ReplaceAll(term.Screen(), "\n", "")
	if !strings.Contains(shown, liveOn(t, newest)[0].Secret) {
		t.Errorf("the new link is not shown:\n%s", term.Screen())
	}
	term.Type("esc", "esc")
	term.WaitFor(liveOn(t, newest)[0].Secret)
	wantHidden(t, term, newest.AdminToken)
	term.Type("q")
	term.Wait()
}
