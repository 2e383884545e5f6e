//go:build !linux

package instance

import (
	"context"
	"errors"
)

// errNotLinux is never seen by a caller of Start, which says so first.
var errNotLinux = errors.New("servers can be started on Linux only: run this there")

type user struct {
	uid, gid uint32
}

func databaseUser() (*user, error) { return nil, errNotLinux }

func start(command) (*process, error) { return nil, errNotLinux }

func (*process) signal(ending) {}

func lock(context.Context, string) (unlock func(), err error) { return nil, errNotLinux }
