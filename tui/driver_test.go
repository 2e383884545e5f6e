package tui

import (
	"context"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unleash-invite/client"
	"unleash-invite/demo"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/session"
)

// noon is the time of the tests.
var noon = time.Date(2026, 11, 23, 14, 2, 52, 0, time.UTC)

// driver runs the model without a terminal: commands run at once and one after
// another, timers never fire. The server is the demo, the client the real one.
type driver struct {
	t      *testing.T
	m      *Model
	mu     sync.Mutex // guards now where the server reads it at the same time
	now    time.Time
	off    time.Duration // that the program's computer is ahead of the server
	server *demo.Server
	api    *client.Client
	net    *network
	// instances are those that the program can find besides.
	instances *memory
	// choose reports whether without an instance the profiles come first.
	choose bool
	// environ is what the program starts with besides.
	environ []string
	copies  []string
	raw     []string
	quit    bool
	timers  []timer
	held    []tea.Cmd
	hold    bool
}

// timer is a message that would be sent after a pause.
type timer struct {
	pause time.Duration
	msg   tea.Msg
}

// fire sends what is due after pauses of that kind; what is overtaken does nothing.
func (d *driver) fire(due func(time.Duration) bool) {
	timers := d.timers
	d.timers = nil
	for _, t := range timers {
		if due(t.pause) {
			d.send(t.msg)
		} else {
			d.timers = append(d.timers, t)
		}
	}
}

// slow lets the program notice that it has waited for a while; the spinner would turn for ever.
func (d *driver) slow() {
	hold := d.hold
	d.hold = true
	held := len(d.held)
	d.fire(func(pause time.Duration) bool { return pause == session.SlowAfter })
	if d.hold = hold; !hold {
		d.held = d.held[:held]
	}
}

// network fails requests on demand on their way to the server.
type network struct {
	mu   sync.Mutex
	next http.RoundTripper
	fail func(*http.Request) (*http.Response, error)
}

func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	if resp, err := n.failed(r); resp != nil || err != nil {
		return resp, err
	}
	return n.next.RoundTrip(r)
}

// failed asks the fault of the test, one request at a time.
func (n *network) failed(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fail == nil {
		return nil, nil
	}
	return n.fail(r)
}

func (n *network) set(fail func(*http.Request) (*http.Response, error)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.fail = fail
}

var errRefused = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}

func refuse(*http.Request) (*http.Response, error) { return nil, errRefused }

// live is a link of the given name that works for a while.
func live(name string, joined ...string) demo.Link {
	return demo.Link{
		Name: name, CreatedAt: noon.Add(-30 * time.Hour),
		ExpiresAt: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Joined: joined,
	}
}

func start(t *testing.T, width, height int, links ...demo.Link) *driver {
	t.Helper()
	return startOff(t, width, height, 0, links...)
}

// startOff starts on a computer whose clock is that much ahead of the server's.
func startOff(t *testing.T, width, height int, off time.Duration, links ...demo.Link) *driver {
	t.Helper()
	d := newDriver(t)
	d.off = off
	d.server = demo.New(demo.Options{Now: d.clock, Random: rand.NewChaCha8([32]byte{}), Links: links})
	t.Cleanup(d.server.Close)
	d.net = &network{next: d.server.Transport()}
	fast := client.Timeouts{Backoff: time.Millisecond, LookAgain: time.Millisecond, Settle: time.Millisecond, Grace: time.Millisecond}
	api, err := client.New(d.server.URL(), demo.AdminToken, client.WithTransport(d.net), client.WithTimeouts(fast), client.WithClock(d.local))
	if err != nil {
		t.Fatal(err)
	}
	d.api = api
	d.begin(width, height, session.Instance{API: api, Host: "flags.acme.io", Address: d.server.URL()})
	return d
}

// startUnconnected starts without an instance: those that there are, and the
// profiles, are in d.instances.
func startUnconnected(t *testing.T, width, height int) *driver {
	t.Helper()
	d := newDriver(t)
	d.begin(width, height, session.Instance{})
	return d
}

func newDriver(t *testing.T) *driver {
	d := &driver{t: t, now: noon}
	d.instances = newMemory(d.clock)
	return d
}

func (d *driver) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

// local is the time by the program's computer.
func (d *driver) local() time.Time { return d.clock().Add(d.off) }

// begin starts the program in a window of the size.
func (d *driver) begin(width, height int, on session.Instance) {
	d.m = New(Options{
		Instance: on, Instances: d.instances, Choose: d.choose, Now: d.local, Location: time.UTC,
		Environ: append([]string{"DISPLAY=:0"}, d.environ...),
	})
	d.m.after = func(pause time.Duration, msg tea.Msg) tea.Cmd {
		d.timers = append(d.timers, timer{pause, msg})
		return nil
	}
	d.m.copier.clipboard.Desktop = func(_ context.Context, text string) error {
		d.copies = append(d.copies, text)
		return nil
	}
	d.send(tea.WindowSizeMsg{Width: width, Height: height})
	d.run(d.m.Init())
}

func (d *driver) send(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, cmd := range msg {
			d.run(cmd)
		}
	case tea.QuitMsg:
		d.quit = true
	case tea.SuspendMsg:
	case tea.RawMsg:
		d.raw = append(d.raw, msg.Msg.(string))
	default:
		_, cmd := d.m.Update(msg)
		d.run(cmd)
	}
}

// run runs a command, or keeps it while hold is set, as if it were slow.
func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if d.hold {
		d.held = append(d.held, cmd)
		return
	}
	d.send(cmd())
}

// answered runs what is held back until one answer has come; what follows from it is held back.
func (d *driver) answered() {
	for {
		cmd := d.held[0]
		d.held = d.held[1:]
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			d.held = append(slices.DeleteFunc([]tea.Cmd(batch), func(c tea.Cmd) bool { return c == nil }), d.held...)
			continue
		}
		d.send(msg)
		return
	}
}

// release lets the commands run that were held back.
func (d *driver) release() {
	d.hold = false
	held := d.held
	d.held = nil
	for _, cmd := range held {
		d.run(cmd)
	}
}

func (d *driver) press(keys ...string) {
	for _, name := range keys {
		d.fire(func(pause time.Duration) bool { return pause == screen.ReadyAfter }) // nobody answers before reading
		d.send(keyPress(name))
	}
}

func keyPress(name string) tea.KeyPressMsg {
	special := map[string]tea.Key{
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab},
		"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "backspace": {Code: tea.KeyBackspace},
		"space": {Code: ' ', Text: " "}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	}
	if k, ok := special[name]; ok {
		return tea.KeyPressMsg(k)
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Code: r, Text: name}
}

// write types text into the field that has the focus.
func (d *driver) write(text string) {
	for _, r := range text {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// refreshed lets the program look at the server again, as its timer would.
func (d *driver) refreshed() {
	d.fire(func(pause time.Duration) bool {
		return pause >= session.RefreshEvery || pause == session.RetryEvery || pause == session.AttentiveEvery
	})
}

// screen returns what someone reads.
func (d *driver) screen() string { return ansi.Strip(d.m.View().Content) }

func (d *driver) shows(want ...string) {
	d.t.Helper()
	screen := strings.Join(strings.Fields(d.screen()), " ") // as if it were not broken into lines
	for _, w := range want {
		if !strings.Contains(screen, w) {
			d.t.Errorf("the screen lacks %q:\n%s", w, d.screen())
		}
	}
}

func (d *driver) hides(words ...string) {
	d.t.Helper()
	for _, w := range words {
		if strings.Contains(d.screen(), w) {
			d.t.Errorf("the screen has %q:\n%s", w, d.screen())
		}
	}
}

// links says of each of the server's links whether it is live.
func (d *driver) links() map[string]bool {
	d.t.Helper()
	links, err := d.api.Look(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	live := map[string]bool{}
	for _, token := range links.Tokens {
		live[token.Secret] = token.Live(d.now)
	}
	return live
}

// later lets so much time pass that the last look no longer counts as the check before a write.
func (d *driver) later() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(2 * time.Second)
}
