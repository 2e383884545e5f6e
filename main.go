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
	"time"

	"github.com/charmbracelet/x/term"

	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/tui"
	"unleash-invite/tui/clipboard"
	"unleash-invite/tui/terminal"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == clipboard.Argument {
		os.Exit(copyInput())
	}
	os.Exit(start())
}

// copyInput is what the program starts itself for, see clipboard.Argument.
func copyInput() int {
	if err := clipboard.WriteInput(os.Stdin); err != nil {
		return complain(exitFailure, err)
	}
	return exitOK
}

func start() int {
	_ = config.NoCoreDumps() // where the system refuses, the program is of use all the same
	own := config.OwnProfiles()
	c, err := config.Load(os.Args[1:], os.Getenv, os.Stdin, own)
	ask := errors.Is(err, config.ErrNoInstance) && interactive() && term.IsTerminal(os.Stdin.Fd())
	if err != nil && !ask {
		return complain(exitUsage, err)
	}
	text, asked, err := about(c, own)
	switch {
	case err != nil:
		return complain(exitUsage, err)
	case asked:
		if _, err := fmt.Print(text); err != nil {
			return complain(exitFailure, err)
		}
		return exitOK
	}
	log.SetOutput(io.Discard) // net/http writes there, and it would smear the screen
	own.HideTokens()
	now := clock(c)
	known := known(c, own, now)
	options := tui.Options{Instances: known, ReadOnly: c.ReadOnly, Masked: c.Mask, Now: now, Location: time.Local, Environ: os.Environ()}
	if ask {
		list, _ := known.Profiles() // were they not readable, Load had said so
		options.Choose = len(list) > 0
		return show(options)
	}
	options.Instance, err = known.first(context.Background(), c, term.IsTerminal(os.Stdin.Fd()))
	if err != nil {
		return complain(exitUsage, err)
	}
	if !interactive() {
		return printStatus(options.Instance, now, c.Mask)
	}
	return show(options)
}

// interactive says that there is a terminal to show the program on, and one to type on.
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

// known are the instances of the person's profiles, or the demo's.
func known(c config.Config, own config.Profiles, now func() time.Time) *instances {
	options := []client.Option{client.WithVersion(thisBuild().version)}
	if !c.Demo {
		return &instances{profiles: own, options: options}
	}
	shown := demoInstances(now, !c.DemoAt.IsZero())
	return &instances{profiles: shown, options: append(options, client.WithTransport(shown), client.WithClock(now)), called: shown.called}
}

// printStatus is for whoever can't have the screen.
func printStatus(on tui.Instance, now func() time.Time, masked bool) int {
	if err := tui.PrintStatus(context.Background(), os.Stdout, on, now, masked); err != nil {
		return complain(exitFailure, err)
	}
	return exitOK
}

func show(o tui.Options) int {
	farewell, failed, err := tui.Run(o, os.Stdout)
	return ended(farewell, failed, err)
}
