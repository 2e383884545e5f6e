//go:build unix

package e2e

import (
	"fmt"
	"net/http"
	"syscall"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

// TestALimitOnTheScreen lets more people join at once than the limit: the link ends, and the screen says how many slipped in.
func TestALimitOnTheScreen(t *testing.T) {
	i := unleash(t)
	for _, then := range []struct {
		name, says string
		keys       []string
		live       int
	}{
		{name: "delete", says: "the link was deleted"},
		{name: "rotate", says: "the link was replaced", keys: []string{"tab", "tab", "right"}, live: 1},
	} {
		t.Run(then.name, func(t *testing.T) {
			disableAll(t, i)
			made := makeLink(t, i, time.Now().AddDate(0, 0, 5))
			join := func(name string) {
				t.Helper()
				email := fmt.Sprintf("%s.%s@example.com", name, then.name)
				if status, err := i.SignUp(t.Context(), made.Secret, name, email); err != nil || status != http.StatusCreated {
					t.Fatalf("%s: %d, %v", name, status, err)
				}
			}
			term := open(t, i, i.AdminToken, terminal.Options{Width: 110, Height: 30, Timeout: 20 * time.Second})
			term.WaitFor("● Active")
			term.Type("w", "2")
			term.Type(append(then.keys, "enter")...)
			term.WaitFor("after 2 joins (0 so far)")
			join("ann")
			term.WaitFor("after 2 joins (1 so far)")
			if validate(t, i, made.Secret) != http.StatusOK {
				t.Fatal("the link ended before its limit")
			}
			term.Signal(syscall.SIGSTOP) // all of them join between two looks
			join("bob")
			join("carol")
			join("dan")
			term.Signal(syscall.SIGCONT)
			term.WaitFor("4 joined, 2 more than the limit of 2: " + then.says)
			if status := validate(t, i, made.Secret); status != http.StatusBadRequest {
				t.Errorf("the link is answered with %d", status)
			}
			if n := len(liveOn(t, i)); n != then.live {
				t.Errorf("%d links are live, want %d", n, then.live)
			}
		})
	}
}
