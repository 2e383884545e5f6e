// Command unleash runs a real Unleash until it is interrupted, and prints how to reach it as lines for a shell.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"unleash-invite/e2e/instance"
)

func main() {
	var options instance.Options
	flag.StringVar(&options.BasePath, "base-path", "", "serve below this path, such as /eu/acme")
	flag.StringVar(&options.Version, "version", instance.Versions()[0], "of Unleash: one of "+strings.Join(instance.Versions(), ", "))
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "unleash: there are no arguments, only flags, but %q was given\n", flag.Arg(0))
		os.Exit(2)
	}
	if err := serve(options); err != nil {
		fmt.Fprintln(os.Stderr, "unleash:", err)
		os.Exit(1)
	}
}

func serve(options instance.Options) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go cancelWithoutParent(ctx, cancel)

	server, err := instance.Start(ctx, options)
	if err != nil {
		return err
	}
	fmt.Printf("export UNLEASH_URL=%s\nexport UNLEASH_TOKEN='%s'\n", server.URL, server.AdminToken)
	fmt.Fprintln(os.Stderr, "Unleash runs with the user admin, password unleash4all; stop it with ctrl+c.")
	<-ctx.Done()
	return server.Close()
}

// cancelWithoutParent cancels once the parent is gone: a killed "go run" passes no signal on.
func cancelWithoutParent(ctx context.Context, cancel context.CancelFunc) {
	parent := os.Getppid()
	for ctx.Err() == nil {
		if os.Getppid() != parent {
			cancel()
		}
		time.Sleep(200 * time.Millisecond)
	}
}
