//go:build unix

package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// readOnlyFlag is ST_RDONLY and MNT_RDONLY, the same on every Unix.
const readOnlyFlag = 1

const commandAlone = "[[profile]]\nname = \"acme\"\nurl = \"https://x\"\ntoken_command = \"pass show unleash\"\n"

// TestFilesWithoutATokenMayBeRead has a file where people and their tools keep
// it. Where it can't be written, a save names the file and shows the profile.
func TestFilesWithoutATokenMayBeRead(t *testing.T) {
	tests := []struct {
		name     string
		do       func(t *testing.T, path string) error
		writable bool
	}{
		{"a git checkout", func(_ *testing.T, path string) error { return os.Chmod(path, 0o644) }, true},
		{"read-only", func(_ *testing.T, path string) error { return os.Chmod(path, 0o444) }, false},
		{"a dotfile manager", func(t *testing.T, path string) error {
			checkout := filepath.Join(t.TempDir(), "profiles.toml")
			return all(os.Rename(path, checkout), os.Chmod(checkout, 0o644), os.Symlink(checkout, path))
		}, true},
		{"a Nix store", func(t *testing.T, path string) error {
			store := t.TempDir()
			generated := filepath.Join(store, "abc-profiles.toml")
			return all(os.Rename(path, generated), os.Chmod(generated, 0o444), os.Symlink(generated, path),
				os.Chmod(store, 0o775|os.ModeSticky))
		}, false},
		{"Kubernetes", func(_ *testing.T, path string) error {
			folder := filepath.Dir(path)
			version := filepath.Join(folder, "..2026_11_25")
			return all(os.Mkdir(version, 0o755), os.Rename(path, filepath.Join(version, "profiles.toml")),
				os.Chmod(filepath.Join(version, "profiles.toml"), 0o444), os.Chmod(folder, 0o755),
				os.Symlink("..2026_11_25", filepath.Join(folder, "..data")), os.Symlink("..data/profiles.toml", path))
		}, false},
	}
	for _, tt := range tests {
		p := written(t, commandAlone)
		if err := tt.do(t, p.path); err != nil {
			t.Fatal(err)
		}
		if got, err := p.List(); err != nil || len(got) != 1 {
			t.Errorf("%s: %v, %v", tt.name, got, err)
		}
		err := p.Save(t.Context(), Profile{Name: "new", URL: "https://new", Source: Source{Kind: InFile}}, "user:1111")
		switch {
		case tt.writable && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case !tt.writable && (err == nil || !strings.Contains(err.Error(), linkEnd(p.path)) ||
			!strings.Contains(err.Error(), `[[profile]]  name = "new"  url = "https://new"  token = "…"`)):
			t.Errorf("%s: %v", tt.name, err)
		}
		if text, _ := os.ReadFile(p.path); !tt.writable && string(text) != commandAlone {
			t.Errorf("%s: %s", tt.name, text)
		}
		if info, _ := os.Stat(p.path); tt.writable && info.Mode() != 0o600 { // a token stands in it now
			t.Errorf("%s: %v", tt.name, info.Mode())
		}
	}
}

func TestFilesThatOthersMayChangeAreRefusedAlways(t *testing.T) {
	for _, mode := range []os.FileMode{0o620, 0o602, 0o666, 0o664, 0o422} {
		p := written(t, commandAlone)
		if err := os.Chmod(p.path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := p.List(); err == nil || !strings.Contains(err.Error(), "can be changed by other users") {
			t.Errorf("%04o: %v", mode, err)
		}
	}
	p := written(t, "") // in a sticky folder others may make the file
	if err := all(os.Mkdir(filepath.Dir(p.path), 0o700), os.Chmod(filepath.Dir(p.path), 0o777|os.ModeSticky)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.List(); err == nil {
		t.Error("a file that others may make is used")
	}
}

func TestOnAReadOnlyMountModesDontMatter(t *testing.T) {
	if onReadOnly(t.TempDir()) {
		t.Error("a folder of ours counts as mounted read-only")
	}
	for _, path := range []string{"/sys", "/proc/sys", "/"} {
		var s unix.Statfs_t
		if unix.Statfs(path, &s) == nil && s.Flags&readOnlyFlag != 0 {
			if !onReadOnly(path) {
				t.Errorf("%s counts as writable", path)
			}
			return
		}
	}
	t.Skip("nothing is mounted read-only here")
}

// TestNoLinkOnTheWayMayBeReplacedByOthers has the file behind several links, one of them in a folder that is open to all.
func TestNoLinkOnTheWayMayBeReplacedByOthers(t *testing.T) {
	for name, linked := range map[string]func(path, middle, end string) error{
		"a file in the middle": func(path, middle, end string) error {
			return all(os.Symlink(filepath.Join(end, "profiles.toml"), filepath.Join(middle, "p.toml")),
				os.Symlink(filepath.Join(middle, "p.toml"), path))
		},
		"a folder in the middle": func(path, middle, end string) error {
			return all(os.Symlink(end, filepath.Join(middle, "..data")), os.Symlink(filepath.Join(middle, "..data", "profiles.toml"), path))
		},
		"a relative link": func(path, middle, end string) error {
			relative, err := filepath.Rel(filepath.Dir(path), filepath.Join(middle, "..data", "profiles.toml"))
			return all(err, os.Symlink(end, filepath.Join(middle, "..data")), os.Symlink(relative, path))
		},
	} {
		p := written(t, commandAlone)
		middle, end := t.TempDir(), t.TempDir()
		if err := all(os.Rename(p.path, filepath.Join(end, "profiles.toml")), linked(p.path, middle, end), os.Chmod(middle, 0o755)); err != nil {
			t.Fatal(name, err)
		}
		if got, err := p.List(); err != nil || len(got) != 1 {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		if err := os.Chmod(middle, 0o777); err != nil {
			t.Fatal(err)
		}
		if _, err := p.List(); err == nil || !strings.Contains(err.Error(), middle+" can be changed by other users") {
			t.Errorf("%s: in an open folder: %v", name, err)
		}
	}
}
