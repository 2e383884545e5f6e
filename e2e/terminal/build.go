package terminal

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"
)

// buildTime is how long one program may take to build, with an empty build cache.
const buildTime = 5 * time.Minute

// builds holds the programs of this test binary: linking one for every test would take most of the tests' time.
var builds = struct {
	sync.Mutex
	folder string
	paths  map[string]string
}{paths: map[string]string{}}

// Build builds the program of a package, such as "unleash-invite", as it is released (without cgo and the race detector),
// once per test binary, and returns its path. TestMain must call RemoveBuilds in the end.
func Build(t testing.TB, pkg string) string {
	t.Helper()
	builds.Lock()
	defer builds.Unlock()
	if program, ok := builds.paths[pkg]; ok {
		return program
	}
	if builds.folder == "" {
		folder, err := os.MkdirTemp("", "unleash-invite-build-") //nolint:usetesting // it outlives the test
		if err != nil {
			t.Fatalf("no folder for the built programs could be made: %v", err)
		}
		builds.folder = folder
	}
	program := filepath.Join(builds.folder, path.Base(pkg))
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	ctx, cancel := context.WithTimeout(t.Context(), buildTime)
	defer cancel()
	command := exec.CommandContext(ctx, "go", "build", "-race=false", "-o", program, pkg) //nolint:gosec // a test's own package
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s can't be built: %v\n%s", pkg, err, output)
	}
	builds.paths[pkg] = program
	return program
}

// RemoveBuilds removes the programs that Build made; an error says which folder is left behind.
func RemoveBuilds() error {
	builds.Lock()
	defer builds.Unlock()
	if err := os.RemoveAll(builds.folder); err != nil {
		return fmt.Errorf("the built programs are left behind: %w; remove them", err)
	}
	builds.folder, builds.paths = "", map[string]string{}
	return nil
}
