package instance

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// installTime is how long npm may take; a slow network needs minutes for 150 MB.
const installTime = 10 * time.Minute

// install makes sure that the packages of a version's package-lock.json are there.
func install(ctx context.Context, version string) (release, error) {
	ctx, cancel := context.WithTimeout(ctx, installTime)
	defer cancel()
	folder, err := packageFolder(ctx, version)
	if err != nil {
		return release{}, err
	}
	lockFile := filepath.Join(folder, "package-lock.json")
	unlock, err := lock(ctx, lockFile)
	if err != nil {
		return release{}, err
	}
	defer unlock()

	content, err := os.ReadFile(lockFile)
	if err != nil {
		return release{}, fmt.Errorf("the list of npm packages can't be read: %w; check it out again", err)
	}
	sum := sha256.Sum256(content)
	wanted := []byte(hex.EncodeToString(sum[:]))
	r := release{version: version, modules: filepath.Join(folder, "node_modules")}
	marker := filepath.Join(r.modules, ".installed")
	if installed, err := os.ReadFile(marker); err == nil && bytes.Equal(installed, wanted) {
		return r, nil
	}
	if err := installPackages(ctx, folder, r); err != nil {
		return release{}, err
	}
	// Written last, so that a broken installation is never taken for a whole one.
	if err := os.WriteFile(marker, wanted, 0o644); err != nil { //nolint:gosec // for every user of the checkout
		return release{}, fmt.Errorf("the installation of the npm packages can't be marked as done: %w; make the folder writable", err)
	}
	return r, nil
}

// packageFolder is the folder of a version's package.json, in the checkout that the working directory is in.
func packageFolder(ctx context.Context, version string) (string, error) {
	mod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go doesn't say which checkout this is: %w", err)
	}
	folder := filepath.Join(filepath.Dir(string(mod)), "e2e", "instance", "testdata", version)
	if _, err := os.Stat(filepath.Join(folder, "package.json")); err != nil {
		return "", fmt.Errorf("the list of npm packages can't be found: %w; run this inside the checkout", err)
	}
	return folder, nil
}

func installPackages(ctx context.Context, folder string, r release) error {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return errors.New("npm isn't installed, and Unleash comes from it: install Node.js with npm")
	}
	// Without --ignore-scripts dozens of install scripts would run, and Unleash needs none of them.
	err = run(ctx, command{name: "npm ci", path: npm, args: []string{"ci", "--ignore-scripts"}, folder: folder, env: os.Environ()})
	if err != nil {
		return err
	}
	// npm packages can't hold symbolic links, so PostgreSQL's package makes those of its libraries in its install script.
	return run(ctx, command{
		name:   "the install script of PostgreSQL",
		path:   r.node(),
		args:   []string{filepath.Join("scripts", "hydrate-symlinks.js")},
		folder: r.postgreSQL(),
	})
}
