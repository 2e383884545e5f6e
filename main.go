// Command unleash-invite shows and manages the public invite link of an
// Unleash instance in a terminal.
package main

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"runtime/debug"
	"time"

	"before"

	"github.com/charmbracelet/x/term"

	"unleash-invite/build"
	"unleash-invite/cli"
	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/exit"
	"unleash-invite/instances"
	"unleash-invite/tui"
	"unleash-invite/tui/clipboard"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/session"
	"unleash-invite/tui/terminal"
)

func main() {
	before.Main()
	debug.SetMemoryLimit(256 << 20) // a list of 128 MiB took up to 550 without it
	if len(os.Args) == 2 && os.Args[1] == clipboard.Argument {
		os.Exit(copyInput())
	}
	os.Exit(start())
}

// copyInput returns what the program starts itself for, see clipboard.Argument.
func copyInput() int {
	if err := clipboard.WriteInput(os.Stdin); err != nil {
		return exit.Complain(exit.Failure, err)
	}
	return exit.OK
}

func start() int {
	_ = config.NoCoreDumps() // where the system refuses, the program is of use anyway
	own := config.OwnProfiles()
	return cli.Run(cli.Options{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv,
		Profiles: own, Clock: clock, Plain: screen.Plain,
		Connect: func(c config.Config, now func() time.Time) cli.Instances { return scripted{connect(c, own, now)} },
		Screen:  func(c config.Config, err error) (int, bool) { return startScreen(c, err, own) },
	})
}

// startScreen shows the program, where there is a terminal for it. Without an instance it asks for one.
func startScreen(c config.Config, err error, own config.Profiles) (code int, shown bool) {
	ask := errors.Is(err, config.ErrNoInstance) && term.IsTerminal(os.Stdin.Fd())
	if err != nil && !ask || !interactive() {
		return 0, false
	}
	now := clock(c)
	known := connect(c, own, now)
	options := tui.Options{
		Instances: onTerminal{known}, ReadOnly: c.ReadOnly, Masked: c.Mask, Notify: c.Notify || !c.Demo && own.Notify(),
		Now: now, Location: time.Local, Environ: os.Environ(), Debug: c.Debug,
	}
	if ask {
		list, _ := known.Profiles() // were they not readable, Load had said so
		options.Choose = len(list) > 0
		return show(options), true
	}
	first, err := known.First(context.Background(), c, term.IsTerminal(os.Stdin.Fd()))
	if err != nil {
		return exit.Complain(exit.Usage, err), true
	}
	options.Instance = onScreen(first)
	return show(options), true
}

// connect makes the instances ready, and keeps what is started from here on from getting a token.
func connect(c config.Config, own config.Profiles, now func() time.Time) *instances.Instances {
	log.SetOutput(io.Discard) // net/http writes there, and it would smear the screen
	own.HideTokens()
	return known(c, own, now)
}

// scripted are the instances as the commands know them.
type scripted struct{ *instances.Instances }

// First implements cli.Instances.
func (s scripted) First(ctx context.Context, c config.Config) (cli.Instance, error) {
	i, err := s.Instances.First(ctx, c, term.IsTerminal(os.Stdin.Fd()))
	return inScript(i), err
}

// Open implements cli.Instances. Among many nothing is asked.
func (s scripted) Open(ctx context.Context, profile string) (cli.Instance, error) {
	i, err := s.Instances.Open(ctx, profile, false)
	return inScript(i), err
}

func inScript(i instances.Instance) cli.Instance {
	return cli.Instance{
		API: i.Client, Host: i.Host, Address: i.Address, Profile: i.Profile, ReadOnly: i.ReadOnly, Production: i.Production,
	}
}

// interactive reports whether there is a terminal to show the program on, and one to type on.
func interactive() bool {
	return term.IsTerminal(os.Stdout.Fd()) && terminal.Draws(os.Environ()) && terminal.HasKeyboard()
}

// clock is the time of day, or with --demo-at one that starts then and runs on.
func clock(c config.Config) func() time.Time {
	if c.DemoAt.IsZero() {
		return time.Now
	}
	began := time.Now()
	return func() time.Time { return c.DemoAt.Add(time.Since(began)) }
}

// known are the instances of the user's profiles, or the demo's.
func known(c config.Config, own config.Profiles, now func() time.Time) *instances.Instances {
	options := []client.Option{client.WithVersion(build.This().Version)}
	if c.Debug != nil {
		options = append(options, client.WithDebug(c.Debug))
	}
	if c.Demo {
		return instances.OfDemo(now, !c.DemoAt.IsZero(), options...)
	}
	return instances.OfProfiles(own, options...)
}

func show(o tui.Options) int {
	farewell, failed, err := tui.Run(o, os.Stdout)
	return exit.AfterScreen(farewell, failed, err)
}

// onTerminal are the instances as the screens know them.
type onTerminal struct{ *instances.Instances }

func onScreen(i instances.Instance) session.Instance {
	if i.Client == nil {
		return session.Instance{}
	}
	return session.Instance{
		API: i.Client, Host: i.Host, Address: i.Address, Profile: i.Profile, ReadOnly: i.ReadOnly, Production: i.Production, Way: i.Way,
		Demo: i.Demo,
	}
}

// Profiles implements session.Instances.
func (s onTerminal) Profiles() ([]session.Profile, error) {
	list, err := s.Instances.Profiles()
	profiles := make([]session.Profile, len(list))
	for n, p := range list {
		profiles[n] = session.Profile{
			Name: p.Name, Address: p.URL, TokenFrom: p.Source.String(), MayAsk: p.Asks(),
			Default: p.Default, ReadOnly: p.ReadOnly, Production: p.Production, KeepsToken: p.Source.Replaceable(),
		}
	}
	return profiles, err
}

// Open implements session.Instances.
func (s onTerminal) Open(ctx context.Context, profile string, ask bool) (session.Instance, error) {
	i, err := s.Instances.Open(ctx, profile, ask)
	return onScreen(i), err
}

// SignIn implements session.Instances.
func (s onTerminal) SignIn(ctx context.Context, address, token string) (session.SignedIn, error) {
	i, user, server, err := s.Instances.SignIn(ctx, address, token)
	return session.SignedIn{Instance: onScreen(i), User: user, Server: server}, err
}

// Remember implements session.Instances.
func (s onTerminal) Remember(ctx context.Context, r session.Remembering) error {
	kinds := map[session.Keep]config.Kind{
		session.KeepInKeyring: config.InKeyring, session.KeepInCommand: config.ByCommand,
		session.KeepInEnvironment: config.InEnvironment, session.KeepInFile: config.InFile,
	}
	return s.Instances.Remember(ctx, config.Profile{
		Name: r.Name, URL: r.Address, Source: config.Source{Kind: kinds[r.Keep], From: r.From},
		Default: r.Default, ReadOnly: r.ReadOnly, Production: r.Production,
	}, config.Secret(r.Token))
}

// KeepToken implements session.Instances.
func (s onTerminal) KeepToken(ctx context.Context, profile, token string) error {
	return s.Instances.KeepToken(ctx, profile, config.Secret(token))
}

// CanKeep implements session.Instances.
func (s onTerminal) CanKeep(ctx context.Context) []session.Keep {
	kept := map[config.Kind]session.Keep{
		config.InKeyring: session.KeepInKeyring, config.ByCommand: session.KeepInCommand,
		config.InEnvironment: session.KeepInEnvironment, config.InFile: session.KeepInFile,
	}
	var keep []session.Keep
	for _, kind := range s.Instances.CanKeep(ctx) {
		keep = append(keep, kept[kind])
	}
	return keep
}
