// Command unleash-invite shows and manages the public invite link of an
// Unleash instance in a terminal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/url"
	"os"
	"time"

	"github.com/charmbracelet/x/term"

	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/demo"
	"unleash-invite/tui"
)

func main() { os.Exit(start()) }

func start() int {
	c, err := config.Load(os.Args[1:], os.Getenv, os.Stdin)
	if err != nil {
		return complain(exitUsage, err)
	}
	if text := about(c); text != "" {
		fmt.Print(text)
		return exitOK
	}
	log.SetOutput(io.Discard) // net/http writes there, and it would smear the screen
	now := clock(c)
	api, host, err := connect(c, now)
	if err != nil {
		return complain(exitUsage, err)
	}
	if !term.IsTerminal(os.Stdout.Fd()) || !tui.Draws(os.Environ()) {
		return printStatus(api, now)
	}
	return show(c, api, host, now)
}

// clock is the time of day, or with --demo-at one that starts then and runs on.
func clock(c config.Config) func() time.Time {
	if c.DemoAt.IsZero() {
		return time.Now
	}
	began := time.Now()
	return func() time.Time { return c.DemoAt.Add(time.Since(began)) }
}

// demoServer is the instance in memory; by a clock that was set, each start is the same.
func demoServer(c config.Config, now func() time.Time) *demo.Server {
	o := demo.Options{Now: now, Links: demo.Sample(now()), Guests: demo.SampleGuests()}
	if !c.DemoAt.IsZero() {
		o.Random = rand.NewChaCha8([32]byte{})
	}
	return demo.New(o)
}

// printStatus is for whoever can't have the screen.
func printStatus(api tui.API, now func() time.Time) int {
	if err := tui.PrintStatus(context.Background(), os.Stdout, api, now); err != nil {
		return complain(exitFailure, err)
	}
	return exitOK
}

// connect makes the client of the instance that was asked for, and the words
// by which the screen calls the instance.
func connect(c config.Config, now func() time.Time) (*client.Client, string, error) {
	if c.Demo {
		server := demoServer(c, now)
		api, err := client.New(server.URL(), demo.AdminToken,
			client.WithTransport(server.Transport()), client.WithVersion(thisBuild().version), client.WithClock(now))
		return api, "demo", err
	}
	api, err := client.New(c.URL, string(c.Token), client.WithVersion(thisBuild().version))
	if err != nil {
		return nil, "", err
	}
	host := api.BaseURL()
	if u, err := url.Parse(host); err == nil {
		host = u.Host + u.Path
	}
	return api, host, nil
}

func show(c config.Config, api *client.Client, host string, now func() time.Time) int {
	farewell, failed, err := tui.Run(tui.Options{
		Instance: tui.Instance{API: api, Host: host, Address: api.BaseURL()}, ReadOnly: c.ReadOnly,
		Now: now, Location: time.Local, Environ: os.Environ(),
	}, os.Stdout)
	if errors.Is(err, tui.ErrNoKeyboard) {
		return printStatus(api, now)
	}
	return ended(farewell, failed, err)
}
