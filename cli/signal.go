package cli

import (
	"context"
	"os/signal"
	"syscall"
)

// untilSignal returns a context that ends with a signal, which stopped then tells. A write that has begun is carried through,
// however many signals come: the client bounds how long that takes.
func untilSignal(parent context.Context) (ctx context.Context, stopped func() syscall.Signal, stop func()) {
	var until []context.Context
	var stops []context.CancelFunc
	signals := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
	ctx = parent
	for _, s := range signals {
		next, stop := signal.NotifyContext(ctx, s)
		until, stops, ctx = append(until, next), append(stops, stop), next
	}
	end := func() {
		for _, stop := range stops {
			stop()
		}
	}
	came := func() syscall.Signal {
		for n, c := range until {
			if c.Err() != nil {
				return signals[n]
			}
		}
		return 0
	}
	return ctx, came, end
}
