// Package instances knows the Unleash instances that the program can connect to: those of the profiles, or the demo's.
package instances

import (
	"context"
	"net/url"
	"slices"
	"sync"
	"time"

	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/model"
)

// Instance is an instance to work on with somebody's credential.
type Instance struct {
	// Client talks to it; nil is no instance.
	Client *client.Client
	// Host is its address as a header shows it, Address the whole of it.
	Host, Address string
	// Profile is its name among the profiles; empty when it has none.
	Profile              string
	ReadOnly, Production bool
	// Way is how it is reached.
	Way model.Way
	// Demo reports that it is in memory, so that its links lead nowhere.
	Demo bool
}

// profiles are remembered instances, and the places where their tokens are.
type profiles interface {
	List() ([]config.Profile, error)
	Find(name string) (config.Profile, error)
	Save(ctx context.Context, p config.Profile, token config.Secret) error
	Token(ctx context.Context, p config.Profile, ask bool) (config.Secret, error)
	Headers(ctx context.Context, p config.Profile, ask bool) (map[string]config.Secret, error)
	Replace(ctx context.Context, name string, token config.Secret) error
	CanKeep(ctx context.Context) []config.Kind
}

// Instances are those of the profiles, and any that a user names.
type Instances struct {
	profiles profiles
	options  []client.Option
	// called names an address in the header; nil leaves its host and path.
	called func(place string) string

	mu sync.Mutex // guards opened
	// opened are instances by their profiles' names, so that a command that gets a token runs once.
	opened map[string]opened
}

// opened is an instance that was made ready, as its profile was then.
type opened struct {
	profile  config.Profile
	instance Instance
}

// OfProfiles are the instances of the profiles.
func OfProfiles(own config.Profiles, options ...client.Option) *Instances {
	return &Instances{profiles: own, options: options}
}

// OfDemo are the demo's: nothing outside of the program is read, written or asked. A repeatable demo has the same
// secrets each time.
func OfDemo(now func() time.Time, repeatable bool, options ...client.Option) *Instances {
	shown := newDemonstration(now, repeatable)
	return &Instances{profiles: shown, options: append(options, client.WithTransport(shown), client.WithClock(now)), called: shown.called}
}

// First is the instance that the program starts with.
func (i *Instances) First(ctx context.Context, c config.Config, ask bool) (Instance, error) {
	switch {
	case c.Demo:
		list, err := i.profiles.List()
		if err != nil {
			return Instance{}, err
		}
		if c.Profile.Name == "" {
			return i.open(ctx, list[0], ask)
		}
		return i.Open(ctx, c.Profile.Name, ask)
	case c.Profile.Name != "":
		return i.open(ctx, c.Profile, ask)
	}
	return i.reached(ctx, c.URL, string(c.Token), sourceOf(c), ask)
}

// reached is the instance at an address, by the way that its profiles have in common.
func (i *Instances) reached(ctx context.Context, address, token string, from client.TokenSource, ask bool) (Instance, error) {
	p := i.wayTo(address)
	way, err := i.optionsOf(ctx, p, ask)
	if err != nil {
		return Instance{}, err
	}
	api, err := i.client(address, token, from, way...)
	p.Name = ""
	return i.instance(api, p), err
}

func (i *Instances) client(address, token string, from client.TokenSource, more ...client.Option) (*client.Client, error) {
	return client.New(address, token, append(slices.Concat(i.options, more), client.WithTokenSource(from))...)
}

// instance is a client with its marks; the profile may be none. The marks of remembered profiles hold for their
// address, however it was reached: production always, read-only unless the profile itself, or another one of that
// address, allows writes.
func (i *Instances) instance(api *client.Client, p config.Profile) Instance {
	if api == nil {
		return Instance{}
	}
	place := api.BaseURL()
	if u, err := url.Parse(place); err == nil {
		place = u.Host + u.Path
	}
	if i.called != nil {
		place = i.called(place)
	}
	on := Instance{
		Client: api, Host: place, Address: api.BaseURL(), Profile: p.Name, ReadOnly: p.ReadOnly, Production: p.Production, Way: told(p),
		Demo: i.called != nil,
	}
	p.URL = on.Address
	same := i.ofPlace(p)
	on.Production = on.Production || slices.ContainsFunc(same, func(p config.Profile) bool { return p.Production })
	if p.Name == "" && len(same) > 0 {
		on.ReadOnly = !slices.ContainsFunc(same, func(p config.Profile) bool { return !p.ReadOnly })
	}
	return on
}

// ofPlace are the profiles of an instance.
func (i *Instances) ofPlace(place config.Profile) []config.Profile {
	all, _ := i.profiles.List() // without them there are no marks; who needs the profiles gets the error
	return slices.DeleteFunc(slices.Clone(all), func(p config.Profile) bool { return !p.SamePlace(place) })
}

// Profiles lists the remembered instances.
func (i *Instances) Profiles() ([]config.Profile, error) { return i.profiles.List() }

// Open makes the profile's instance ready.
func (i *Instances) Open(ctx context.Context, profile string, ask bool) (Instance, error) {
	p, err := i.profiles.Find(profile)
	if err != nil {
		return Instance{}, err
	}
	return i.open(ctx, p, ask)
}

func (i *Instances) open(ctx context.Context, p config.Profile, ask bool) (Instance, error) {
	i.mu.Lock()
	before, ok := i.opened[p.Name]
	i.mu.Unlock()
	if ok && before.profile.Equal(p) {
		return before.instance, nil
	}
	token, err := i.profiles.Token(ctx, p, ask)
	if err != nil {
		return Instance{}, err
	}
	way, err := i.optionsOf(ctx, p, ask)
	if err != nil {
		return Instance{}, err
	}
	api, err := i.client(p.URL, string(token), i.sourceOfProfile(p), way...)
	if err != nil {
		return Instance{}, err
	}
	ready := i.instance(api, p)
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.opened == nil {
		i.opened = map[string]opened{}
	}
	i.opened[p.Name] = opened{p, ready}
	return ready, nil
}

// Find looks for Unleash at the address, and at its obvious variants, and returns where it is.
func (i *Instances) Find(ctx context.Context, address string) (model.Found, error) {
	way, err := i.optionsOf(ctx, i.wayTo(address), false)
	if err != nil {
		return model.Found{}, err
	}
	return client.Find(ctx, address, slices.Concat(i.options, way)...)
}

// SignIn checks that the token is an Admin's.
func (i *Instances) SignIn(ctx context.Context, address, token string) (Instance, model.User, model.Server, error) {
	on, err := i.reached(ctx, address, token, client.TokenSource{}, false)
	if err != nil {
		return Instance{}, model.User{}, model.Server{}, err
	}
	user, server, err := on.Client.SignIn(ctx)
	return on, user, server, err
}

// Remember makes the instance a profile, in place of one of the same name.
func (i *Instances) Remember(ctx context.Context, p config.Profile, token config.Secret) error {
	i.mu.Lock()
	i.opened = nil
	i.mu.Unlock()
	way := i.wayTo(p.URL) // by which it was signed in
	p.Secure, p.Headers = way.Secure, way.Headers
	return i.profiles.Save(ctx, p, token)
}

// KeepToken puts another token where the profile keeps its own. Instances that are open have to be told by themselves.
func (i *Instances) KeepToken(ctx context.Context, profile string, token config.Secret) error {
	return i.profiles.Replace(ctx, profile, token)
}

// CanKeep lists where a token can be kept on this machine, the best place first.
func (i *Instances) CanKeep(ctx context.Context) []config.Kind { return i.profiles.CanKeep(ctx) }
