package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/pelletier/go-toml/v2"
)

// Profiles is the file of the remembered instances, and the places where their
// tokens are. Errors are sentences without any token.
type Profiles struct {
	path    string
	getenv  func(string) string
	hide    func(string) // takes a variable out of the environment
	keyring keyring
}

// OwnProfiles are those of the user who runs the program: profiles.toml in the
// folder unleash-invite of the user's config directory, by the XDG rules or as
// macOS and Windows have it.
func OwnProfiles() Profiles {
	folder := xdg.ConfigHome
	if _, err := os.UserHomeDir(); err != nil && !filepath.IsAbs(os.Getenv("XDG_CONFIG_HOME")) {
		folder = "" // xdg takes / for an unset HOME
	}
	return ProfilesIn(filepath.Join(folder, "unleash-invite", "profiles.toml"))
}

// ProfilesIn are those of the file, which need not exist.
func ProfilesIn(path string) Profiles {
	var env environment
	return Profiles{
		path:    path,
		getenv:  env.get,
		hide:    env.take,
		keyring: keyring{reachable: keyringReachable, patience: keyringTime, notice: waitingForKeyring},
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

// Notify reports whether the file wants the terminal to be told when somebody joins. A file that is wrong is refused by those
// who need its profiles.
func (p Profiles) Notify() bool {
	var d document
	text, err := p.read()
	return err == nil && toml.Unmarshal(text, &d) == nil && d.Notify
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
		return Profile{}, fmt.Errorf("there is no profile with that name: there are none in %s", place)
	}
	return Profile{}, fmt.Errorf("there is no profile with that name: %s has %s", place, strings.Join(names, ", "))
}

// Save keeps the token where the profile says, and then the profile, in place of
// one of the same name. The profile becomes the default one if it says so, or if
// it is the only one. Several programs may save at once: each waits for the others
// and keeps what they wrote. One that finds its profile changed meanwhile fails.
func (p Profiles) Save(ctx context.Context, profile Profile, token Secret) error {
	if profile.Source.Kind == InFile {
		profile.Source.Token = token
	}
	if err := profile.check(); err != nil {
		return fmt.Errorf("this can't be a profile, %w", err)
	}
	before, err := p.read()
	if err != nil {
		return err
	}
	if old, err := parseProfiles(before); err == nil && profile.SameWay(Profile{}) {
		at := slices.IndexFunc(old, func(o Profile) bool { return o.Name == profile.Name && SameAddress(o.URL, profile.URL) })
		if at >= 0 { // the screen doesn't ask for these
			profile.Secure, profile.Headers = old[at].Secure, old[at].Headers
		}
	}
	if _, err := withProfile(before, profile); err != nil {
		return p.about(err)
	}
	if err := p.keep(ctx, profile, token); err != nil {
		return err
	}
	err = p.write(ctx, profile, before)
	if _, ok := errors.AsType[*unwritableError](err); ok {
		err = fmt.Errorf("%w: write the profile into it yourself, each on a line of its own: %s", err, profile.shown())
	}
	if err != nil && profile.Source.Kind == InKeyring {
		return fmt.Errorf("the token is in the system keyring now, but %w", err)
	}
	return err
}

// write puts the profile into the file as it is now; before is its text when
// the save began.
func (p Profiles) write(ctx context.Context, profile Profile, before []byte) error {
	unlock, err := lock(ctx, p.path)
	if err != nil {
		return err
	}
	defer unlock()
	text, err := p.read()
	if err != nil {
		return err
	}
	if changed(before, text, profile.Name) {
		return fmt.Errorf("the profile %s was not saved: another unleash-invite has changed it in the meantime in %s", profile.Name, p.path)
	}
	if text, err = withProfile(text, profile); err != nil {
		return p.about(err)
	}
	return writePrivate(p.path, text)
}

// changed reports whether two texts differ in the profile of the name. Which one is
// the default doesn't count.
func changed(before, after []byte, name string) bool {
	var found [2]Profile
	for i, text := range [][]byte{before, after} {
		profiles, _ := parseProfiles(text) // withProfile returns the error
		for _, each := range profiles {
			if each.Name == name {
				found[i] = each
				found[i].Default = false
			}
		}
	}
	return !found[0].Equal(found[1])
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
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // as editors on Windows begin a file
	profiles, _ := parseProfiles(text)              // a file with an error is refused by those who use it
	if slices.ContainsFunc(profiles, Profile.secretsIn) {
		err = guardToken(p.path)
	}
	return text, err
}

// about says which file the error is about.
func (p Profiles) about(err error) error { return fmt.Errorf("%s %w", p.path, err) }
