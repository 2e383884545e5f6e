package cli

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/demo"
)

// world is instances of demo over HTTP, by the names of their profiles; the first is the default.
type world struct {
	profiles []config.Profile
	tokens   map[string]string
	// off is how wrong this computer's clock is.
	off time.Duration
	// cutLists takes the end off every list, as where it is too long.
	cutLists bool

	mu       sync.Mutex
	requests []string // method and path, in their order
	sent     map[string]map[string]bool
	before   func(w http.ResponseWriter, r *http.Request) bool // answers instead of the server, or not
}

func newWorld() *world {
	return &world{tokens: map[string]string{}, sent: map[string]map[string]bool{}}
}

// add makes an instance with the links.
func (w *world) add(t *testing.T, p config.Profile, token string, links ...demo.Link) *httptest.Server {
	t.Helper()
	server := demo.New(demo.Options{Links: links})
	t.Cleanup(server.Close)
	web := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.requests = append(w.requests, r.Method+" "+r.URL.Path)
		if credential := r.Header.Get("Authorization"); credential != "" {
			if w.sent[p.Name] == nil {
				w.sent[p.Name] = map[string]bool{}
			}
			w.sent[p.Name][credential] = true
		}
		before := w.before
		w.mu.Unlock()
		if before == nil || !before(out, r) {
			server.ServeHTTP(out, r)
		}
	}))
	t.Cleanup(web.Close)
	p.URL = web.URL
	w.profiles = append(w.profiles, p)
	w.tokens[p.Name] = token
	return web
}

// clock is this computer's.
func (w *world) clock() time.Time { return time.Now().Add(w.off) }

// writes counts the requests that change something.
func (w *world) writes() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, r := range w.requests {
		if !strings.HasPrefix(r, "GET ") {
			n++
		}
	}
	return n
}

// First implements Instances.
func (w *world) First(ctx context.Context, c config.Config) (Instance, error) {
	if c.Profile.Name != "" {
		return w.Open(ctx, c.Profile.Name)
	}
	return w.Open(ctx, w.profiles[0].Name)
}

// Open implements Instances.
func (w *world) Open(_ context.Context, name string) (Instance, error) {
	p, err := config.Named(w.profiles, name, "the test")
	if err != nil {
		return Instance{}, err
	}
	api, err := client.New(p.URL, w.tokens[name], client.WithClock(w.clock),
		client.WithTimeouts(client.Timeouts{Backoff: time.Millisecond, LookAgain: time.Millisecond}))
	on := API(api)
	if w.cutLists {
		on = cutShort{api}
	}
	return Instance{
		API: on, Host: strings.TrimPrefix(p.URL, "http://"), Address: p.URL, Profile: p.Name, ReadOnly: p.ReadOnly, Production: p.Production,
	}, err
}

// Profiles implements Instances.
func (w *world) Profiles() ([]config.Profile, error) { return w.profiles, nil }

type result struct {
	code           int
	stdout, stderr string
}

// run runs a command line in the world.
func (w *world) run(t *testing.T, args ...string) result {
	t.Helper()
	return w.runAs(t, append(args, "--demo"))
}

func (w *world) runAs(t *testing.T, args []string) result {
	t.Helper()
	var stdout, stderr strings.Builder
	code := Run(Options{
		Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		Getenv:  func(string) string { return "" },
		Clock:   func(config.Config) func() time.Time { return w.clock },
		Connect: func(config.Config, func() time.Time) Instances { return w },
		Screen:  func(config.Config, error) (int, bool) { return 0, false },
		Plain:   plain,
	})
	return result{code, stdout.String(), stderr.String()}
}

// valid checks that every line is JSON of the schema, and returns the last.
func valid(t *testing.T, text string) map[string]any {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	compiled, err := compiler.Compile("../docs/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var last map[string]any
	for line := range strings.Lines(text) {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		if err == nil {
			err = compiled.Validate(value)
		}
		if err != nil {
			t.Errorf("%v\n%s", err, line)
		}
		last = nil
		if err := json.Unmarshal([]byte(line), &last); err != nil {
			t.Error(err)
		}
	}
	if last == nil {
		t.Fatal("there is no JSON")
	}
	return last
}

func TestTheSchemaIsOne(t *testing.T) {
	text, err := os.ReadFile("../docs/schema.json")
	if err != nil || !json.Valid(text) {
		t.Fatal(err)
	}
}

// midnight is a 00:00 UTC so many days from now.
func midnight(days int) time.Time { return time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, days) }

func live(name string, days int, joined ...string) demo.Link {
	return demo.Link{Name: name, CreatedAt: time.Now().Add(-time.Hour), ExpiresAt: midnight(days), Joined: joined}
}
