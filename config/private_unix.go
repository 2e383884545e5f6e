//go:build unix

package config

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// guardFile says what makes a file unfit to hold credentials and commands.
func guardFile(path string, info fs.FileInfo) error {
	if err := guardOwner(path, info); err != nil {
		return err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return fmt.Errorf("%s may be read or changed by other users of this machine (mode %04o), so it is not used: run chmod 600 %[1]s",
			path, mode)
	}
	return nil
}

// guardFolder says why what lies in a folder can't be trusted.
func guardFolder(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("%s can't be read: %w", path, bare(err))
	}
	if err := guardOwner(path, info); err != nil {
		return err
	}
	if mode := info.Mode().Perm(); mode&0o022 != 0 {
		return fmt.Errorf("%s may be changed by other users of this machine (mode %04o), so no profile in it is used: run chmod 700 %[1]s",
			path, mode)
	}
	return nil
}

// guardOwner refuses what belongs to another user, who could have it run commands.
func guardOwner(path string, info fs.FileInfo) error {
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(owner.Uid) == os.Geteuid() || owner.Uid == 0 {
		return nil
	}
	return fmt.Errorf("%s belongs to another user of this machine, so it is not used: make it your own, or run this as that user", path)
}
