//go:build unix

package clipboard

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
)

// party is a demo server with a link, by which people can join.
type party struct {
	url string
}

func newParty(t *testing.T) party {
	t.Helper()
	server := demo.New(demo.Options{Links: demo.Sample(time.Now())})
	t.Cleanup(server.Close)
	web := httptest.NewServer(server)
	t.Cleanup(web.Close)
	return party{url: web.URL}
}

func (p party) environment() []string {
	return []string{"UNLEASH_URL=" + p.url, "UNLEASH_TOKEN=" + demo.AdminToken}
}

// join signs somebody up by the link on the screen, and has the program look.
func (p party) join(t *testing.T, term *terminal.Terminal) {
	t.Helper()
	_, secret, _ := strings.Cut(link(t, term), "invite=")
	body := strings.NewReader(`{"name":"Zoë","email":"zoe@example.com","password":"Correct-Horse-7-Battery"}`)
	answer, err := http.Post(p.url+"/invite/"+secret+"/signup", "application/json", body)
	if err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatalf("%v, %v", answer, err)
	}
	_ = answer.Body.Close()
	term.Type("ctrl+r")
	term.WaitFor("Zoë")
}

var (
	notified = regexp.MustCompile(`\x1b\](?:9;unleash-invite: |777;notify;unleash-invite;)Zoë joined [^\x07\x1b]*\x07`)
	anyOSC   = regexp.MustCompile(`\x1b\][^\x07\x1b]*(\x07|\x1b\\)`)
)

// alerted waits for the bell, which GNU screen shows by flashing, and says how many notifications the terminal was sent.
func alerted(t *testing.T, term *terminal.Terminal) (notifications int) {
	t.Helper()
	for range 500 {
		out := term.Output()
		if bytes.ContainsRune(anyOSC.ReplaceAll(out, nil), '\a') || bytes.Contains(out, []byte("\x1b[?5h")) {
			time.Sleep(100 * time.Millisecond) // a notification would come with it
			return len(notified.FindAll(term.Output(), -1))
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("the terminal did not ring:\n%q", term.Output())
	return 0
}

func TestNotificationsInTmux(t *testing.T) {
	for conf, want := range map[string]int{"set -g allow-passthrough on": 2, "set -g allow-passthrough off": 0} {
		t.Run(conf, func(t *testing.T) {
			p := newParty(t)
			term := startIn(t, newTmux(t, conf).session(program(t), "--notify"), p.environment()...)
			p.join(t, term)
			if got := alerted(t, term); got != want {
				t.Errorf("%d notifications in %q", got, term.Output())
			}
		})
	}
}

func TestNotificationsInScreen(t *testing.T) {
	p := newParty(t)
	term := startInScreen(t, []string{program(t), "--notify"}, p.environment()...)
	p.join(t, term)
	if got := alerted(t, term); got != 2 {
		t.Errorf("%d notifications in %q", got, term.Output())
	}
}

func TestNotificationsAreForWhoWantsThem(t *testing.T) {
	for text, want := range map[string]int{"notify = true\n": 1, "": 0} {
		p := newParty(t)
		home := t.TempDir()
		file := filepath.Join(home, "unleash-invite", "profiles.toml")
		if err := os.Mkdir(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		env := append(p.environment(), "XDG_CONFIG_HOME="+home, "TERM=foot")
		term := terminal.Start(t, terminal.Options{Width: 100, Env: env, Timeout: 20 * time.Second}, program(t))
		term.WaitFor("● Active")
		p.join(t, term)
		got := 0
		if want > 0 {
			got = alerted(t, term)
		}
		if got != want || want == 0 && notified.Match(term.Output()) {
			t.Errorf("%q: %d notifications", text, got)
		}
	}
}
