package e2e

import (
	"context"
	"os"
	"testing"
	"time"

	"unleash-invite/client/faults"
	"unleash-invite/e2e/instance"
)

func TestFaults(t *testing.T) {
	target := faults.Target{Patience: 250 * time.Millisecond, Random: 100, Races: 50, Delays: 1}
	for _, i := range ownUnleashes(t, 5) { // waiting is most of the work
		target.Servers = append(target.Servers, faults.Server{URL: i.URL, AdminToken: i.AdminToken})
	}
	faults.Run(t, target)
}

// slowest is how many times longer than its HTTP calls alone a rotation may take.
const slowest = 1.3

func TestRotationIsFast(t *testing.T) {
	i := ownUnleash(t, instance.Options{}) // it ends with many links
	rounds := 0
	speed, err := faults.Measure(t.Context(), faults.Server{URL: i.URL, AdminToken: i.AdminToken}, func() bool {
		rounds++
		return rounds <= 50
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log("a rotation against its HTTP calls alone: ", speed)
	if speed.Ratio > slowest {
		t.Errorf("that is more than %v times", slowest)
	}
}

// BenchmarkRotation compares a rotation on a real server with its HTTP calls alone.
func BenchmarkRotation(b *testing.B) {
	if os.Getenv("UNLEASH_E2E") != "1" {
		b.Skip("needs a real Unleash: set UNLEASH_E2E=1 to install and start one")
	}
	ctx, cancel := context.WithTimeout(b.Context(), startTime)
	defer cancel()
	i, err := instance.Start(ctx, instance.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := i.Close(); err != nil {
			b.Error(err)
		}
	})
	faults.Benchmark(b, faults.Server{URL: i.URL, AdminToken: i.AdminToken})
}
