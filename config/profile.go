package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// Profile is a remembered instance without its credential.
type Profile struct {
	// Name is unique among the profiles.
	Name string
	// URL is the instance's address, as given.
	URL string
	// Source is where its token comes from.
	Source Source
	// Default reports whether it is the one to start with.
	Default bool
	// ReadOnly turns every write off; Production reports whether a mistake would be felt.
	ReadOnly, Production bool
	// Secure is how its server is told from others, where the system's settings don't do.
	Secure Secure
	// Headers go to the gateway in front of it, by their names.
	Headers []Header
}

// Equal reports whether two profiles are the same in everything.
func (p Profile) Equal(o Profile) bool {
	return p.Name == o.Name && p.URL == o.URL && p.Source == o.Source && p.Default == o.Default && p.ReadOnly == o.ReadOnly &&
		p.Production == o.Production && p.Secure == o.Secure && slices.Equal(p.Headers, o.Headers)
}

// SamePlace reports whether two profiles are surely of one instance: behind another socket, or under another name in a
// tunnel, the same address is another one's.
func (p Profile) SamePlace(o Profile) bool {
	return SameAddress(p.URL, o.URL) && p.Secure.UnixSocket == o.Secure.UnixSocket && p.Secure.ServerName == o.Secure.ServerName
}

// SameWay reports whether the ways to the server are the same.
func (p Profile) SameWay(o Profile) bool {
	return p.Secure == o.Secure && slices.Equal(p.Headers, o.Headers)
}

// Secure has the full paths of files in PEM, who the server's certificate has to be for, and the full path of the Unix
// socket that leads to it whatever its address.
type Secure struct {
	CAFile, ClientCertificate, ClientKey, ServerName, UnixSocket string
}

// Source says where a profile's token or the value of a header comes from.
type Source struct {
	Kind Kind
	// From is the command of ByCommand, for the shell, and the variable's name of InEnvironment.
	From string
	// Token is that of InFile; exported, so that it is never printed.
	Token Secret
}

// Kind is a sort of place for a token.
type Kind int

// The places for a token, and the keys that name them in the file.
const (
	InKeyring     Kind = iota + 1 // token_keyring = true
	ByCommand                     // token_command = "pass show unleash"
	InEnvironment                 // token_env = "ACME_TOKEN"
	InFile                        // token = "user:…"
)

// plainCommand is a program's name or path; anything else may hold a secret, as VARIABLE=secret does.
var plainCommand = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_./~-]{1,40}$`) })

// String says it in words for the screen. A command may hold a secret in its
// arguments, so it is called by its first word.
func (s Source) String() string {
	switch s.Kind {
	case InKeyring:
		return "the system keyring"
	case ByCommand:
		first, _, _ := strings.Cut(strings.TrimSpace(s.From), " ")
		if !plainCommand().MatchString(first) {
			return "a command"
		}
		return "the command " + first
	case InEnvironment:
		return "the variable " + s.From
	case InFile:
		return "the profiles file"
	default:
		return "nowhere"
	}
}

// document is the profiles file.
type document struct {
	Default  string  `toml:"default"`
	Notify   bool    `toml:"notify"`
	Profiles []entry `toml:"profile"`
}

// entry is a profile in the file.
type entry struct {
	Name         string `toml:"name"`
	URL          string `toml:"url"`
	TokenKeyring bool   `toml:"token_keyring"`
	TokenCommand string `toml:"token_command"`
	TokenEnv     string `toml:"token_env"`
	Token        string `toml:"token"`
	ReadOnly     bool   `toml:"read_only"`
	Production   bool   `toml:"production"`

	CAFile            string `toml:"ca_file"`
	ClientCertificate string `toml:"client_certificate"`
	ClientKey         string `toml:"client_key"`
	ServerName        string `toml:"server_name"`
	UnixSocket        string `toml:"unix_socket"`

	Headers map[string]any `toml:"headers"`
}

// parseProfiles reads the file's text. The error is a phrase about the file that
// repeats nothing of it but names, as there may be tokens in it.
func parseProfiles(text []byte) ([]Profile, error) {
	var d document
	in := toml.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(&d); err != nil {
		return nil, malformed(err)
	}
	var profiles []Profile
	for i, e := range d.Profiles {
		p, err := e.profile()
		switch {
		case err != nil && nameFault(e.Name) != nil:
			return nil, fmt.Errorf("is wrong in profile number %d, %w", i+1, err)
		case err != nil:
			return nil, fmt.Errorf("is wrong in the profile %s, %w", e.Name, err)
		case slices.ContainsFunc(profiles, func(other Profile) bool { return other.Name == p.Name }):
			return nil, fmt.Errorf("has two profiles called %s: give one of them another name", p.Name)
		}
		p.Default = p.Name == d.Default
		profiles = append(profiles, p)
	}
	known := slices.ContainsFunc(profiles, func(p Profile) bool { return p.Default })
	switch {
	case d.Default != "" && !known:
		return nil, errors.New("names a default profile that it does not have: set default to the name of one")
	case len(profiles) == 1:
		profiles[0].Default = true
	}
	return profiles, nil
}

// plainKey is a key that is surely a word of somebody's and no part of a token.
var plainKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z_-]{1,24}$`) })

// malformed says where the file is no TOML, or not of the shape it must have.
func malformed(err error) error {
	if unknown, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(unknown.Errors) > 0 {
		first := unknown.Errors[0]
		line, _ := first.Position()
		key, named := first.Key(), "a key"
		if last := key[len(key)-1]; plainKey().MatchString(last) {
			named = last
		}
		return fmt.Errorf("has %s in line %d, which has no meaning there: a [[profile]] has name, url, "+
			"token_keyring, token_command, token_env, token, read_only, production, ca_file, client_certificate, "+
			"client_key, server_name, unix_socket and headers, and default = \"NAME\" and notify = true stand above the first",
			named, line)
	}
	line := 1
	if broken, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ = broken.Position()
	}
	return fmt.Errorf("can't be read from line %d on: each key appears once in its [[profile]], texts are in quotes, as in "+
		`url = "https://flags.acme.io", and token_keyring, read_only and production are true or false`, line)
}

var errNoSource = errors.New("which needs exactly one of token_keyring = true, token_command, token_env and token")

func (e entry) profile() (Profile, error) {
	p := Profile{
		Name: e.Name, URL: e.URL, ReadOnly: e.ReadOnly, Production: e.Production,
		Secure: Secure{e.CAFile, e.ClientCertificate, e.ClientKey, e.ServerName, e.UnixSocket},
	}
	sources := []struct {
		given bool
		is    Source
	}{
		{e.TokenKeyring, Source{Kind: InKeyring}},
		{e.TokenCommand != "", Source{Kind: ByCommand, From: e.TokenCommand}},
		{e.TokenEnv != "", Source{Kind: InEnvironment, From: e.TokenEnv}},
		{e.Token != "", Source{Kind: InFile, Token: Secret(strings.TrimSpace(e.Token))}},
	}
	count := 0
	for _, s := range sources {
		if s.given {
			p.Source = s.is
			count++
		}
	}
	if count != 1 {
		return Profile{}, errNoSource
	}
	headers, err := headersOf(e.Headers)
	if err != nil {
		return Profile{}, err
	}
	p.Headers = headers
	return p, p.check()
}

// longestName is the most characters that a profile's name has: it is typed to confirm.
const longestName = 40

var variableName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`) })

// check says what is wrong with a profile, as a phrase that starts with which.
func (p Profile) check() error {
	if err := nameFault(p.Name); err != nil {
		return err
	}
	switch {
	case p.URL == "" || !printable(p.URL) || strings.Contains(p.URL, " "):
		return errors.New("which needs its address in url")
	case p.Source.Kind == 0:
		return errNoSource
	case p.Source.Kind == InEnvironment && !variableName().MatchString(p.Source.From):
		return errors.New("whose token_env has to be a variable's name, such as ACME_TOKEN")
	case p.Source.Kind == ByCommand && (strings.TrimSpace(p.Source.From) == "" || !printable(p.Source.From)):
		return errors.New("whose token_command has to be one line for the shell")
	case p.Source.Kind == InFile && !printable(string(p.Source.Token)):
		return errors.New("whose token contains characters that no token has")
	}
	return cmp.Or(p.Secure.check(), checkHeaders(p.Headers))
}

func (s Secure) check() error {
	for key, path := range map[string]string{
		"ca_file": s.CAFile, "client_certificate": s.ClientCertificate, "client_key": s.ClientKey, "unix_socket": s.UnixSocket,
	} {
		if path != "" && (!filepath.IsAbs(path) || !printable(path)) {
			return fmt.Errorf("whose %s has to be the full path of a file", key)
		}
	}
	switch {
	case (s.ClientCertificate == "") != (s.ClientKey == ""):
		return errors.New("which needs both of client_certificate and client_key, or neither")
	case !printable(s.ServerName) || strings.ContainsAny(s.ServerName, " /:"):
		return errors.New("whose server_name has to be a host's name")
	}
	return nil
}

func nameFault(name string) error {
	if name == "" || name != strings.TrimSpace(name) || !printable(name) || utf8.RuneCountInString(name) > longestName {
		return fmt.Errorf("which needs a name of 1 to %d printable characters", longestName)
	}
	return nil
}

// printable reports whether a text holds nothing that a terminal would obey or hide.
func printable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}
