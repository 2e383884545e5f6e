// Package config says which Unleash instance is meant and where its credential
// comes from: flags, environment variables, and the file of profiles.
package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"unleash-invite/paste"
)

// The environment variables that are read.
const (
	EnvURL      = "UNLEASH_URL"
	EnvToken    = "UNLEASH_TOKEN"
	EnvProfile  = "UNLEASH_PROFILE"
	EnvReadOnly = "UNLEASH_READ_ONLY" // 1 or true
	EnvMask     = "UNLEASH_MASK"      // 1 or true
)

// Config is the user's choice of instance, credential and behaviour.
type Config struct {
	// URL is the instance's address, as given.
	URL string
	// Token is the credential of an Admin.
	Token Secret
	// TokenFile is the file that Token was read from, - for standard input; empty where UNLEASH_TOKEN holds it.
	TokenFile string
	// Profile is the remembered instance that is meant instead of URL and Token; of
	// the demo's it is the name alone.
	Profile Profile
	// ReadOnly turns every write off, whatever a profile says.
	ReadOnly bool
	// Mask starts with the secrets of links masked.
	Mask bool
	// Notify asks for the bell and a notification when somebody joins, whatever the profiles file says.
	Notify bool
	// Demo asks for the instance in memory; URL and Token are then empty.
	Demo bool
	// DemoAt is when the demo's clock starts; zero is now.
	DemoAt time.Time
	// Debug gets the requests and answers; nil is nothing.
	Debug io.Writer
}

// Secret is text that no formatting prints.
type Secret string

func (Secret) String() string { return "[redacted]" }

// GoString keeps %#v from printing it.
func (Secret) GoString() string { return "[redacted]" }

// maxToken bounds what is read as a token, in bytes.
const maxToken = 16 << 10

// Load takes what the flags say and reads the environment and, as far as they leave it open, the
// file of the token and the profiles. The error is one sentence with what to set. With ErrNoInstance
// the rest of the Config holds.
func Load(flags *Flags, getenv func(string) string, stdin io.Reader, profiles Profiles) (Config, error) {
	c, err := flags.withEnvironment(getenv)
	switch {
	case err != nil:
		return Config{}, err
	case c.Demo:
		d := Config{Demo: true, DemoAt: c.DemoAt, Debug: c.Debug, ReadOnly: c.ReadOnly, Mask: c.Mask, Notify: c.Notify}
		if c.typed.profile {
			d.Profile.Name = c.profile
		}
		return d, nil
	}
	token := getenv(EnvToken)
	if c.tokenFile != "" {
		if token, err = readToken(c.tokenFile, stdin); err != nil {
			return Config{}, err
		}
		c.TokenFile = c.tokenFile
	}
	read, unread := paste.Token(token)
	if unread != nil {
		read = token // it may not be needed
	}
	c.URL, c.Token = strings.TrimSpace(c.URL), Secret(read)
	chosen, err := c.choose(profiles)
	if err == nil && unread != nil && chosen.Profile.Name == "" {
		from := EnvToken
		if c.tokenFile != "" {
			from = "the token file"
		}
		return Config{}, fmt.Errorf("%s contains %w", from, unread)
	}
	return chosen, err
}

// ReadTokenFile reads the token of a Config's TokenFile again.
func ReadTokenFile(path string) (Secret, error) {
	text, err := readToken(path, nil)
	if err != nil {
		return "", err
	}
	token, err := paste.Token(text)
	if err != nil {
		return "", fmt.Errorf("the token file contains %w", err)
	}
	return Secret(token), nil
}

func readToken(path string, stdin io.Reader) (string, error) {
	from, name := stdin, "standard input"
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return "", unreadable("the token file", err)
		}
		defer func() { _ = file.Close() }()
		from, name = file, "the token file"
	} else if file, ok := stdin.(*os.File); ok && term.IsTerminal(file.Fd()) {
		return "", errors.New("standard input is a terminal, which would show the token: pipe it in, or give a file")
	}
	text, err := io.ReadAll(io.LimitReader(from, maxToken+1))
	switch {
	case err != nil:
		return "", unreadable(name, err)
	case len(text) > maxToken:
		return "", fmt.Errorf("%s is too long for a token: it must contain the token and nothing else", name)
	case strings.TrimSpace(string(text)) == "":
		return "", fmt.Errorf("%s is empty: it must contain the token", name)
	}
	return string(text), nil
}

// unreadable leaves the file's name out, which may be a token in the wrong place.
func unreadable(name string, err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err
	}
	return fmt.Errorf("%s can't be read (%w): give another with --token-file, or set %s", name, err, EnvToken)
}
