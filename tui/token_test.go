package tui

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"unleash-invite/demo"
	"unleash-invite/tui/session"
)

const freshToken = "user:fresh-0123456789abcdef"

// expire has the server refuse the token from now on, and take the fresh one.
func (d *driver) expire() {
	d.net.set(func(r *http.Request) (*http.Response, error) {
		switch r.Header.Get("Authorization") {
		case freshToken:
			r.Header.Set("Authorization", demo.AdminToken)
		case demo.AdminToken:
			return answer(401, "application/json", `{"id":"1","name":"UnauthorizedError","message":"You must log in to use Unleash."}`)(r)
		}
		return nil, nil
	})
	d.refreshed()
}

// expired is the program on a profile whose token has just expired.
func expired(t *testing.T, p session.Profile) *driver {
	t.Helper()
	d := start(t, 80, 24, live("default", "Ann"))
	if p.Name != "" {
		d.instances.addProfile(p)
	}
	on := &d.m.session.Instance
	on.Profile, on.Production, on.ReadOnly = p.Name, p.Production, p.ReadOnly
	d.expire()
	return d
}

func TestANewTokenLeavesProfileAddressAndMarksAsTheyAre(t *testing.T) {
	d := expired(t, session.Profile{Name: "acme", TokenFrom: "the system keyring", KeepsToken: true, Production: true, ReadOnly: true})
	address := d.m.session.Instance.Address
	d.shows("401", "t takes a new one", "t new token")
	d.press("t")
	d.shows("The server refuses the token: give a new one", "Profile acme", "Address "+address, "PRODUCTION",
		address+"/profile/personal-api-tokens")
	d.paste("Authorization: Bearer " + freshToken + "\n")
	d.hides(freshToken)
	d.shows("it replaces the old one in the system keyring")
	d.press("enter")
	d.shows("● Active", "PRODUCTION", "acme · ", "read-only",
		"The new token works and has replaced the old one in the system keyring.")
	d.hides("401", "t new token")
	if on := d.m.session.Instance; !on.Production || !on.ReadOnly || on.Profile != "acme" || on.Address != address {
		t.Errorf("%+v", on)
	}
	if got := d.instances.tokens["acme"]; got != freshToken || len(d.instances.remembered) > 0 {
		t.Errorf("kept %q, remembered %+v", got, d.instances.remembered)
	}
	d.refreshed()
	d.shows("● Active")
}

func TestWhereATokenCantBeReplacedItIsSaid(t *testing.T) {
	for says, p := range map[string]session.Profile{
		"The profile acme gets its token from the command pass: put the new one there.": {Name: "acme", TokenFrom: "the command pass"},
		"Put it where the old one came from for the next start.":                        {},
	} {
		d := expired(t, p)
		before := d.instances.tokens["acme"]
		d.press("t")
		d.paste(freshToken)
		d.shows("it is used until you quit")
		d.press("enter")
		d.shows("● Active", "The new token works until you quit.", says)
		if d.instances.tokens["acme"] != before {
			t.Error("it was kept")
		}
	}
}

func TestATokenThatCantBeKeptIsUsedAllTheSame(t *testing.T) {
	d := expired(t, session.Profile{Name: "acme", TokenFrom: "the system keyring", KeepsToken: true})
	d.instances.rememberErr = errors.New("the system keyring refused: locked")
	d.press("t")
	d.paste(freshToken)
	d.press("enter")
	d.shows("● Active", "The new token works until you quit. It was not saved: The system keyring refused: locked.")
}

func TestATokenThatIsRefusedTooLeavesTheFormOpen(t *testing.T) {
	for typed, says := range map[string]string{
		demo.ViewerToken: "not an Admin", "user:other": "401", "op://vault/token": "1Password reference", "": "the token is missing",
	} {
		d := expired(t, session.Profile{})
		d.press("t")
		d.paste(typed)
		d.press("enter")
		if !strings.Contains(strings.ToLower(strings.Join(strings.Fields(d.screen()), " ")), strings.ToLower(says)) {
			t.Errorf("%q: nothing says %q:\n%s", typed, says, d.screen())
		}
		d.shows("›Token")
		d.press("esc")
		d.shows("t new token")
	}
}

func TestATokenThatIsTakenNeedsNoNewOne(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("t")
	d.shows("The server accepts your token: t is for a new one when it no longer does.")
	d.net.set(answer(401, "text/html", "<html>sign in</html>")) // a gateway's, which no token helps with
	d.refreshed()
	d.hides("t new token")
}

func TestThePageThatMakesTokensIsOpened(t *testing.T) {
	for name, test := range map[string]struct {
		environ []string
		fails   error
		says    string
	}{
		"desktop":           {[]string{"DISPLAY=:0"}, nil, "Opening "},
		"without a display": {nil, nil, "There is no browser here: open "},
		"over SSH":          {[]string{"DISPLAY=:0", "SSH_CONNECTION=a 1 b 2"}, nil, "There is no browser here: open "},
		"no such program":   {[]string{"WAYLAND_DISPLAY=w"}, errors.New("no"), "Your browser could not be started: open "},
	} {
		for _, screen := range []string{"t", "connect"} {
			d := expired(t, session.Profile{})
			address := d.m.session.Instance.Address
			if screen == "connect" {
				firstStart("flags.acme.io", "enter")(d)
				address = "https://flags.acme.io"
			} else {
				d.press("t")
			}
			var opened []string
			d.m.browser.Environ = test.environ
			d.m.browser.Run = func(_ string, args ...string) error {
				opened = append(opened, args[len(args)-1])
				return test.fails
			}
			page := address + "/profile/personal-api-tokens"
			d.shows("o open the page")
			d.press("o")
			d.shows(test.says + page)
			if want := !strings.Contains(test.says, "no browser"); (len(opened) == 1 && opened[0] == page) != want {
				t.Errorf("%s: opened %q", name, opened)
			}
			d.press("x", "o") // is text once something was typed
			if d.shows("••"); len(opened) > 1 {
				t.Errorf("%s: %q", name, opened)
			}
		}
	}
}
