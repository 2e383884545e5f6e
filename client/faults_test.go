package client_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"unleash-invite/client/faults"
	"unleash-invite/demo"
)

func TestFaultsOnDemo(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	target := faults.Target{Patience: 250 * time.Millisecond, Random: 200, Races: 100, Delays: 0.1}
	for range 8 { // waiting is most of the work
		target.Servers = append(target.Servers, demoOnTCP(t))
	}
	faults.Run(t, target)
}

// demoOnTCP is an Unleash in memory that can be reached by TCP.
func demoOnTCP(t testing.TB) faults.Server {
	t.Helper()
	server := httptest.NewServer(demo.New(demo.Options{}))
	t.Cleanup(server.Close)
	return faults.Server{URL: server.URL, AdminToken: demo.AdminToken}
}

// BenchmarkRotation compares a rotation with its HTTP calls alone.
func BenchmarkRotation(b *testing.B) { faults.Benchmark(b, demoOnTCP(b)) }
