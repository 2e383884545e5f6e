package instances

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"unleash-invite/config"
	"unleash-invite/demo"
)

// demonstration is --demo: three instances in memory, each a profile, and the
// transport that leads to them. Nothing is read or written outside of it.
type demonstration struct {
	servers map[string]http.RoundTripper // by their base paths

	mu       sync.Mutex // guards what follows
	profiles []config.Profile
	tokens   map[string]config.Secret // by their profiles' names
}

// newDemonstration makes the demo; a repeatable one has the same secrets each time.
func newDemonstration(now func() time.Time, repeatable bool) *demonstration {
	d := &demonstration{servers: map[string]http.RoundTripper{}, tokens: map[string]config.Secret{}}
	links := demo.Sample(now())
	past := len(links) - 1 // the last one is live
	for n, o := range []struct {
		profile config.Profile
		options demo.Options
	}{
		{config.Profile{Name: "demo", Default: true}, demo.Options{Links: links, Guests: demo.SampleGuests()}},
		{config.Profile{Name: "projector", ReadOnly: true}, demo.Options{BasePath: "/projector", Links: links}},
		{config.Profile{Name: "production", Production: true}, demo.Options{
			BasePath: "/production", Links: append(links[:past:past], demo.LastDay(now())),
		}},
	} {
		o.options.Now = now
		if repeatable {
			o.options.Random = rand.NewChaCha8([32]byte{byte(n)})
		}
		server := demo.New(o.options)
		d.servers[o.options.BasePath] = server.Transport()
		o.profile.URL, o.profile.Source = server.URL(), config.Source{Kind: config.InKeyring}
		d.profiles = append(d.profiles, o.profile)
		d.tokens[o.profile.Name] = demo.AdminToken
	}
	return d
}

// RoundTrip sends a request to the server that its path leads to.
func (d *demonstration) RoundTrip(r *http.Request) (*http.Response, error) {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if server, ok := d.servers["/"+first]; ok {
		return server.RoundTrip(r)
	}
	return d.servers[""].RoundTrip(r)
}

// called returns what the header calls an address of the demo.
func (d *demonstration) called(place string) string {
	return strings.Replace(place, strings.TrimPrefix(demo.Origin, "https://"), "demo", 1)
}

// List returns the profiles.
func (d *demonstration) List() ([]config.Profile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.profiles), nil
}

// Find returns the profile of the name.
func (d *demonstration) Find(name string) (config.Profile, error) {
	list, _ := d.List() // it never fails
	return config.Named(list, name, "the demo")
}

// Save keeps a profile until the program ends.
func (d *demonstration) Save(_ context.Context, p config.Profile, token config.Secret) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.profiles = config.Replaced(d.profiles, p)
	d.tokens[p.Name] = token
	return nil
}

// Token returns the profile's token, wherever it is said to be.
func (d *demonstration) Token(_ context.Context, p config.Profile, _ bool) (config.Secret, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.tokens[p.Name], nil
}

// Headers has none.
func (d *demonstration) Headers(context.Context, config.Profile, bool) (map[string]config.Secret, error) {
	return nil, nil
}

// Replace keeps another token for a profile.
func (d *demonstration) Replace(_ context.Context, name string, token config.Secret) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tokens[name] = token
	return nil
}

// CanKeep offers every place; the demo fills none of them.
func (d *demonstration) CanKeep(context.Context) []config.Kind {
	return []config.Kind{config.InKeyring, config.ByCommand, config.InEnvironment, config.InFile}
}
