package tui

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"unleash-invite/demo"
	"unleash-invite/model"
	"unleash-invite/tui/curl"
	"unleash-invite/tui/draw"
)

// shell runs what was shown against the driver's server, over HTTP.
func shell(t *testing.T, d *driver, script string) string {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("there is no curl")
	}
	server := httptest.NewServer(d.server)
	t.Cleanup(server.Close)
	script = strings.ReplaceAll(script, d.server.URL(), server.URL)
	cmd := exec.CommandContext(t.Context(), "sh", "-c", script)
	cmd.Env = append(os.Environ(), "UNLEASH_TOKEN="+demo.AdminToken, "no_proxy=127.0.0.1")
	cmd.Dir = t.TempDir()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s\n%s", err, out, script)
	}
	if left, _ := os.ReadDir(cmd.Dir); len(left) > 0 {
		t.Errorf("it made %v:\n%s", left, script)
	}
	return string(out)
}

// copied returns what x and then c copy.
func copied(d *driver) string {
	d.press("x", "c", "esc")
	return d.copies[len(d.copies)-1]
}

func TestTheShownCommandsDoWhatTheActionDid(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	before, _ := d.m.session.Current()
	if out := shell(t, d, copied(d)); !strings.Contains(out, before.Secret) || !strings.HasSuffix(out, "200\n") {
		t.Errorf("the look printed %q", out)
	}
	d.press("d", "y")
	deleting := copied(d)
	d.press("u")
	if live := d.links(); !live[before.Secret] {
		t.Fatal("the link was not restored")
	}
	out := shell(t, d, deleting)
	if live := d.links(); live[before.Secret] || !strings.HasSuffix(out, "400\n") {
		t.Errorf("the link still works: %s", out)
	}
}

func TestTheShownRotationIsWhatWasSent(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	old, _ := d.m.session.Current()
	d.press("r", "y")
	made, _ := d.m.session.Current()
	var got []string
	for _, r := range d.m.session.Sent().Requests() {
		got = append(got, r.Method+" "+strings.TrimPrefix(r.URL, d.server.URL()))
	}
	want := []string{
		"PUT /api/admin/invite-link/tokens/" + old.Secret, "GET /invite/" + old.Secret + "/validate", "POST /api/admin/invite-link/tokens",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("sent %q", got)
	}
	d.press("x")
	d.shows("the last action (Rotating the link)")
	d.press("esc")
	if text := copied(d); strings.Contains(text, demo.AdminToken) || !strings.Contains(text, "/invite/"+made.Secret+"/validate") {
		t.Errorf("copied %s", text)
	}
}

// hostile is a name that a careless shell line would run.
const hostile = "it's \"x\" $(touch pwn) `touch pwn` \\ %s !! ; & é山田 '"

func TestAHostileNameStaysWhatItIs(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n", "shift+tab", "backspace", "backspace", "backspace", "backspace", "backspace", "backspace", "backspace")
	d.write(hostile)
	d.press("enter")
	shell(t, d, copied(d))
	d.refreshed()
	if n := len(d.m.session.Links.Tokens); n != 2 {
		t.Fatalf("there are %d links", n)
	}
	for _, each := range d.m.session.Links.Tokens {
		if each.Name != d.m.session.Links.Tokens[0].Name || !strings.Contains(each.Name, "$(touch pwn)") || !each.ExpiresAt.Equal(d.m.session.Links.Tokens[0].ExpiresAt) {
			t.Errorf("made %+v", each)
		}
	}
}

// gatewayed is a way on which everything is out of the ordinary.
var gatewayed = model.Way{
	CAFile: "/etc/acme's/ca.pem", ClientCertificate: "/etc/me.pem", ClientKey: "/etc/me key.pem", ServerName: "flags.acme.io",
	Headers: "CF-Access-Client-Id\n1st_Key",
}

func TestFoldedCommandsAreTheSame(t *testing.T) {
	requests := []model.Request{
		{Method: "PUT", URL: "http://[::1]:4242/it's/" + strings.Repeat("a'b\\", 60), Body: `{"name":"` + hostile + `"}`, Authorized: true},
		{Method: "GET", URL: "https://acme.io/invite/x/validate"},
	}
	for _, r := range requests {
		want := wordsOf(t, curl.Commands([]model.Request{r}, gatewayed))
		for width := 40; width <= 120; width++ {
			rows := curl.Fold(curl.Words(r, gatewayed), width)
			for _, row := range rows {
				if draw.Width(row) > width {
					t.Fatalf("%d columns at %d: %s", draw.Width(row), width, row)
				}
			}
			if width%10 != 0 {
				continue
			}
			if got := wordsOf(t, strings.Join(rows, "\n")); got != want {
				t.Fatalf("at %d it is %q, not %q", width, got, want)
			}
		}
	}
}

// wordsOf returns what a shell makes of a command's words, and of the header that it is piped.
func wordsOf(t *testing.T, command string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "sh", "-c", `curl() { printf '<%s>' "$@"; case " $* " in *' @- '*) cat;; esac; }; UNLEASH_TOKEN=secret; `+command).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s\n%s", err, out, command)
	}
	return string(out)
}

func TestSelectedRowsArePasted(t *testing.T) {
	d := start(t, 60, 40, live("default"))
	d.press("d", "y")
	deleting := copied(d)
	d.press("u", "d", "y", "x")
	var rows []string
	for row := range strings.SplitSeq(ansi.Strip(d.m.View().Content), "\n") {
		rows = append(rows, strings.TrimRight(row, " "))
	}
	screen := strings.Join(rows, "\n")
	from := strings.Index(screen, "\nprintf")
	selected, _, _ := strings.Cut(screen[from+1:], "\n\n")
	if got, want := wordsOf(t, selected), wordsOf(t, deleting); got != want {
		t.Errorf("selected %q, not %q:\n%s", got, want, screen)
	}
}

// Every call about accounts is shown, from the screens about accounts, too, and does what the program did.
func TestTheShownCommandsAboutAccountsWork(t *testing.T) {
	d := start(t, 100, 40, live("default", "Ann", "Bob", "Cem"))
	d.press("j", "x")
	d.shows("As curl: the check of the accounts and the current link")
	d.press("esc")
	if out := shell(t, d, copied(d)); !strings.Contains(out, `"rootRoles"`) || !strings.Contains(out, "person3@example.com") {
		t.Errorf("the look printed %s", out)
	}
	d.press("e", "up", "enter") // the newest is an Editor
	editing := copied(d)
	d.press("e", "down", "enter")
	if shell(t, d, editing); d.roleOf("Cem") != "Editor" {
		t.Errorf("the role is %s:\n%s", d.roleOf("Cem"), editing)
	}
	d.press("ctrl+r", "d", "y")
	d.shows("Removed 1 of 1 account")
	removing := strings.ReplaceAll(copied(d), "/user-admin/5'", "/user-admin/4'") // as if it had been Bob
	if out := shell(t, d, removing); !strings.Contains(out, "person3@example.com") || strings.Contains(out, "person4@example.com") {
		t.Errorf("the look after it printed %s", out)
	}
	d.has("Ann")
}

func TestTheShownCommandsSwitchMaintenanceModeOff(t *testing.T) {
	d := start(t, 100, 40, live("default", "Ann"))
	if _, err := d.api.SetMaintenance(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	d.press("d", "y", "o", "y")
	off := copied(d)
	if _, err := d.api.SetMaintenance(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	shell(t, d, off)
	if server, err := d.api.Server(t.Context()); err != nil || server.Maintenance {
		t.Errorf("it is on still: %v\n%s", err, off)
	}
}
