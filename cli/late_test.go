package cli

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"unleash-invite/client"
	"unleash-invite/client/weather"
	"unleash-invite/config"
	"unleash-invite/demo"
)

// oneInstance is the only one that there is.
type oneInstance struct{ Instance }

func (o oneInstance) First(context.Context, config.Config) (Instance, error) { return o.Instance, nil }
func (o oneInstance) Open(context.Context, string) (Instance, error)         { return o.Instance, nil }
func (oneInstance) Profiles() ([]config.Profile, error)                      { return nil, nil }

// inWeather runs a command line against an Unleash in memory, in the time of a synctest bubble, and reports how many links
// are live two minutes later.
func inWeather(t *testing.T, w weather.Weather, holds string, link demo.Link, args ...string) (got result, live int) {
	t.Helper()
	unleash := demo.New(demo.Options{Links: []demo.Link{link}})
	sky := weather.NewSky(w, weather.Clear{Handler: unleash}, holds)
	sky.Release()
	api, err := client.New(unleash.URL(), demo.AdminToken, client.WithTransport(sky))
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	got.code = Run(Options{
		Args: append(args, "--demo"), Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		Getenv: func(string) string { return "" },
		Clock:  func(config.Config) func() time.Time { return time.Now },
		Connect: func(config.Config, func() time.Time) Instances {
			return oneInstance{Instance{API: api, Host: "flags.acme.io"}}
		},
		Screen: func(config.Config, error) (int, bool) { return 0, false },
		Plain:  plain,
	})
	time.Sleep(2 * time.Minute)
	links, err := api.Look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got.stdout, got.stderr = stdout.String(), stderr.String()
	return got, len(links.Live(time.Now()))
}

// A write whose answer is lost and that arrives seconds later is waited for, so that whoever runs the command again makes
// no second link; what never shows is said to be unknown.
func TestWritesThatArriveLate(t *testing.T) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt) // what listens to signals is begun outside of the bubble
	t.Cleanup(func() { signal.Stop(signals) })
	tests := []struct {
		args    string
		holds   string
		deleted bool
		live    int // in the end
		unknown int // the exit code where it does not arrive in time
	}{
		{"create", http.MethodPost, true, 1, 1},
		{"rotate --yes", http.MethodPost, false, 1, 5},
		{"delete --yes", http.MethodPut, false, 0, 1},
		{"restore", http.MethodPut, true, 1, 1},
		{"expire --for 2d", http.MethodPut, false, 1, 1},
	}
	for _, test := range tests {
		for _, late := range []time.Duration{3 * time.Second, 6 * time.Second, 90 * time.Second} {
			synctest.Test(t, func(t *testing.T) {
				link := demo.Link{Name: "default", ExpiresAt: time.Now().AddDate(0, 0, 20), Deleted: test.deleted}
				got, live := inWeather(t, weather.Weather{Hold: late}, test.holds, link, strings.Fields(test.args)...)
				if live != test.live {
					t.Errorf("%s, late by %s: %d links are live", test.args, late, live)
				}
				code, words := 0, "The answer was lost, but the server carried it out anyway."
				if late > time.Minute {
					code, words = test.unknown, "run status before you try again"
				}
				if got.code != code || !strings.Contains(got.stderr, words) || (got.stdout != "") != (code == 0) {
					t.Errorf("%s, late by %s: %+v", test.args, late, got)
				}
				if late > time.Minute && (!strings.Contains(got.stderr, "t is not known whether") || strings.Contains(got.stderr, "create makes one")) {
					t.Errorf("%s, late by %s: %s", test.args, late, got.stderr)
				}
			})
		}
	}
}
