package e2e

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
)

// TestFirstStart is someone with nothing but the program and an Admin's token:
// from the first start to the copied link, and the second start without any configuration.
func TestFirstStart(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	home := t.TempDir()
	began := time.Now()
	first := startAnew(t, home)
	keys := 0
	press := func(names ...string) {
		keys += len(names)
		first.Type(names...)
	}
	first.WaitFor("Connect to your Unleash")
	paste(first, i.URL)
	press("enter")
	first.WaitFor("● Unleash answers at " + i.URL)
	paste(first, i.AdminToken+"\n")
	press("enter")
	first.WaitFor("You are admin, an Admin of Unleash " + i.Version())
	press("enter")              // without a keyring nothing is remembered unasked
	first.WaitFor("n new link") // whatever was there before
	press("n", "enter")
	first.WaitFor("● Active")
	press("c")
	first.WaitFor("Sent to your terminal's clipboard.")
	took := time.Since(began)
	t.Logf("from the first start to the copied link: two pastes, %d keys, %s", keys, took.Round(10*time.Millisecond))
	osc52 := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(liveToken(t, i).URL)) + "\x07"
	if !bytes.Contains(first.Output(), []byte(osc52)) {
		t.Error("the clipboard was not sent the link")
	}
	if keys > 6 || took > time.Minute {
		t.Errorf("it took %d keys and %s", keys, took)
	}
	if bytes.Contains(first.Output(), []byte(i.AdminToken)) {
		t.Error("the token was written to the terminal")
	}
}

// TestConnectingIsRemembered makes a profile whose token is in its file, and starts with it.
func TestConnectingIsRemembered(t *testing.T) {
	i := unleash(t)
	home := t.TempDir()
	first := startAnew(t, home)
	paste(first, i.URL)
	first.Type("enter")
	first.WaitFor("● Unleash answers at " + i.URL)
	paste(first, i.AdminToken)
	first.Type("enter")
	first.WaitFor("[nowhere]")
	first.Type("right", "right", "right", "tab", "ctrl+u", "acme", "enter")
	first.WaitFor("Remembered as acme")
	first.Type("q")
	first.Wait()

	second := startAnew(t, home)
	second.WaitFor("acme · " + hostOf(t, i))
	second.Type("p")
	second.WaitFor("the default profile")
	second.Type("q")
	if code := second.Wait(); code != 0 {
		t.Errorf("the exit code is %d", code)
	}
}

// TestConnectingTellsWhatIsWrong goes through mistakes on the real server: a page's
// address, somebody else's token, a token that is none.
func TestConnectingTellsWhatIsWrong(t *testing.T) {
	i := unleash(t)
	viewer, err := i.ViewerToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	term := startAnew(t, t.TempDir())
	paste(term, i.URL+"/projects")
	term.Type("enter")
	term.WaitFor("● Unleash answers at " + i.URL + " (the rest of what you typed is left out)")
	paste(term, "user:wrong")
	term.Type("enter")
	term.WaitFor("! ")
	term.Type("ctrl+u")
	paste(term, viewer)
	term.Type("enter")
	term.WaitFor("is not an Admin")
	term.Type("ctrl+u")
	paste(term, i.AdminToken)
	term.Type("enter")
	term.WaitFor("You are admin")
}

// startAnew starts the program without any configuration but what is in home.
func startAnew(t *testing.T, home string) *terminal.Terminal {
	t.Helper()
	term := terminal.Start(t, terminal.Options{Width: 110, Height: 30, Timeout: 30 * time.Second, Env: []string{
		"HOME=" + home, "XDG_CONFIG_HOME=" + home, "TZ=UTC", "SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22",
	}}, terminal.Build(t, "unleash-invite"))
	term.WaitFor("unleash-invite") // what is typed before means something else
	return term
}

func paste(term *terminal.Terminal, text string) { term.Type("\x1b[200~" + text + "\x1b[201~") }

func hostOf(t *testing.T, i *instance.Instance) string {
	t.Helper()
	u, err := url.Parse(i.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u.Host
}

// liveToken is the one token that is enabled.
func liveToken(t *testing.T, i *instance.Instance) token {
	t.Helper()
	var live []token
	for _, each := range tokens(t, i) {
		if each.Enabled {
			live = append(live, each)
		}
	}
	if len(live) != 1 {
		t.Fatalf("%d tokens are enabled: %+v", len(live), live)
	}
	return live[0]
}
