package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Flag is one flag of the command line. What the program accepts, --help, the man page and the completions are all made
// from Flags, so that they agree.
type Flag struct {
	// Name holds what is typed after the two dashes.
	Name string
	// Argument holds what the flag's argument is called, such as FILE; a switch has none.
	Argument string
	// Env is the variable that stands for the flag where the flag is not given; some have none.
	Env string
	// Meaning holds what the flag does, as a phrase that starts small.
	Meaning string
	// Default holds what holds without the flag, in words, where neither Env nor common sense says it.
	Default string
	// Choices are the values that the argument may take; none means that any may do.
	Choices []string
	// Values holds what else a shell proposes for the argument.
	Values Values

	// set takes the value over: for a switch that is true or false. Its error continues "--name " and never repeats
	// the value, which may be a token in the wrong place.
	set func(c *command, value string) error
}

// Values says what a shell can propose for a flag's argument.
type Values int

// What a shell can propose.
const (
	NoValues Values = iota
	Files
	ProfileNames
)

// Shells returns the shells that there are completions for.
func Shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

// command holds what the command line and the environment say.
type command struct {
	Config
	tokenFile string
	profile   string
	typed     typed
}

// typed says which of the flags that name an instance stood on the command line.
type typed struct{ url, tokenFile, profile bool }

// prints tells whether a text is asked for, and nothing else.
func (c command) prints() bool {
	return c.Help || c.Version || c.Man || c.Profiles || c.Completion != ""
}

// Flags returns the flags in the order in which they are told.
func Flags() []Flag {
	return []Flag{
		{Name: "url", Argument: "URL", Env: EnvURL, Meaning: "the instance's address",
			set: func(c *command, value string) error { c.URL = value; return nil }},
		{Name: "token-file", Argument: "FILE", Values: Files, Default: "the token in $" + EnvToken,
			Meaning: "read the token from the file, - is standard input",
			set:     func(c *command, value string) error { c.tokenFile = value; return nil }},
		{Name: "profile", Argument: "NAME", Env: EnvProfile, Values: ProfileNames, Meaning: "the remembered instance of that name",
			Default: "$" + EnvProfile + ", or the default profile, where neither of the two above is set",
			set:     func(c *command, value string) error { c.profile = value; return nil }},
		{Name: "read-only", Env: EnvReadOnly, Meaning: "change nothing",
			set: func(c *command, value string) error { return setBool(&c.ReadOnly, value) }},
		{Name: "mask", Env: EnvMask, Meaning: "start with the links' secrets masked, for a screen that others see",
			set: func(c *command, value string) error { return setBool(&c.Mask, value) }},
		{Name: "demo", Meaning: "try it on an instance in memory; nothing is needed",
			set: func(c *command, value string) error { return setBool(&c.Demo, value) }},
		{Name: "demo-at", Argument: "TIME", Meaning: "--demo as if it were that time, such as 2026-11-23T16:00:00Z, and with the same " +
			"secrets each time: for recordings",
			set: setDemoAt},
		{Name: "profiles", Meaning: "print the names of the remembered instances, one a line",
			set: func(c *command, value string) error { return setBool(&c.Profiles, value) }},
		{Name: "completion", Argument: "SHELL", Choices: Shells(), Meaning: "print the completions for bash, zsh, fish or powershell",
			set: setCompletion},
		{Name: "man", Meaning: "print the man page",
			set: func(c *command, value string) error { return setBool(&c.Man, value) }},
		{Name: "version", Meaning: "print the version",
			set: func(c *command, value string) error { return setBool(&c.Version, value) }},
		{Name: "help", Meaning: "print this help",
			set: func(c *command, value string) error { return setBool(&c.Help, value) }},
	}
}

func setBool(to *bool, value string) error {
	parsed, err := strconv.ParseBool(value)
	if err != nil {
		return errors.New("is neither 1 nor 0: set it to one of them")
	}
	*to = parsed
	return nil
}

func setDemoAt(c *command, value string) error {
	at, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return errors.New("takes a time such as 2026-11-23T16:00:00Z")
	}
	c.DemoAt, c.Demo = at, true
	return nil
}

func setCompletion(c *command, value string) error {
	if !slices.Contains(Shells(), value) {
		return errors.New("takes one of " + strings.Join(Shells(), ", "))
	}
	c.Completion = value
	return nil
}

// Variable is an environment variable that the program reads.
type Variable struct {
	Name string
	// Meaning is a phrase that starts small.
	Meaning string
}

// Variables returns the variables that are read, those of the flags first.
func Variables() []Variable {
	var variables []Variable
	for _, f := range Flags() {
		switch {
		case f.Env == "":
		case f.Argument == "":
			variables = append(variables, Variable{f.Env, "1 means --" + f.Name + ": " + f.Meaning})
		default:
			variables = append(variables, Variable{f.Env, f.Meaning})
		}
	}
	return append(variables,
		Variable{EnvToken, "the token, where --token-file is not given"},
		Variable{"HTTPS_PROXY", "the proxy to reach the instance by; HTTP_PROXY and NO_PROXY are honoured, too"},
		Variable{"NO_COLOR", "no colours, when it is set to anything"})
}

// parse reads the command line (without the program's name) and, for flags that are not in it, the environment.
func parse(args []string, getenv func(string) string) (command, error) {
	given, err := split(args)
	if err != nil {
		return command{}, err
	}
	has := func(name string) bool { _, ok := given[name]; return ok }
	c := command{typed: typed{url: has("url"), tokenFile: has("token-file"), profile: has("profile")}}
	for _, f := range Flags() {
		if value, ok := given[f.Name]; ok {
			if err := f.set(&c, value); err != nil {
				return command{}, fmt.Errorf("--%s %w", f.Name, err)
			}
		}
	}
	if c.prints() {
		return c, nil // a broken environment is no reason to keep these back
	}
	for _, f := range Flags() {
		if _, ok := given[f.Name]; ok || f.Env == "" {
			continue
		}
		if value := getenv(f.Env); value != "" {
			if err := f.set(&c, value); err != nil {
				return command{}, fmt.Errorf("%s %w", f.Env, err)
			}
		}
	}
	return c, nil
}

// split returns the flags of the command line with their values as given; the last of several counts.
func split(args []string) (map[string]string, error) {
	given := map[string]string{}
	set := flag.NewFlagSet("unleash-invite", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	for _, f := range Flags() {
		keep := func(value string) error { given[f.Name] = value; return nil }
		if f.Argument == "" {
			set.BoolFunc(f.Name, "", keep)
		} else {
			set.Func(f.Name, "", keep)
		}
	}
	switch err := set.Parse(args); {
	case errors.Is(err, flag.ErrHelp): // -h, which is not in the table
		given["help"] = "true"
	case err != nil && strings.HasSuffix(err.Error(), "not defined: -token"):
		return nil, errors.New("there is no --token flag, since other users of this machine could read it: set " +
			EnvToken + " or use --token-file")
	case err != nil:
		return nil, fmt.Errorf("%w: see --help", err)
	case set.NArg() > 0:
		// The argument is not repeated: it may be a token that was put in the wrong place.
		return nil, errors.New("there is an argument too many: unleash-invite takes flags only, see --help")
	}
	return given, nil
}
