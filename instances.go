package main

import (
	"context"
	"net/url"
	"slices"
	"sync"

	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/tui"
)

// profiles are remembered instances, and the places where their tokens are.
type profiles interface {
	List() ([]config.Profile, error)
	Find(name string) (config.Profile, error)
	Save(ctx context.Context, p config.Profile, token config.Secret) error
	Token(ctx context.Context, p config.Profile, ask bool) (config.Secret, error)
	CanKeep(ctx context.Context) []config.Kind
}

// instances are what tui works on: those of the profiles, and any that a person names.
type instances struct {
	profiles profiles
	options  []client.Option
	// called is what the header calls an address; nil leaves its host and path.
	called func(place string) string

	mu sync.Mutex // guards opened
	// opened are instances by their profiles, so that a command that gets a token runs once.
	opened map[config.Profile]tui.Instance
}

// first is the instance that the program starts with.
func (i *instances) first(ctx context.Context, c config.Config, ask bool) (tui.Instance, error) {
	switch {
	case c.Demo:
		list, err := i.profiles.List()
		if err != nil {
			return tui.Instance{}, err
		}
		if c.Profile.Name == "" {
			return i.open(ctx, list[0], ask)
		}
		return i.Open(ctx, c.Profile.Name, ask)
	case c.Profile.Name != "":
		return i.open(ctx, c.Profile, ask)
	}
	api, err := i.client(c.URL, string(c.Token))
	return i.instance(api, config.Profile{}), err
}

func (i *instances) client(address, token string) (*client.Client, error) {
	return client.New(address, token, i.options...)
}

// instance is what tui shows of a client; the profile may be none. The marks of remembered profiles hold for their
// address, however it was reached: production always, read-only unless the profile itself, or another one of that
// address, allows writes.
func (i *instances) instance(api *client.Client, p config.Profile) tui.Instance {
	if api == nil {
		return tui.Instance{}
	}
	place := api.BaseURL()
	if u, err := url.Parse(place); err == nil {
		place = u.Host + u.Path
	}
	if i.called != nil {
		place = i.called(place)
	}
	on := tui.Instance{
		API: api, Host: place, Address: api.BaseURL(), Profile: p.Name, ReadOnly: p.ReadOnly, Production: p.Production,
	}
	same := i.ofAddress(on.Address)
	on.Production = on.Production || slices.ContainsFunc(same, func(p config.Profile) bool { return p.Production })
	if p.Name == "" && len(same) > 0 {
		on.ReadOnly = !slices.ContainsFunc(same, func(p config.Profile) bool { return !p.ReadOnly })
	}
	return on
}

// ofAddress are the profiles of an instance.
func (i *instances) ofAddress(address string) []config.Profile {
	all, _ := i.profiles.List() // without them there are no marks; who needs the profiles gets the error
	return slices.DeleteFunc(slices.Clone(all), func(p config.Profile) bool { return !config.SameAddress(p.URL, address) })
}

// Profiles lists the remembered instances.
func (i *instances) Profiles() ([]tui.Profile, error) {
	list, err := i.profiles.List()
	shown := make([]tui.Profile, len(list))
	for n, p := range list {
		shown[n] = tui.Profile{
			Name: p.Name, Address: p.URL, TokenFrom: p.Source.String(), MayAsk: p.Source.Kind == config.ByCommand,
			Default: p.Default, ReadOnly: p.ReadOnly, Production: p.Production,
		}
	}
	return shown, err
}

// Open makes the profile's instance ready.
func (i *instances) Open(ctx context.Context, profile string, ask bool) (tui.Instance, error) {
	p, err := i.profiles.Find(profile)
	if err != nil {
		return tui.Instance{}, err
	}
	return i.open(ctx, p, ask)
}

func (i *instances) open(ctx context.Context, p config.Profile, ask bool) (tui.Instance, error) {
	i.mu.Lock()
	ready, ok := i.opened[p]
	i.mu.Unlock()
	if ok {
		return ready, nil
	}
	token, err := i.profiles.Token(ctx, p, ask)
	if err != nil {
		return tui.Instance{}, err
	}
	api, err := i.client(p.URL, string(token))
	if err != nil {
		return tui.Instance{}, err
	}
	ready = i.instance(api, p)
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.opened == nil {
		i.opened = map[config.Profile]tui.Instance{}
	}
	i.opened[p] = ready
	return ready, nil
}

// Find looks for Unleash at the address.
func (i *instances) Find(ctx context.Context, address string) (tui.Server, error) {
	base, err := client.Find(ctx, address, i.options...)
	return tui.Server{Address: base}, err
}

// SignIn checks that the token is an Admin's.
func (i *instances) SignIn(ctx context.Context, address, token string) (tui.SignedIn, error) {
	api, err := i.client(address, token)
	if err != nil {
		return tui.SignedIn{}, err
	}
	user, server, err := api.SignIn(ctx)
	return tui.SignedIn{Instance: i.instance(api, config.Profile{}), User: user, Server: server}, err
}

// Remember makes the instance a profile.
func (i *instances) Remember(ctx context.Context, r tui.Remembering) error {
	source := config.Source{From: r.From}
	for kind, keep := range keeps() {
		if keep == r.Keep {
			source.Kind = kind
		}
	}
	i.mu.Lock()
	i.opened = nil
	i.mu.Unlock()
	return i.profiles.Save(ctx, config.Profile{
		Name: r.Name, URL: r.Address, Source: source, Default: r.Default, ReadOnly: r.ReadOnly, Production: r.Production,
	}, config.Secret(r.Token))
}

// CanKeep says where a token can be kept on this machine.
func (i *instances) CanKeep(ctx context.Context) []tui.Keep {
	kinds := i.profiles.CanKeep(ctx)
	keep := make([]tui.Keep, len(kinds))
	for n, kind := range kinds {
		keep[n] = keeps()[kind]
	}
	return keep
}

// keeps are the places for a token as the screen calls them.
func keeps() map[config.Kind]tui.Keep {
	return map[config.Kind]tui.Keep{
		config.InKeyring: tui.KeepInKeyring, config.ByCommand: tui.KeepInCommand,
		config.InEnvironment: tui.KeepInEnvironment, config.InFile: tui.KeepInFile,
	}
}
