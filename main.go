// Command unleash-invite shows and manages the public invite link of an
// Unleash instance in a terminal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/demo"
	"unleash-invite/tui"
)

// The exit codes.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2   // the command line or the environment is wrong: nothing was started
	exitInterrupted = 130 // by SIGINT, as shells count it
)

func main() { os.Exit(start()) }

func start() int {
	c, err := config.Load(os.Args[1:], os.Getenv, os.Stdin)
	switch {
	case errors.Is(err, config.ErrHelp):
		fmt.Print(config.Usage())
		return exitOK
	case err != nil:
		return complain(exitUsage, err)
	case c.Version:
		fmt.Println("unleash-invite", version())
		return exitOK
	}
	log.SetOutput(io.Discard) // net/http writes there, and it would smear the screen
	api, host, err := connect(c)
	if err != nil {
		return complain(exitUsage, err)
	}
	if !term.IsTerminal(os.Stdout.Fd()) || os.Getenv("TERM") == "dumb" {
		if err := tui.PrintStatus(context.Background(), os.Stdout, api, time.Now); err != nil {
			return complain(exitFailure, err)
		}
		return exitOK
	}
	return show(c, api, host)
}

// connect makes the client of the instance that was asked for, and the words
// by which the screen calls the instance.
func connect(c config.Config) (*client.Client, string, error) {
	if c.Demo {
		server := demo.New(demo.Options{Links: demo.Sample(time.Now()), Guests: demo.SampleGuests()})
		api, err := client.New(server.URL(), demo.AdminToken, client.WithTransport(server.Transport()), client.WithVersion(version()))
		return api, "demo", err
	}
	api, err := client.New(c.URL, string(c.Token), client.WithVersion(version()))
	if err != nil {
		return nil, "", err
	}
	host := api.BaseURL()
	if u, err := url.Parse(host); err == nil {
		host = u.Host + u.Path
	}
	return api, host, nil
}

func show(c config.Config, api *client.Client, host string) int {
	farewell, failed, err := tui.Run(tui.Options{
		Instance: tui.Instance{API: api, Host: host, Address: api.BaseURL(), ReadOnly: c.ReadOnly},
		Now:      time.Now, Location: time.Local, Environ: os.Environ(),
	}, os.Stdout)
	if farewell != "" {
		fmt.Fprintln(os.Stderr, "unleash-invite:", farewell)
	}
	switch {
	case errors.Is(err, tea.ErrInterrupted):
		return exitInterrupted
	case err != nil:
		return complain(exitFailure, fmt.Errorf("the terminal can't be used: %w", err))
	case failed:
		return exitFailure
	}
	return exitOK
}

// complain says on standard error what is wrong.
func complain(code int, err error) int {
	fmt.Fprintln(os.Stderr, "unleash-invite:", tui.Sentence(err))
	return code
}

// version is the module's, as go install and release builds record it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	return info.Main.Version
}
