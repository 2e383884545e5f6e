package e2e

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
	"unleash-invite/parallel"
)

// startTime covers the installation of the npm packages too.
const startTime = 12 * time.Minute

// server is the instance that the tests share, started by the first that asks. The tests run in one process, one after
// another, and a start takes seconds.
var server struct {
	once     sync.Once
	instance *instance.Instance
	err      error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if server.instance != nil {
		if err := server.instance.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	if err := terminal.RemoveBuilds(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// skipUnlessWanted skips a test of a real server where none is asked for.
func skipUnlessWanted(t *testing.T) {
	t.Helper()
	if os.Getenv("UNLEASH_E2E") != "1" {
		t.Skip("needs a real Unleash: set UNLEASH_E2E=1 to install and start one")
	}
}

// unleash returns the shared instance, running. A test that stops its server must start it again.
func unleash(t *testing.T) *instance.Instance {
	t.Helper()
	skipUnlessWanted(t)
	server.once.Do(func() {
		// Not the test's context: the instance outlives the test.
		ctx, cancel := context.WithTimeout(context.Background(), startTime)
		defer cancel()
		server.instance, server.err = instance.Start(ctx, instance.Options{})
	})
	if server.err != nil {
		t.Fatal(server.err)
	}
	return server.instance
}

// ownUnleash returns an instance for one test alone.
func ownUnleash(t *testing.T, options instance.Options) *instance.Instance {
	t.Helper()
	skipUnlessWanted(t)
	ctx, cancel := context.WithTimeout(t.Context(), startTime)
	defer cancel()
	own, err := instance.Start(ctx, options)
	if err != nil {
		t.Fatal(err)
	}
	closeAfter(t, own)
	return own
}

func closeAfter(t *testing.T, own *instance.Instance) {
	t.Helper()
	t.Cleanup(func() {
		if err := own.Close(); err != nil {
			t.Error(err)
		}
	})
}

// ownUnleashes are so many that only this test uses, started side by side.
func ownUnleashes(t *testing.T, n int) []*instance.Instance {
	t.Helper()
	skipUnlessWanted(t)
	ctx, cancel := context.WithTimeout(t.Context(), startTime)
	defer cancel()
	own, errs := make([]*instance.Instance, n), make([]error, n)
	parallel.Each(n, n, func(i int) { own[i], errs[i] = instance.Start(ctx, instance.Options{}) })
	for i := range own {
		if errs[i] == nil {
			closeAfter(t, own[i])
		}
	}
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	return own
}
