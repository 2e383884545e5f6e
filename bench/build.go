package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// build builds what is measured as it is released.
func (b *bench) build(ctx context.Context) error {
	var err error
	if b.ours, err = b.buildOne(ctx, "unleash-invite"); err != nil {
		return err
	}
	b.bare, err = b.buildOne(ctx, "unleash-invite/bench/bare")
	return err
}

func (b *bench) buildOne(ctx context.Context, pkg string) (string, error) {
	program := filepath.Join(b.folder, filepath.Base(pkg))
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", program, pkg) //nolint:gosec // a package of ours
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s can't be built: %w\n%s", pkg, err, output)
	}
	return program, nil
}
