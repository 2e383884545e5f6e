//go:build unix

package hygiene

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
)

func program(t *testing.T) string {
	t.Helper()
	return terminal.Build(t, "unleash-invite")
}

// start starts the program on the demo instance.
func start(t *testing.T, options terminal.Options) *terminal.Terminal {
	t.Helper()
	return terminal.Start(t, options, program(t), "--demo")
}

// place is somewhere in the program.
type place struct {
	name string
	// keys lead there from the status screen.
	keys []string
	// shows is then on the screen.
	shows string
}

// places are all screens, with each form's fields.
var places = []place{
	{"status", nil, "● Active"},
	{"help", []string{"?"}, "In a form"},
	{"edit", []string{"e"}, "Works for"},
	{"custom expiry", []string{"e", "3d"}, "Until"},
	{"delete", []string{"d"}, "Delete this link?"},
	{"rotate", []string{"r"}, "Rotate the invite link?"},
	{"links", []string{"l"}, "All links"},
	{"filter", []string{"l", "/", "de"}, "Filter:  de"},
	{"joined", []string{"j"}, "Joined   7 accounts"},
	{"deleted", []string{"d", "y"}, "○ Expired"},
	{"new link", []string{"d", "y", "n"}, "New invite link"},
	{"name", []string{"d", "y", "n", "shift+tab", "x"}, "defaultx"},
	{"QR code", []string{"g"}, "▀"},
	{"notice", []string{"c"}, "clipboard"},
	{"masked", []string{"m"}, "masked"},
	{"curl", []string{"x"}, "As curl"},
	{"profiles", []string{"p"}, "Refused"},
	{"connect", []string{"p", "n"}, "Connect to your Unleash"},
}

func (p place) enter(screen *terminal.Terminal) {
	screen.WaitFor("● Active")
	for i, key := range p.keys {
		screen.Type(key)
		if key == "y" && i < len(p.keys)-1 {
			screen.WaitFor("○ Expired")
		}
	}
	screen.WaitFor(p.shows)
}

// instance is a demo instance behind HTTP, which counts requests and can be slow to write.
type instance struct {
	*httptest.Server
	requests, writes atomic.Int64
}

func serve(t *testing.T, slow time.Duration) *instance {
	t.Helper()
	server := demo.New(demo.Options{Links: demo.Sample(time.Now())})
	t.Cleanup(server.Close)
	i := &instance{}
	over := make(chan struct{})
	i.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i.requests.Add(1)
		if r.Method != http.MethodGet {
			i.writes.Add(1)
			select {
			case <-time.After(slow):
			case <-over:
			}
		}
		server.ServeHTTP(w, r)
	}))
	t.Cleanup(i.Close)
	t.Cleanup(func() { close(over) })
	return i
}

// env leads the program to the instance.
func (i *instance) env() []string {
	return []string{"UNLEASH_URL=" + i.URL, "UNLEASH_TOKEN=" + demo.AdminToken}
}
