package config

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxFile bounds the profiles file, in bytes.
const maxFile = 1 << 20

// readPrivate reads a file that nobody but its owner or root may change; others may
// read it. It is nil when there is none. The error is a sentence.
func readPrivate(path string) ([]byte, error) {
	info, err := os.Stat(path) // before opening: a pipe would block
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if link := dangling(path); link != "" {
			return nil, fmt.Errorf("%s is a link to %s, which does not exist: create that, or remove the link", link, linkEnd(link))
		}
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return nil, nil // the folder will be made
		}
		return nil, guardFolder(path)
	case err != nil:
		return nil, fmt.Errorf("%s can't be read: %w", path, bare(err))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a file: move it away", path)
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", path, bare(err))
	}
	for _, name := range append(linksOn(path), target) {
		if err := guardFolder(name); err != nil {
			return nil, err
		}
	}
	file, err := os.Open(target)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", path, bare(err))
	}
	defer func() { _ = file.Close() }()
	if info, err = file.Stat(); err == nil { // of what was opened, whatever the name leads to now
		err = guardFile(target, info)
	}
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s can't be read: %w", path, bare(err))
	case len(text) > maxFile:
		return nil, fmt.Errorf("%s is larger than 1 MiB: that is not a profiles file", path)
	}
	return text, nil
}

// writePrivate replaces the file as a whole: after a crash it is the old one or
// the new one. A link stays one, and what it leads to is replaced. The libraries
// for this either don't build on Windows or take no care of the disk's cache, and
// os does it in as few lines.
func writePrivate(path string, text []byte) (err error) {
	name := path
	defer func() {
		if err != nil {
			err = unwritable(name, err)
		}
	}()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o200 == 0 {
			return cmp.Or(err, errors.New("it is read-only"))
		}
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".profiles-*.toml") // made with mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = temporary.Close()
			_ = os.Remove(temporary.Name())
		}
	}()
	if _, err := temporary.Write(text); err != nil {
		return err
	}
	if err := temporary.Sync(); err != nil {
		return err
	}
	if err := temporary.Close(); err != nil {
		return err
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// unwritableError is the error of a file that can't be written.
type unwritableError struct {
	path string
	err  error
}

func unwritable(path string, err error) error { return &unwritableError{path, bare(err)} }

func (e *unwritableError) Error() string {
	name := e.path
	if end := linkEnd(name); end != name {
		name += ", which leads to " + end + ","
	}
	return fmt.Sprintf("%s can't be written, nothing was changed: %v", name, e.err)
}

func (e *unwritableError) Unwrap() error { return e.err }

// mostLinks is how many links Linux follows.
const mostLinks = 40

// linksOn returns every link that is followed to what the path names, those to folders included: whoever can replace
// one of them decides what is read.
func linksOn(path string) (links []string) {
	root := func(path string) string { return filepath.VolumeName(path) + string(filepath.Separator) }
	split := func(path string) []string {
		return strings.Split(filepath.Clean(strings.TrimPrefix(path, filepath.VolumeName(path))), string(filepath.Separator))
	}
	at := root(path)
	for rest := split(path); len(rest) > 0 && len(links) < mostLinks; {
		name := filepath.Join(at, rest[0])
		rest = rest[1:]
		target, err := os.Readlink(name)
		if err != nil {
			at = name
			continue
		}
		links = append(links, name)
		if filepath.IsAbs(target) {
			at = root(target)
		}
		rest = append(split(target), rest...)
	}
	return links
}

// dangling is the first link on the path that leads to nothing; empty without one.
func dangling(path string) string {
	for _, link := range linksOn(path) {
		if _, err := os.Stat(link); errors.Is(err, fs.ErrNotExist) {
			return link
		}
	}
	return ""
}

// linkEnd is where the links that begin at the path end, also where nothing is.
func linkEnd(path string) string {
	for range 40 { // as many as Linux follows
		target, err := os.Readlink(path)
		if err != nil {
			break
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return path
}

// syncFolder makes the new name last. Not every system can: then it lasts soon.
func syncFolder(folder string) {
	if f, err := os.Open(folder); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}

// bare is the error without the name of the file, which the sentence has already.
func bare(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	if link, ok := errors.AsType[*os.LinkError](err); ok {
		return link.Err
	}
	return err
}
