// Package cli is the command line: the commands for scripts, cron, CI and fleets, their texts, their JSON and their exit
// codes. Without a command the program on the terminal starts.
package cli

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"unleash-invite/config"
	"unleash-invite/exit"
	"unleash-invite/model"
)

// Options hold what the commands need of the program around them.
type Options struct {
	// Args is the command line without the program's name.
	Args           []string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Profiles       config.Profiles
	// Clock is the clock that goes with a configuration.
	Clock func(config.Config) func() time.Time
	// Connect makes the instances ready for use, once the configuration is read.
	Connect func(config.Config, func() time.Time) Instances
	// Screen shows the program, and is false where there is no terminal for it. The error is that of the
	// configuration: the program may ask for what is missing.
	Screen func(config.Config, error) (code int, shown bool)
	// Plain is the status as plain text.
	Plain func(links model.Links, server model.Server, address string, now time.Time) string
	// Wait waits between two looks of watch; nil waits by the clock.
	Wait func(context.Context, time.Duration)
}

// program is one run of the command line.
type program struct {
	Options
	out   *output
	flags config.Flags
	code  int

	all, json, quiet bool
	// worst makes the exit code for many that of the worst; shows keeps --mask from hiding the links, which are asked for.
	worst, shows bool
	// streams reports whether everything is told as it happens, one at a time; masked that secrets are hidden there.
	streams, masked bool
	telling         sync.Mutex
	// name is the command that runs, stopped the signal that came; 0 is none.
	name    string
	stopped func() syscall.Signal
}

// output remembers that something could not be written; many instances may ask while one writes.
type output struct {
	io.Writer
	failure atomic.Pointer[error]
}

// Write implements io.Writer.
func (o *output) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if err != nil {
		o.failure.CompareAndSwap(nil, &err)
	}
	return n, err
}

// err is the first thing that went wrong.
func (o *output) err() error {
	if first := o.failure.Load(); first != nil {
		return *first
	}
	return nil
}

// Run runs the command line and returns the exit code.
func Run(o Options) int {
	p := &program{Options: o, out: &output{Writer: o.Stdout}}
	root := p.root()
	root.SetArgs(o.Args)
	root.SetIn(o.Stdin)
	root.SetOut(p.out)
	root.SetErr(o.Stderr)
	strict(root)
	switch err := root.ExecuteContext(context.Background()); {
	case p.out.err() != nil:
		return exit.ComplainTo(o.Stderr, exit.Failure, p.out.err())
	case err != nil && (p.name == "" || errors.As(err, new(usageError))): // cobra's own errors come before a command runs
		return exit.ComplainTo(o.Stderr, exit.Usage, err)
	case err != nil:
		return exit.ComplainTo(o.Stderr, exit.Failure, err)
	}
	return p.code
}

// untilSignal does the work of a command until a signal comes: then what it could not do is the signal's doing.
func (p *program) untilSignal(parent context.Context, run func(context.Context) error) error {
	ctx, stopped, stop := untilSignal(parent)
	defer stop()
	p.stopped = stopped
	err := run(ctx)
	if err != nil && stopped() != 0 {
		p.code = exit.ComplainTo(p.Stderr, p.bySignal(exit.Failure), err)
		return nil
	}
	return err
}

// bySignal is the exit code of a command: once a signal came, what it could not do is the signal's doing.
func (p *program) bySignal(code int) int {
	if number := p.stopped(); number != 0 && code == exit.Failure {
		return exit.Signal + int(number)
	}
	return code
}

// usageError is an error of the command line or the configuration.
type usageError struct{ error }

// Unwrap returns what is wrong.
func (u usageError) Unwrap() error { return u.error }

func wrong(err error) error { return usageError{err} }

// command is a command of ours, with what all of them have in common.
func (p *program) command(c *cobra.Command, run func(context.Context) error) *cobra.Command {
	c.Args = noArguments
	c.RunE = func(c *cobra.Command, _ []string) error {
		p.name = c.Name()
		return run(c.Context())
	}
	return c
}
