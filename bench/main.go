// Command bench measures the built program against its budgets, side by side with
// the least that could do the same, and prints what it found as a Markdown table.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"unleash-invite/demo"
)

// options hold what the command line says.
type options struct {
	smoke, peers, delay bool
	url, token          string
	only                string // the name of a step
}

func main() {
	var o options
	flag.BoolVar(&o.smoke, "smoke", false, "only see that all of it can be measured: small counts, no verdict on time")
	flag.BoolVar(&o.peers, "peers", false, "measure other terminal programs, too; they are built through the Go proxy")
	flag.BoolVar(&o.delay, "delay", false, "measure how many round trips things take on slow lines, and nothing else; it takes some minutes")
	flag.StringVar(&o.url, "url", "", "measure start and rotation on the Unleash there, too; its token is in UNLEASH_TOKEN."+
		" Its links get rotated, so it must be on this machine")
	flag.StringVar(&o.only, "only", "", "measure one thing alone: start, keys, idling, large, filter, rotation or peers")
	flag.Parse()
	o.token = os.Getenv("UNLEASH_TOKEN")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // nothing is left for stop to do
	}
}

// bench is shared by the measurements.
type bench struct {
	counts
	table
	folder  string // of built programs and of files that they need
	ours    string // path of the program
	bare    string // path of the bare Go program, see bench/bare
	server  target
	unleash *demo.Server // which serves it
}

// counts are how much is measured.
type counts struct {
	starts, scale, tours, rotations, peerStarts, journeys int
	idle                                                  time.Duration
}

func (o options) counts() counts {
	if o.smoke {
		return counts{starts: 1, scale: 1, tours: 1, rotations: 3, peerStarts: 1, journeys: 1, idle: time.Second}
	}
	return counts{starts: 40, scale: 10, tours: 20, rotations: 40, peerStarts: 15, journeys: 5, idle: 30 * time.Second}
}

func run(ctx context.Context, o options, out io.Writer) error {
	if err := onThisMachine(o.url); err != nil {
		return err
	}
	if b := (&bench{}); len(b.steps(o)) == 0 {
		return fmt.Errorf("nothing that is measured is called %q", o.only)
	}
	folder, err := os.MkdirTemp("", "unleash-invite-bench-")
	if err != nil {
		return fmt.Errorf("no folder for the built programs could be made: %w", err)
	}
	defer os.RemoveAll(folder)
	b := &bench{counts: o.counts(), folder: folder, table: table{verdicts: !o.smoke}}
	if err := b.build(ctx); err != nil {
		return err
	}
	b.unleash = demo.New(demo.Options{Links: demo.Sample(time.Now())})
	b.server = serve(b.unleash)
	defer b.server.close()
	before := load()
	for _, step := range b.steps(o) {
		fmt.Fprintln(os.Stderr, "measuring:", step.name)
		if err := step.measure(ctx); err != nil {
			return fmt.Errorf("%s can't be measured: %w", step.name, err)
		}
	}
	fmt.Fprintf(out, "%s\n\n%s", machine(before), &b.table)
	return nil
}

// step is one measurement.
type step struct {
	name    string
	measure func(context.Context) error
}

func (b *bench) steps(o options) []step {
	steps := []step{
		{"start", func(ctx context.Context) error { return b.start(ctx, b.server, "") }},
		{"keys", b.keys},
		{"idling", b.idling},
		{"idling over TLS", b.idlingSecurely},
		{"large", b.large},
		{"filter", b.filter},
		{"rotation", func(ctx context.Context) error { return b.rotation(ctx, b.server, "") }},
	}
	if o.url != "" {
		there := target{url: o.url, token: o.token}
		const where = ", real Unleash"
		steps = append(steps,
			// First, since it leaves a link that works.
			step{"rotation" + where, func(ctx context.Context) error { return b.rotation(ctx, there, where) }},
			step{"start" + where, func(ctx context.Context) error { return b.start(ctx, there, where) }},
		)
	}
	if o.peers || o.only == "peers" {
		steps = append(steps, step{"peers", b.measurePeers})
	}
	if o.delay {
		steps = []step{{"round trips", b.trips}}
	}
	if o.only != "" {
		steps = slices.DeleteFunc(steps, func(s step) bool { return !strings.HasPrefix(s.name, o.only) })
	}
	return steps
}

// file writes a file for a program to read and returns its path.
func (b *bench) file(name, content string) (string, error) {
	path := filepath.Join(b.folder, name)
	return path, os.WriteFile(path, []byte(content), 0o600)
}
