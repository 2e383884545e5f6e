package main

import (
	"context"

	"unleash-invite/client/faults"
)

// rotation measures one by the program's client against the same HTTP calls alone.
func (b *bench) rotation(ctx context.Context, on target, where string) error {
	rounds := 0
	speed, err := faults.Measure(ctx, faults.Server{URL: on.url, AdminToken: on.token}, func() bool {
		rounds++
		return rounds <= b.rotations
	})
	if err != nil {
		return err
	}
	b.note("rotation against its HTTP calls alone on one connection"+where, speed.String())
	return nil
}
