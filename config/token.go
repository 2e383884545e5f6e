package config

import (
	"context"
	"errors"
	"fmt"

	"unleash-invite/paste"
)

// Token gets the profile's token from where it is kept, without the quotes or "Bearer " that it was pasted with. With
// ask, a user is at the terminal and no screen is on it: they are told that a locked keyring is waited for, and a command
// may ask them for a passphrase; without, it finds no terminal.
func (p Profiles) Token(ctx context.Context, profile Profile, ask bool) (Secret, error) {
	kept, err := p.kept(ctx, profile, ask)
	if err != nil {
		return "", err
	}
	token, err := paste.Token(string(kept))
	switch {
	case err != nil:
		return "", fmt.Errorf("the profile %s has %w", profile.Name, err)
	case token == "":
		return "", fmt.Errorf("the token of the profile %s is empty: put one in %s", profile.Name, profile.Source)
	}
	return Secret(token), nil
}

// kept is the text in which the token is kept.
func (p Profiles) kept(ctx context.Context, profile Profile, ask bool) (Secret, error) {
	switch s := profile.Source; s.Kind {
	case InKeyring:
		return p.keyring.get(ctx, profile, ask)
	case ByCommand:
		token, err := tokenByCommand(ctx, s.From, ask)
		if err != nil {
			return "", fmt.Errorf("the token_command of the profile %s %w", profile.Name, err)
		}
		return token, nil
	case InEnvironment:
		token := p.variable(s.From)
		if token == "" {
			return "", fmt.Errorf("the variable %s is not set, but the profile %s takes its token from it: set it, and start again",
				s.From, profile.Name)
		}
		return Secret(token), nil
	case InFile:
		return s.Token, nil
	default:
		return "", fmt.Errorf("the profile %s does not say where its token is", profile.Name)
	}
}

// Replace puts another token where the profile of the name keeps its own.
func (p Profiles) Replace(ctx context.Context, name string, token Secret) error {
	profile, err := p.Find(name)
	if err != nil {
		return err
	}
	if profile.Source.Kind == InKeyring { // the file stays as it is
		return p.keep(ctx, profile, token)
	}
	if profile.Source.Kind == InFile {
		return p.Save(ctx, profile, token)
	}
	return fmt.Errorf("the token of the profile %s comes from %s: put the new one there yourself", name, profile.Source)
}

// Replaceable reports whether a token that is kept there can be replaced by another one.
func (s Source) Replaceable() bool { return s.Kind == InKeyring || s.Kind == InFile }

// keep puts the token where the profile says, or makes sure that it comes from there.
func (p Profiles) keep(ctx context.Context, profile Profile, token Secret) error {
	switch s := profile.Source; s.Kind {
	case InKeyring:
		return p.keyring.set(ctx, profile, token)
	case ByCommand:
		got, err := tokenByCommand(ctx, s.From, false)
		switch {
		case err != nil:
			return fmt.Errorf("the command %w", err)
		case !same(got, token):
			return errors.New("the command printed another token than the one that was checked: its first line has to be the token")
		}
	case InEnvironment:
		if got := Secret(p.variable(s.From)); got != "" && !same(got, token) {
			return fmt.Errorf("the variable %s does not contain the token that was checked: give another name", s.From)
		}
	case InFile: // it is in the profile
	}
	return nil
}

// same reports whether the text holds the token.
func same(text, token Secret) bool {
	read, err := paste.Token(string(text))
	return err == nil && read == string(token)
}
