//go:build unix

package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// guardFile refuses a file that others may change, who could have it run commands.
func guardFile(path string, info fs.FileInfo) error {
	if err := guardOwner(path, info); err != nil {
		return err
	}
	if mode := info.Mode().Perm(); mode&0o022 != 0 && !onReadOnly(path) {
		return fmt.Errorf("%s can be changed by other users of this machine (mode %04o), so it is not used: run chmod 600 %[1]s", path, mode)
	}
	return nil
}

// guardToken refuses a file with a token that others may read.
func guardToken(path string) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fmt.Errorf("%s can't be read: %w", path, bare(err))
	}
	info, err := os.Stat(target)
	if err != nil {
		return fmt.Errorf("%s can't be read: %w", path, bare(err))
	}
	if mode := info.Mode().Perm(); mode&0o044 != 0 {
		return fmt.Errorf("%s can be read by other users of this machine and it contains a token (mode %04o), so it is not used: "+
			"run chmod 600 %[1]s, or keep the token elsewhere", target, mode)
	}
	return nil
}

// guardFolder refuses a name in a folder where others could put another file under it.
func guardFolder(name string) error {
	path := filepath.Dir(name)
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("%s can't be read: %w", path, bare(err))
	}
	if err := guardOwner(path, info); err != nil {
		return err
	}
	if mode := info.Mode(); mode.Perm()&0o022 != 0 && !onReadOnly(path) && !fixed(name, mode) {
		return fmt.Errorf("%s can be changed by other users of this machine (mode %04o), so no profile in it is used: run chmod 700 %[1]s",
			path, mode.Perm())
	}
	return nil
}

// fixed reports whether the name can't be taken by others: in a folder with the
// sticky bit, as a Nix store is, only the owner can replace what is there.
func fixed(name string, folder fs.FileMode) bool {
	if folder&fs.ModeSticky == 0 {
		return false
	}
	info, err := os.Lstat(name)
	return err == nil && guardOwner(name, info) == nil
}

// onReadOnly reports whether nothing can be written there whatever its mode is, as
// in the volumes that Kubernetes mounts.
func onReadOnly(path string) bool { return errors.Is(unix.Access(path, unix.W_OK), unix.EROFS) }

// guardOwner refuses what belongs to another user, who could have it run commands.
func guardOwner(path string, info fs.FileInfo) error {
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(owner.Uid) == os.Geteuid() || owner.Uid == 0 {
		return nil
	}
	return fmt.Errorf("%s belongs to another user of this machine, so it is not used: make it your own, or run this as that user", path)
}
