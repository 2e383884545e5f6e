// Package config says which Unleash instance is meant and where its credential
// comes from: flags first, then environment variables.
package config

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"
)

// The environment variables that are read.
const (
	EnvURL      = "UNLEASH_URL"
	EnvToken    = "UNLEASH_TOKEN"
	EnvReadOnly = "UNLEASH_READ_ONLY" // 1 or true
)

// Config is what the person asked for.
type Config struct {
	// URL is the instance's address, as given.
	URL string
	// Token is the credential of an Admin.
	Token Secret
	// ReadOnly turns every write off.
	ReadOnly bool
	// Demo asks for the instance in memory; URL and Token are then empty.
	Demo bool
	// Version asks for the program's version, and for nothing else.
	Version bool
}

// Secret is text that no formatting prints.
type Secret string

func (Secret) String() string { return "[redacted]" }

// GoString keeps %#v from printing it.
func (Secret) GoString() string { return "[redacted]" }

// ErrHelp says that the person asked for Usage.
var ErrHelp = flag.ErrHelp

// Usage explains the command line.
const Usage = `unleash-invite shows and manages the public invite link of an Unleash instance.

Usage:
  unleash-invite [flags]

Flags:
  --url URL          the instance's address (default: $UNLEASH_URL)
  --token-file FILE  read the token from the file, - is standard input
                     (default: the token in $UNLEASH_TOKEN)
  --demo             try it on an instance in memory; nothing is needed
  --read-only        change nothing (default: off, on with UNLEASH_READ_ONLY=1)
  --version          print the version
  --help             print this

The token is a personal access token of a user with the root role Admin: in
Unleash's Admin UI it is made under Profile, Personal API tokens.

When standard output is no terminal, the status is printed as plain text.
`

// maxToken bounds what is read as a token, in bytes.
const maxToken = 16 << 10

// Load reads the command line (without the program's name), the environment
// and, when asked for, the file of the token. The error is one sentence with
// what to set, or ErrHelp.
func Load(args []string, getenv func(string) string, stdin io.Reader) (Config, error) {
	var c Config
	flags := flag.NewFlagSet("unleash-invite", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.URL, "url", getenv(EnvURL), "")
	tokenFile := flags.String("token-file", "", "")
	flags.BoolVar(&c.Demo, "demo", false, "")
	readOnly, err := strconv.ParseBool(cmp.Or(getenv(EnvReadOnly), "0"))
	if err != nil {
		return Config{}, errors.New(EnvReadOnly + " is neither 1 nor 0: set it to one of them")
	}
	flags.BoolVar(&c.ReadOnly, "read-only", readOnly, "")
	flags.BoolVar(&c.Version, "version", false, "")
	if err := flags.Parse(args); err != nil {
		return Config{}, explain(err)
	}
	switch {
	case flags.NArg() > 0:
		// The argument is not repeated: it may be a token that was put in the wrong place.
		return Config{}, errors.New("there is an argument too many: unleash-invite takes flags only, see --help")
	case c.Version:
		return Config{Version: true}, nil
	case c.Demo:
		return Config{Demo: true, ReadOnly: c.ReadOnly}, nil
	}
	token := getenv(EnvToken)
	if *tokenFile != "" {
		var err error
		if token, err = readToken(*tokenFile, stdin); err != nil {
			return Config{}, err
		}
	}
	c.URL, c.Token = strings.TrimSpace(c.URL), Secret(strings.TrimSpace(token))
	return c, c.complete()
}

// explain puts the flag package's error into a sentence with a way out.
func explain(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return ErrHelp
	}
	if strings.HasSuffix(err.Error(), "not defined: -token") {
		return errors.New("there is no --token flag, since other users of this machine could read it: set " +
			EnvToken + " or use --token-file")
	}
	return fmt.Errorf("%w: see --help", err)
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
		return "", fmt.Errorf("%s is too long for a token: it has to hold the token and nothing else", name)
	case strings.TrimSpace(string(text)) == "":
		return "", fmt.Errorf("%s is empty: it has to hold the token", name)
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

func (c Config) complete() error {
	const trying = " (--demo tries the program without)"
	switch {
	case c.URL == "" && c.Token == "":
		return fmt.Errorf("no Unleash instance is set: set %s to its address and %s to an Admin's personal access token%s",
			EnvURL, EnvToken, trying)
	case c.URL == "":
		return fmt.Errorf("the instance's address is missing: set %s or use --url%s", EnvURL, trying)
	case c.Token == "":
		return fmt.Errorf("the token is missing: set %s to an Admin's personal access token or use --token-file%s", EnvToken, trying)
	}
	return nil
}
