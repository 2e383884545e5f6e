package config

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	// lockTime is how long a save waits for others to finish theirs.
	lockTime = 30 * time.Second
	// lockPause is the time between two tries.
	lockPause = 5 * time.Millisecond
)

// lock keeps every other start of the program from writing the file until the
// returned function is called. The system drops the lock of a program that dies.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, lockTime,
		fmt.Errorf("another unleash-invite has been writing %s for %s: try again once it is done", path, lockTime))
	defer cancel()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, unwritable(path, err)
	}
	for {
		held := flock.New(path+".lock", flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
		_, err := held.TryLockContext(ctx, lockPause)
		switch {
		case ctx.Err() != nil && errors.Is(err, ctx.Err()):
			return nil, fmt.Errorf("the profile was not saved: %w", context.Cause(ctx))
		case err != nil:
			return nil, unwritable(path, err)
		}
		release := func() {
			_ = os.Remove(held.Path()) // Windows keeps the file while it is open; it is empty
			_ = held.Unlock()
		}
		if current(held) {
			return release, nil
		}
		_ = held.Unlock()
	}
}

// current reports whether the locked file still has its name: the holder before removes it.
func current(held *flock.Flock) bool {
	locked, err := held.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(held.Path())
	return err == nil && os.SameFile(locked, named)
}
