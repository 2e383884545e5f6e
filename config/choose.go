package config

import (
	"errors"
	"fmt"
	"slices"
)

// ErrNoInstance says that nothing at all tells which instance is meant, so that a
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
//  5. the default profile, where none of these is set.
func (c command) choose(profiles Profiles) (Config, error) {
	half := c.typed.url || c.typed.tokenFile
	switch {
	case c.typed.profile && half:
		return Config{}, errors.New("--profile says both the address and the token: leave out --url and --token-file, or --profile")
	case c.typed.profile:
		return c.named(profiles, "--profile")
	case c.URL != "" && c.Token != "":
		return c.Config, nil
	case c.profile != "" && !half:
		return c.named(profiles, EnvProfile)
	case c.URL != "" || c.Token != "" || half:
		return Config{}, c.missing()
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
	c.URL, c.Token, c.Profile = "", "", p
	return c.Config
}

const trying = " (--demo tries the program without)"

// missing tells which half of an instance is not set.
func (c command) missing() error {
	if c.URL == "" {
		return fmt.Errorf("the instance's address is missing: set %s or use --url, or --profile for a profile%s", EnvURL, trying)
	}
	return fmt.Errorf("the token is missing: set %s to an Admin's personal access token or use --token-file, or --profile for a profile%s",
		EnvToken, trying)
}
