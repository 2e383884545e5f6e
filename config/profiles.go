package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
)

// Profiles is the file of the remembered instances, and the places where their
// tokens are. Errors are sentences without any token.
type Profiles struct {
	path    string
	getenv  func(string) string
	keyring keyring
}

// OwnProfiles are those of the person who runs the program: profiles.toml in the
// folder unleash-invite of the user's config directory, by the XDG rules or as
// macOS and Windows have it.
func OwnProfiles() Profiles {
	return Profiles{
		path:    filepath.Join(xdg.ConfigHome, "unleash-invite", "profiles.toml"),
		getenv:  os.Getenv,
		keyring: keyring{reachable: keyringReachable, patience: keyringTime},
	}
}

// Path is where the file is, or would be.
func (p Profiles) Path() string { return p.path }

// List reads the file: its profiles in their order, none when there is no file.
func (p Profiles) List() ([]Profile, error) {
	text, err := p.read()
	if err != nil {
		return nil, err
	}
	profiles, err := parseProfiles(text)
	if err != nil {
		return nil, p.about(err)
	}
	return profiles, nil
}

// Find returns the profile of the name.
func (p Profiles) Find(name string) (Profile, error) {
	profiles, err := p.List()
	if err != nil {
		return Profile{}, err
	}
	return Named(profiles, name, p.path)
}

// Named returns the profile of the name. The error says which there are in the place.
func Named(profiles []Profile, name, place string) (Profile, error) {
	names := make([]string, len(profiles))
	for i, each := range profiles {
		if each.Name == name {
			return each, nil
		}
		names[i] = each.Name
	}
	// The name is not repeated: it may be a token that was put in the wrong place.
	if len(names) == 0 {
		return Profile{}, fmt.Errorf("there is no profile of that name: there are none in %s", place)
	}
	return Profile{}, fmt.Errorf("there is no profile of that name: %s has %s", place, strings.Join(names, ", "))
}

// Save keeps a profile, in place of one of the same name, and its token where the
// profile says. The profile becomes the default one if it says so, or if it is
// the only one.
func (p Profiles) Save(ctx context.Context, profile Profile, token Secret) error {
	if profile.Source.Kind == InFile {
		profile.Source.Token = token
	}
	if err := profile.check(); err != nil {
		return fmt.Errorf("this can't be a profile, %w", err)
	}
	text, err := p.read()
	if err != nil {
		return err
	}
	if text, err = withProfile(text, profile); err != nil {
		return p.about(err)
	}
	if err := p.keep(ctx, profile, token); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("the profile was not saved: %w", err)
	}
	return writePrivate(p.path, text)
}

// CanKeep says where a token can be kept on this machine, the safest place first.
func (p Profiles) CanKeep(ctx context.Context) []Kind {
	kinds := []Kind{ByCommand, InEnvironment, InFile}
	if p.keyring.usable(ctx) {
		kinds = append([]Kind{InKeyring}, kinds...)
	}
	return kinds
}

func (p Profiles) read() ([]byte, error) {
	if !filepath.IsAbs(p.path) {
		return nil, errors.New("there is no folder for profiles: set HOME or XDG_CONFIG_HOME to a full path")
	}
	text, err := readPrivate(p.path)
	return bytes.TrimPrefix(text, []byte("\ufeff")), err // as editors on Windows begin a file
}

// about says which file the error is about.
func (p Profiles) about(err error) error { return fmt.Errorf("%s %w", p.path, err) }
