package config

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/pflag"
)

// Flags are the flags that tell the instance and how to show it, as they stand on the command line.
type Flags struct {
	set *pflag.FlagSet

	url, tokenFile       string
	profiles             []string
	readOnly, mask, demo bool
	notify               bool
	demoAt               time.Time
	debug                debugFile
}

// Register adds the flags to the set that is about to be parsed.
func (f *Flags) Register(set *pflag.FlagSet) {
	f.set = set
	set.StringVar(&f.url, "url", "", "the instance's `URL` (default: $"+EnvURL+")")
	set.StringVar(&f.tokenFile, "token-file", "",
		"read the token from the `FILE`, - is standard input (default: the token in $"+EnvToken+")")
	set.StringArrayVar(&f.profiles, "profile", nil, "the remembered instance with that `NAME` (default: $"+EnvProfile+
		", or the default profile, if neither $"+EnvURL+" nor $"+EnvToken+" is set)")
	f.toggle(&f.readOnly, "read-only", "change nothing (default: off, on with "+EnvReadOnly+"=1)")
	f.toggle(&f.mask, "mask", "mask the links' secrets and the e-mails, for a screen that others see (default: off, on with "+EnvMask+"=1)")
	f.toggle(&f.notify, "notify", "ring, and show a notification if the terminal can, when somebody joins or the link is about to stop "+
		"working (default: off, on with notify = true in the profiles file)")
	f.toggle(&f.demo, "demo", "try it on an instance in memory; no server is needed")
	set.Var(&f.debug, "debug", "write requests, answers, their times and keys to the `FILE`, without secrets, for a bug report")
	set.Var((*instant)(&f.demoAt), "demo-at", "--demo as if it were that `TIME`, such as 2026-11-23T16:00:00Z, and with the same "+
		"secrets each time: for recordings")
}

func (f *Flags) toggle(to *bool, name, usage string) {
	f.set.Var((*toggle)(to), name, usage)
	f.set.Lookup(name).NoOptDefVal = "true"
}

// toggle is a bool whose error says what to write, and never repeats the value, which may be a token in the wrong place.
type toggle bool

// Set implements pflag.Value.
func (t *toggle) Set(value string) error {
	parsed, err := strconv.ParseBool(value)
	if err != nil {
		return errors.New("has to be 1 or 0")
	}
	*t = toggle(parsed)
	return nil
}

// String implements pflag.Value.
func (t *toggle) String() string { return strconv.FormatBool(bool(*t)) }

// Type implements pflag.Value.
func (t *toggle) Type() string { return "bool" }

// instant is a time in RFC 3339.
type instant time.Time

// Set implements pflag.Value.
func (i *instant) Set(value string) error {
	at, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return errors.New("takes a time such as 2026-11-23T16:00:00Z")
	}
	*i = instant(at)
	return nil
}

// String implements pflag.Value.
func (i *instant) String() string {
	if time.Time(*i).IsZero() {
		return ""
	}
	return time.Time(*i).Format(time.RFC3339)
}

// Type implements pflag.Value.
func (i *instant) Type() string { return "time" }

// Variable is an environment variable that the program reads.
type Variable struct {
	Name string
	// Meaning is a phrase that starts small.
	Meaning string
}

// Variables returns the variables that are read, those of the flags first.
func Variables() []Variable {
	return []Variable{
		{EnvURL, "the instance's address"},
		{EnvProfile, "the remembered instance with that name"},
		{EnvReadOnly, "1 means --read-only: change nothing"},
		{EnvMask, "1 means --mask: mask the links' secrets and the e-mails"},
		{EnvToken, "the token, where --token-file is not given"},
		{"HTTPS_PROXY", "the proxy to reach the instance by"},
		{"HTTP_PROXY", "the same for an address with http://"},
		{"ALL_PROXY", "the same, if those are not set"},
		{"NO_PROXY", "hosts that are reached without a proxy"},
		{"SSL_CERT_FILE", "a file of certificate authorities, in place of the system's"},
		{"SSL_CERT_DIR", "a folder of them"},
		{"XDG_CONFIG_HOME", "the folder that contains the profiles' folder"},
		{"NO_COLOR", "no colours, if it is set to anything"},
		{"CLICOLOR", "0 means no colours"},
		{"ACCESSIBLE", "1 means words in place of drawings, for screen readers"},
	}
}

// command holds the values of the command line and the environment.
type command struct {
	Config
	tokenFile string
	profile   string
	typed     typed
}

// typed says which of the flags that name an instance stood on the command line.
type typed struct{ url, tokenFile, profile bool }

// withEnvironment returns what the flags say, and where they say nothing, the environment.
func (f *Flags) withEnvironment(getenv func(string) string) (command, error) {
	c := command{
		Config: Config{
			URL: f.url, ReadOnly: f.readOnly, Mask: f.mask, Notify: f.notify, Demo: f.demo || !f.demoAt.IsZero(), DemoAt: f.demoAt,
			Debug: f.debug.to,
		},
		tokenFile: f.tokenFile,
		typed:     typed{url: f.set.Changed("url"), tokenFile: f.set.Changed("token-file"), profile: f.set.Changed("profile")},
	}
	if !c.typed.url {
		c.URL = getenv(EnvURL)
	}
	if c.profile = getenv(EnvProfile); c.typed.profile {
		c.profile = f.profiles[len(f.profiles)-1]
	}
	for _, each := range []struct {
		flag, name string
		to         *bool
	}{{"read-only", EnvReadOnly, &c.ReadOnly}, {"mask", EnvMask, &c.Mask}} {
		value := getenv(each.name)
		if f.set.Changed(each.flag) || value == "" {
			continue
		}
		if err := (*toggle)(each.to).Set(value); err != nil {
			return command{}, fmt.Errorf("%s %w", each.name, err)
		}
	}
	return c, nil
}

// Fleet returns what holds for many instances at once: the Config without an instance of its own, and the names of the
// profiles that --profile gave. Of the environment and the flags that name one instance none is used.
func (f *Flags) Fleet(getenv func(string) string) (Config, []string, error) {
	c, err := f.withEnvironment(getenv)
	switch {
	case err != nil:
		return Config{}, nil, err
	case c.typed.url || c.typed.tokenFile:
		return Config{}, nil, errors.New("many profiles have their own addresses and tokens: leave out --url and --token-file")
	}
	c.URL = ""
	return c.Config, f.profiles, nil
}

// Profiles are the names that --profile gave.
func (f *Flags) Profiles() []string { return f.profiles }

// Anywhere is the Config without any instance.
func (f *Flags) Anywhere(getenv func(string) string) (Config, error) {
	c, err := f.withEnvironment(getenv)
	c.URL = ""
	return c.Config, err
}
