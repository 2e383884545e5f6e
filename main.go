// Command unleash-invite shows and manages the public invite link of an
// Unleash instance in a terminal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"unleash-invite/build"
	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/exit"
	"unleash-invite/instances"
	"unleash-invite/manual"
	"unleash-invite/tui"
	"unleash-invite/tui/clipboard"
	"unleash-invite/tui/session"
	"unleash-invite/tui/terminal"
)

func main() {
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
	_ = config.NoCoreDumps() // where the system refuses, the program is of use all the same
	own := config.OwnProfiles()
	c, err := config.Load(os.Args[1:], os.Getenv, os.Stdin, own)
	ask := errors.Is(err, config.ErrNoInstance) && interactive() && term.IsTerminal(os.Stdin.Fd())
	if err != nil && !ask {
		return exit.Complain(exit.Usage, err)
	}
	text, asked, err := about(c, own)
	switch {
	case err != nil:
		return exit.Complain(exit.Usage, err)
	case asked:
		if _, err := fmt.Print(text); err != nil {
			return exit.Complain(exit.Failure, err)
		}
		return exit.OK
	}
	log.SetOutput(io.Discard) // net/http writes there, and it would smear the screen
	own.HideTokens()
	now := clock(c)
	known := known(c, own, now)
	options := tui.Options{Instances: shown{known}, ReadOnly: c.ReadOnly, Masked: c.Mask, Now: now, Location: time.Local, Environ: os.Environ()}
	if ask {
		list, _ := known.Profiles() // were they not readable, Load had said so
		options.Choose = len(list) > 0
		return show(options)
	}
	first, err := known.First(context.Background(), c, term.IsTerminal(os.Stdin.Fd()))
	if err != nil {
		return exit.Complain(exit.Usage, err)
	}
	options.Instance = onScreen(first)
	if !interactive() {
		return printStatus(options.Instance, now, c.Mask)
	}
	return show(options)
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
	version := client.WithVersion(build.This().Version)
	if c.Demo {
		return instances.OfDemo(now, !c.DemoAt.IsZero(), version)
	}
	return instances.OfProfiles(own, version)
}

// printStatus is for whoever can't have the screen.
func printStatus(on session.Instance, now func() time.Time, masked bool) int {
	if err := tui.PrintStatus(context.Background(), os.Stdout, on, now, masked); err != nil {
		return exit.Complain(exit.Failure, err)
	}
	return exit.OK
}

func show(o tui.Options) int {
	farewell, failed, err := tui.Run(o, os.Stdout)
	return exit.AfterScreen(farewell, failed, err)
}

// shown are the instances as the screens know them.
type shown struct{ *instances.Instances }

func onScreen(i instances.Instance) session.Instance {
	if i.Client == nil {
		return session.Instance{}
	}
	return session.Instance{
		API: i.Client, Host: i.Host, Address: i.Address, Profile: i.Profile, ReadOnly: i.ReadOnly, Production: i.Production,
	}
}

// Profiles implements session.Instances.
func (s shown) Profiles() ([]session.Profile, error) {
	list, err := s.Instances.Profiles()
	profiles := make([]session.Profile, len(list))
	for n, p := range list {
		profiles[n] = session.Profile{
			Name: p.Name, Address: p.URL, TokenFrom: p.Source.String(), MayAsk: p.Source.Kind == config.ByCommand,
			Default: p.Default, ReadOnly: p.ReadOnly, Production: p.Production,
		}
	}
	return profiles, err
}

// Open implements session.Instances.
func (s shown) Open(ctx context.Context, profile string, ask bool) (session.Instance, error) {
	i, err := s.Instances.Open(ctx, profile, ask)
	return onScreen(i), err
}

// SignIn implements session.Instances.
func (s shown) SignIn(ctx context.Context, address, token string) (session.SignedIn, error) {
	i, user, server, err := s.Instances.SignIn(ctx, address, token)
	return session.SignedIn{Instance: onScreen(i), User: user, Server: server}, err
}

// Remember implements session.Instances.
func (s shown) Remember(ctx context.Context, r session.Remembering) error {
	kinds := map[session.Keep]config.Kind{
		session.KeepInKeyring: config.InKeyring, session.KeepInCommand: config.ByCommand,
		session.KeepInEnvironment: config.InEnvironment, session.KeepInFile: config.InFile,
	}
	return s.Instances.Remember(ctx, config.Profile{
		Name: r.Name, URL: r.Address, Source: config.Source{Kind: kinds[r.Keep], From: r.From},
		Default: r.Default, ReadOnly: r.ReadOnly, Production: r.Production,
	}, config.Secret(r.Token))
}

// CanKeep implements session.Instances.
func (s shown) CanKeep(ctx context.Context) []session.Keep {
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

// about is the text that is asked for instead of the status, if one is.
func about(c config.Config, own config.Profiles) (text string, asked bool, err error) {
	switch {
	case c.Help:
		return manual.Help(), true, nil
	case c.Version:
		return build.This().String(), true, nil
	case c.Man:
		b := build.This()
		return manual.Page(b.Version, b.Day()), true, nil
	case c.Completion != "":
		return manual.Completion(c.Completion), true, nil
	case c.Profiles:
		text, err := names(own)
		return text, true, err
	}
	return "", false, nil
}

// names are those of the profiles, a line each.
func names(own config.Profiles) (string, error) {
	profiles, err := own.List()
	var lines strings.Builder
	for _, p := range profiles {
		lines.WriteString(p.Name + "\n")
	}
	return lines.String(), err
}
