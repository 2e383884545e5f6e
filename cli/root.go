package cli

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"unleash-invite/config"
)

const about = `In a terminal the program shows whether people can join the instance with the public invite link right now, until when, and
who has joined. From there the link is created, copied, extended, deleted and rotated: ? shows every key. With a command it is a
tool for scripts, cron, CI and runbooks. When standard output is not a terminal, it does what status does.

The token is a personal access token of a user with the root role Admin: in Unleash's Admin UI it is created under Profile, Personal API
tokens. It is never given on the command line.

Profiles are remembered instances. They are in unleash-invite/profiles.toml in the user's config directory; the program writes one when
you connect and let it remember the instance. --profile comes before UNLEASH_URL and UNLEASH_TOKEN, which come before UNLEASH_PROFILE. A
read_only profile stays read-only, whatever the flags say. Commands take several profiles, or --all.`

// exitCodes are the exit codes in words.
const exitCodes = `Exit codes:
  0      done, or people can join
  1      the server could not be asked, or the outcome is not known
  2      the command line or the configuration is wrong, or --yes is missing
  3      nobody can join (status, link)
  4      nothing to do: not due
  5      partly done: some of many instances failed, or a rotation broke off
  128+n  ended by signal n`

const examples = `  unleash-invite --demo
  unleash-invite status --json
  L=$(unleash-invite rotate -q --yes)
  unleash-invite rotate --yes --if-ends-within 48h
  pass show unleash | unleash-invite link --token-file -`

func (p *program) root() *cobra.Command {
	var tells bool
	root := &cobra.Command{
		Use: "unleash-invite", Short: "Show and manage the public invite link of an Unleash instance",
		Long:    "Show and manage the public invite link of an Unleash instance.\n\n" + about + "\n\n" + exitCodes,
		Example: examples, SilenceErrors: true, SilenceUsage: true,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return wrong(unknownCommand(c, args[0]))
			}
			if tells {
				return p.version()
			}
			return p.start(c.Context())
		},
	}
	// Not cobra's own: a template makes the linker keep every method there is, and the start a quarter slower.
	root.Flags().BoolVarP(&tells, "version", "v", false, "print the version")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return wrong(flagFault(err)) })
	p.flags.Register(root.PersistentFlags())
	flags := root.PersistentFlags()
	flags.BoolVar(&p.all, "all", false, "work on all profiles at once; repeat --profile NAME to name some")
	flags.BoolVar(&p.json, "json", false, "print JSON, one object per line; docs/schema.json describes it")
	flags.BoolVarP(&p.quiet, "quiet", "q", false, "print only the essential")
	if !p.commands(flags) {
		return root // without them the program starts sooner
	}
	root.AddCommand(p.statusCommand(), p.linkCommand(), p.listCommand(), p.joinedCommand(),
		p.createCommand(), p.expireCommand(), p.rotateCommand(), p.deleteCommand(), p.restoreCommand(), p.removeCommand(), p.watchCommand(),
		p.profilesCommand(), p.manCommand(), p.versionCommand())
	p.complete(root)
	fit(root)
	return root
}

// commands reports whether a command, or help that lists them, may be asked for: whether there is a word that is no flag's value.
func (p *program) commands(flags *pflag.FlagSet) bool {
	for i := 0; i < len(p.Args); i++ {
		word := p.Args[i]
		name, isFlag := strings.CutPrefix(word, "--")
		if !strings.HasPrefix(word, "-") || word == "-h" || name == "help" || word == "--" {
			return true
		}
		if f := flags.Lookup(name); isFlag && f != nil && f.NoOptDefVal == "" {
			i++ // its value
		}
	}
	return false
}

// start is the program without a command.
func (p *program) start(ctx context.Context) error {
	p.name, p.worst = "status", true
	if p.fleet() || p.json || p.quiet {
		return p.status(ctx)
	}
	c, err := config.Load(&p.flags, p.Getenv, p.Stdin, p.Profiles)
	if code, shown := p.Screen(c, err); shown {
		p.code = code
		return nil
	}
	if err != nil {
		return wrong(err)
	}
	return p.untilSignal(ctx, func(ctx context.Context) error { return p.each(ctx, c, nil, p.statusOf) })
}

// plainWord is a word that is surely no token.
var plainWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z-]{0,19}$`) })

func unknownCommand(c *cobra.Command, word string) error {
	if !plainWord().MatchString(word) {
		return errors.New("there is no such command: see --help")
	}
	meant := ""
	if near := c.SuggestionsFor(word); len(near) > 0 {
		meant = " (did you mean " + strings.Join(near, " or ") + "?)"
	}
	return fmt.Errorf("there is no command %s%s: see --help", word, meant)
}

// noArguments doesn't repeat the argument: it may be a token that was put in the wrong place.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return wrong(fmt.Errorf("too many arguments: %s takes only flags, see %s --help", c.Name(), c.CommandPath()))
}

// strict keeps cobra's own commands, help and completion, from taking any word, and from repeating it. They keep the output
// that the root has by now.
func strict(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Args = func(_ *cobra.Command, args []string) error {
				if found, _, _ := root.Find(args); len(args) > 0 && found == root {
					return wrong(unknownCommand(root, args[0]))
				}
				return nil
			}
		case "completion":
			for _, shell := range c.Commands() {
				shell.Args = noArguments
			}
			c.Args = cobra.ArbitraryArgs
			c.RunE = func(c *cobra.Command, args []string) error {
				if len(args) > 0 {
					return wrong(errors.New("there is no completion for that: name bash, zsh, fish or powershell"))
				}
				return c.Help()
			}
		}
	}
}

// flagFault reports what is wrong with a flag, never its value.
func flagFault(err error) error {
	var invalid *pflag.InvalidValueError
	var unknown *pflag.NotExistError
	var short *pflag.ValueRequiredError
	switch {
	case errors.As(err, &invalid):
		cause := invalid.Unwrap()
		if t := invalid.GetFlag().Value.Type(); cause == nil || t != "bool" && t != "time" && t != "file" && t != "span" {
			cause = errors.New("has an invalid value: see --help")
		} else if strings.Contains(cause.Error(), "parsing") {
			cause = errors.New("has to be 1 or 0")
		}
		return fmt.Errorf("--%s %w", invalid.GetFlag().Name, cause)
	case errors.As(err, &unknown) && unknown.GetSpecifiedName() == "token":
		return fmt.Errorf("there is no --token flag, since other users of this machine could read it: set %s or use --token-file",
			config.EnvToken)
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" && plainWord().MatchString(unknown.GetSpecifiedName()):
		return fmt.Errorf("there is no flag --%s: see --help", unknown.GetSpecifiedName())
	case errors.As(err, &unknown):
		return errors.New("there is an unknown flag: see --help")
	case errors.As(err, &short):
		return fmt.Errorf("--%s needs an argument: see --help", short.GetFlag().Name)
	}
	return errors.New("the flags can't be read: see --help")
}
