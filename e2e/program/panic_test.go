package program

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
	"unleash-invite/exit"
	"unleash-invite/tui"
	"unleash-invite/tui/session"
)

// panicIn says where this test binary is to panic as the program, instead of testing.
const panicIn = "UNLEASH_INVITE_PANIC"

// panicOnce names the file that has to be there first, unless it is to panic at once.
const panicOnce = "UNLEASH_INVITE_PANIC_ONCE"

func init() {
	if where := os.Getenv(panicIn); where != "" {
		os.Exit(showAndPanic(where))
	}
}

// panicker panics in the clock or on a request, at once or when a file is there.
type panicker struct {
	where string
	once  string
	next  http.RoundTripper
}

func (p *panicker) armed() bool {
	if p.once == "" {
		return true
	}
	_, err := os.Stat(p.once)
	return err == nil
}

func (p *panicker) RoundTrip(r *http.Request) (*http.Response, error) {
	if p.armed() && strings.Contains(r.Method+" "+r.URL.Path+" ", p.where) {
		panic("boom\x1b[2J\nfrom " + p.where)
	}
	return p.next.RoundTrip(r)
}

func (p *panicker) now() time.Time {
	if p.armed() && strings.Contains(string(debug.Stack()), "tui.(*Model)."+p.where+"(") {
		panic("boom\x1b[2J\nfrom " + p.where)
	}
	return time.Now()
}

func showAndPanic(where string) int {
	server := demo.New(demo.Options{Links: demo.Sample(time.Now())})
	where, atOnce := strings.CutPrefix(where, "at once ")
	p := &panicker{where: where, once: os.Getenv(panicOnce), next: server.Transport()}
	if atOnce {
		p.once = ""
	}
	api, err := client.New(server.URL(), demo.AdminToken, client.WithTransport(p), client.WithClock(time.Now))
	if err != nil {
		panic(err)
	}
	return exit.AfterScreen(tui.Run(tui.Options{
		Instance: session.Instance{API: api, Host: "demo", Address: api.BaseURL()},
		Now:      p.now, Location: time.UTC, Environ: os.Environ(),
	}, os.Stdout))
}

func TestAPanicLeavesTheTerminalAsFoundAndIsReported(t *testing.T) {
	myself, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		where, in string
		keys      []string
		also      string
	}{
		{"Update", "the model", []string{"n", "ctrl+r", "e"}, ""},
		{"View", "drawing", []string{"ctrl+l"}, ""},
		{"at once View", "the first drawing", nil, ""},
		{"GET /api/admin/invite-link/tokens", "a command", []string{"ctrl+r"}, ""},
		{"at once GET /api/admin/invite-link/tokens", "the first command", nil, ""},
		{"at once /validate", "one of the client's goroutines", nil, "client.(*Client).Verify"},
		{"at once GET /api/admin/user ", "one of tui's goroutines", nil, "identify"},
		{"PUT ", "a write", []string{"d", "y"}, "Deleting the link was still under way"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			t.Parallel()
			once := filepath.Join(t.TempDir(), "once")
			env := []string{panicIn + "=" + tt.where, panicOnce + "=" + once, "TEST=" + myself}
			term := terminal.Start(t, terminal.Options{Width: 120, Env: env, Timeout: 30 * time.Second},
				"sh", "-c", `echo ready; read _; "$TEST"; echo "code $?."; read _`)
			term.WaitFor("ready")
			before := term.Settings()
			term.Type("enter")
			if !strings.HasPrefix(tt.where, "at once") {
				term.WaitFor("● Active")
				if err := os.WriteFile(once, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			term.Type(tt.keys...)
			term.WaitFor("code 1.")
			if !term.Settings().Same(before) {
				t.Error("the line's settings are not as before")
			}
			output := term.Output()
			report := output[bytes.LastIndex(output, []byte("\x1b[?1049l"))+1:]
			for _, want := range []string{"A bug ended the program: \"boom\\x1b[2J\\nfrom ", "panic_test.go", tt.also} {
				if !bytes.Contains(report, []byte(want)) {
					t.Errorf("%q is not in what is left on the screen: %q", want, report)
				}
			}
			if bytes.Contains(report, []byte("\x1b[2J")) || !bytes.Contains(output, []byte("\x1b[?2004l")) {
				t.Errorf("the terminal is not as before: %q", report)
			}
		})
	}
}
