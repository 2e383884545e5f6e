package config

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// ErrNoInstance is the error where nothing at all says which instance is meant, so that a
// person can be asked.
var ErrNoInstance = errors.New("no Unleash instance is set")

// choose says which instance is meant. An address and a token belong together,
// from flags or the environment, and a profile is both at once, so that a token
// never goes to another address than its own by accident:
//
//  1. --url and --token-file, each with the environment's other half,
//  2. --profile,
//  3. UNLEASH_URL and UNLEASH_TOKEN, both,
//  4. UNLEASH_PROFILE,
//  5. the default profile, where none of these is set, or UNLEASH_URL alone to its address.
func (c command) choose(profiles Profiles) (Config, error) {
	half := c.typed.url || c.typed.tokenFile
	switch {
	case c.typed.profile && half:
		return Config{}, errors.New("--profile sets both the address and the token: leave out --url and --token-file, or --profile")
	case c.typed.profile:
		return c.named(profiles, "--profile")
	case c.URL != "" && c.Token != "":
		return c.Config, nil
	case c.profile != "" && !half:
		return c.named(profiles, EnvProfile)
	case half:
		return Config{}, c.missing()
	case c.URL != "" || c.Token != "":
		return c.besideHalf(profiles)
	}
	return c.byDefault(profiles)
}

// named is the instance of the profile that the flag or variable names.
func (c command) named(profiles Profiles, by string) (Config, error) {
	found, err := profiles.Find(c.profile)
	if err != nil {
		return Config{}, fmt.Errorf("%s can't be used: %w", by, err)
	}
	return c.with(found), nil
}

// besideHalf is the default profile where UNLEASH_URL is its address. Otherwise the
// error names the variable that is in the way of it.
func (c command) besideHalf(profiles Profiles) (Config, error) {
	list, _ := profiles.List() // a file that can't be read is no way out here
	at := slices.IndexFunc(list, func(p Profile) bool { return p.Default })
	switch {
	case at < 0:
		return Config{}, c.missing()
	case c.Token == "" && SameAddress(c.URL, list[at].URL):
		return c.with(list[at]), nil
	}
	missing, set, unset := "the token", EnvURL, EnvToken
	if c.URL == "" {
		missing, set, unset = "the instance's address", EnvToken, EnvURL
	}
	return Config{}, fmt.Errorf("%s is missing: %s is set without %s, so the default profile %s is not used: unset %[2]s, set %[3]s as well, "+
		"or name a profile with --profile", missing, set, unset, list[at].Name)
}

// SameAddress reports whether two addresses, as given, are surely those of one instance.
func SameAddress(a, b string) bool {
	u, errA := url.Parse(strings.TrimSpace(a))
	v, errB := url.Parse(strings.TrimSpace(b))
	if errA != nil || errB != nil || u.Host == "" || u.User != nil || v.User != nil || u.RawQuery != v.RawQuery {
		return false
	}
	return u.Scheme == v.Scheme && strings.EqualFold(u.Hostname(), v.Hostname()) && port(u) == port(v) && path(u) == path(v)
}

func port(u *url.URL) string {
	return cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
}

func path(u *url.URL) string {
	return strings.TrimRight(strings.TrimSuffix(strings.TrimRight(u.EscapedPath(), "/"), "/api"), "/")
}

// byDefault is the instance of the default profile.
func (c command) byDefault(profiles Profiles) (Config, error) {
	list, err := profiles.List()
	if err != nil {
		return Config{}, err
	}
	if at := slices.IndexFunc(list, func(p Profile) bool { return p.Default }); at >= 0 {
		return c.with(list[at]), nil
	}
	if len(list) > 0 {
		return c.Config, fmt.Errorf("%w: name a profile with --profile, or set default in %s", ErrNoInstance, profiles.Path())
	}
	return c.Config, fmt.Errorf("%w: set %s to its address and %s to an Admin's personal access token, or start it in a "+
		"terminal, which asks for both%s", ErrNoInstance, EnvURL, EnvToken, trying)
}

func (c command) with(p Profile) Config {
	c.URL, c.Token, c.TokenFile, c.Profile = "", "", "", p
	return c.Config
}

const trying = " (--demo tries the program without a server)"

// missing reports which half of an instance is not set.
func (c command) missing() error {
	if c.URL == "" {
		return fmt.Errorf("the instance's address is missing: set %s or use --url, or --profile for a profile%s", EnvURL, trying)
	}
	return fmt.Errorf("the token is missing: set %s to an Admin's personal access token or use --token-file, or --profile for a profile%s",
		EnvToken, trying)
}
