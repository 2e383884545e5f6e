package terminal

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"
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
	lookAtSources(t, pkg)
	builds.paths[pkg] = program
	return program
}

// lookAtSources lets go test see which files the program is made from: without it a result would be taken from the cache
// although the program has changed, since the test binary need not hold the program's code.
func lookAtSources(t testing.TB, pkg string) {
	t.Helper()
	const files = `{{if .Module}}{{if .Module.Main}}{{range .GoFiles}}{{$.Dir}}/{{.}}{{"\n"}}{{end}}{{end}}{{end}}`
	list, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", files, pkg).Output() //nolint:gosec // a test's own package
	if err != nil {
		t.Fatalf("the sources of %s can't be listed: %v", pkg, err)
	}
	for file := range strings.Lines(string(list)) {
		if _, err := os.Stat(strings.TrimSuffix(file, "\n")); err != nil {
			t.Fatal(err)
		}
	}
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
