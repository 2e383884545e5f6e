package tui

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/demo"
	"unleash-invite/model"
	"unleash-invite/tui/session"
)

// memory is Instances without files, keyring and network: the real client on
// demo servers by their hosts, and the profiles in a list.
type memory struct {
	clock   func() time.Time
	mu      sync.Mutex // guards what follows
	servers map[string]http.RoundTripper
	// fail answers in a server's place, where it does.
	fail     func(*http.Request) (*http.Response, error)
	profiles []session.Profile
	tokens   map[string]string
	keep     []session.Keep
	// opens counts how often a profile's token was fetched; the errors are those that
	// opening and remembering fail with.
	opens       map[string]int
	opened      map[session.Profile]session.Instance
	openErr     map[string]error
	rememberErr error
	remembered  []session.Remembering
}

func newMemory(clock func() time.Time) *memory {
	return &memory{
		clock: clock, servers: map[string]http.RoundTripper{}, tokens: map[string]string{}, opens: map[string]int{}, opened: map[session.Profile]session.Instance{},
		openErr: map[string]error{}, keep: []session.Keep{session.KeepInKeyring, session.KeepInCommand, session.KeepInEnvironment, session.KeepInFile},
	}
}

// serve puts an instance behind the host, and a profile with its token before it.
func (f *memory) serve(t *testing.T, host string, links ...demo.Link) {
	t.Helper()
	server := demo.New(demo.Options{Now: f.clock, Links: links})
	t.Cleanup(server.Close)
	f.servers[host] = server.Transport()
}

func (f *memory) addProfile(p session.Profile) {
	f.profiles = append(f.profiles, p)
	f.tokens[p.Name] = demo.AdminToken
}

// RoundTrip leads a request to the server of its host.
func (f *memory) RoundTrip(r *http.Request) (*http.Response, error) {
	server, ok := f.servers[r.URL.Host]
	if !ok {
		return nil, &net.DNSError{Err: "no such host", Name: r.URL.Host, IsNotFound: true}
	}
	if f.fail != nil {
		if resp, err := f.fail(r); resp != nil || err != nil {
			return resp, err
		}
	}
	there := r.Clone(r.Context())
	there.URL.Scheme, there.URL.Host = "https", strings.TrimPrefix(demo.Origin, "https://")
	there.Host = ""
	return server.RoundTrip(there)
}

func (f *memory) options() []client.Option {
	fast := client.Timeouts{Backoff: time.Millisecond, LookAgain: time.Millisecond, Settle: time.Millisecond, Grace: time.Millisecond}
	return []client.Option{client.WithTransport(f), client.WithTimeouts(fast), client.WithClock(f.clock)}
}

func (f *memory) connect(address, token string) (*client.Client, error) {
	return client.New(address, token, f.options()...)
}

func (f *memory) Profiles() ([]session.Profile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.profiles), nil
}

func (f *memory) Open(_ context.Context, profile string, ask bool) (session.Instance, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.profiles, func(p session.Profile) bool { return p.Name == profile })
	if i < 0 {
		return session.Instance{}, errors.New("there is no such profile")
	}
	p := f.profiles[i]
	if on, ok := f.opened[p]; ok {
		return on, nil
	}
	f.opens[profile]++
	if err := f.openErr[profile]; err != nil && !ask {
		return session.Instance{}, err
	}
	api, err := f.connect(p.Address, f.tokens[profile])
	if err != nil {
		return session.Instance{}, err
	}
	f.opened[p] = session.Instance{API: api, Host: hostOf(p.Address), Address: p.Address, Profile: p.Name, ReadOnly: p.ReadOnly, Production: p.Production}
	return f.opened[p], nil
}

func hostOf(address string) string {
	u, _ := url.Parse(address)
	return u.Host + u.Path
}

func (f *memory) Find(ctx context.Context, address string) (model.Found, error) {
	return client.Find(ctx, address, f.options()...)
}

func (f *memory) SignIn(ctx context.Context, address, token string) (session.SignedIn, error) {
	api, err := f.connect(address, token)
	if err != nil {
		return session.SignedIn{}, err
	}
	user, server, err := api.SignIn(ctx)
	return session.SignedIn{Instance: session.Instance{API: api, Host: hostOf(api.BaseURL()), Address: api.BaseURL()}, User: user, Server: server}, err
}

func (f *memory) Remember(_ context.Context, r session.Remembering) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.rememberErr != nil {
		return f.rememberErr
	}
	f.remembered = append(f.remembered, r)
	f.profiles = append(f.profiles, session.Profile{Name: r.Name, Address: r.Address, Default: r.Default, ReadOnly: r.ReadOnly, Production: r.Production})
	f.tokens[r.Name] = r.Token
	return nil
}

func (f *memory) KeepToken(_ context.Context, profile, token string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.rememberErr == nil {
		f.tokens[profile] = token
	}
	return f.rememberErr
}

func (f *memory) CanKeep(context.Context) []session.Keep { return f.keep }

// failBelow fails the requests below a path.
func failBelow(path string, fail func(*http.Request) (*http.Response, error)) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		if strings.HasPrefix(r.URL.Path, path) {
			return fail(r)
		}
		return nil, nil
	}
}
