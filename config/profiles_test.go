package config

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestSave(t *testing.T) {
	p := written(t, "")
	p.getenv = func(string) string { return "" }
	inFile := Profile{Name: "acme", URL: "https://flags.acme.io", Source: Source{Kind: InFile}}
	if err := p.Save(t.Context(), inFile, "user:0123456789abcdef"); err != nil {
		t.Fatal(err)
	}
	inFile.Source.Token, inFile.Default = "user:0123456789abcdef", true
	second := Profile{Name: "b", URL: "https://b", Source: Source{Kind: InEnvironment, From: "B"}}
	if err := p.Save(t.Context(), second, "user:secretsecret"); err != nil {
		t.Fatal(err)
	}
	got, err := p.List()
	if err != nil || len(got) != 2 || !got[1].Equal(second) || !got[0].Equal(inFile) {
		t.Errorf("%+v, %v", got, err)
	}
	text, err := os.ReadFile(p.path)
	if err != nil || !strings.HasPrefix(string(text), emptyProfiles) || strings.Contains(string(text), "secretsecret") {
		t.Errorf("%s, %v", text, err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	left, err := os.ReadDir(filepath.Dir(p.path))
	if err != nil || len(left) != 1 {
		t.Errorf("in the folder: %v, %v", left, err)
	}
	for path, want := range map[string]os.FileMode{p.path: 0o600, filepath.Dir(p.path): 0o700 | os.ModeDir} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

// TestTheFileIsReplacedAsAWhole keeps the old one by another name: nothing is written into it, so that a crash leaves it or
// the new one.
func TestTheFileIsReplacedAsAWhole(t *testing.T) {
	p := written(t, twoProfiles)
	old := p.path + ".old"
	if err := os.Link(p.path, old); err != nil {
		t.Skip(err)
	}
	if err := p.Save(t.Context(), Profile{Name: "new", URL: "https://new", Source: Source{Kind: InEnvironment, From: "NEW"}}, "user:1111"); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(old)
	after, err := os.ReadFile(p.path)
	if string(before) != twoProfiles || err != nil || !strings.HasPrefix(string(after), twoProfiles) || len(after) == len(before) {
		t.Errorf("%v: the old one is\n%s\nthe new one\n%s", err, before, after)
	}
}

func TestSaveChangesNothingWhenItCan(t *testing.T) {
	p := written(t, twoProfiles)
	p.getenv = func(name string) string { return map[string]string{"OTHER": "user:other"}[name] }
	unchanged := func(name, want string, profile Profile, token Secret) {
		t.Helper()
		err := p.Save(t.Context(), profile, token)
		text, _ := os.ReadFile(p.path)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "user:") || string(text) != twoProfiles {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
	profile := func(s Source) Profile { return Profile{Name: "new", URL: "https://new", Source: s} }
	unchanged("another token", "another token", profile(Source{Kind: ByCommand, From: "echo user:0000"}), "user:1111")
	unchanged("a failing command", "failed (exit status 3)", profile(Source{Kind: ByCommand, From: "exit 3"}), "user:1111")
	unchanged("another variable", "does not contain the token", profile(Source{Kind: InEnvironment, From: "OTHER"}), "user:1111")
	unchanged("a bad name", "a name of 1 to 40", Profile{Name: " ", URL: "u", Source: Source{Kind: InFile}}, "user:1111")
	unchanged("no source", "exactly one of", profile(Source{}), "user:1111")
}

const tokenInFile = "[[profile]]\nname = \"acme\"\nurl = \"https://x\"\ntoken = \"user:0000\"\n"

func TestUnsafeFilesAreRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no mode bits here")
	}
	folder := func(p Profiles) string { return filepath.Dir(p.path) }
	tests := []struct {
		name string
		do   func(Profiles) error
		want string
	}{
		{"others may read it", func(p Profiles) error { return os.Chmod(p.path, 0o604) }, "it contains a token (mode 0604), so it is not used: run chmod 600 "},
		{"the group may read it", func(p Profiles) error { return os.Chmod(p.path, 0o640) }, "chmod 600"},
		{"others may write it", func(p Profiles) error { return os.Chmod(p.path, 0o602) }, "chmod 600"},
		{"others may write the folder", func(p Profiles) error { return os.Chmod(folder(p), 0o777) }, "chmod 700"},
		{"the group may write the folder", func(p Profiles) error { return os.Chmod(folder(p), 0o770) }, "chmod 700"},
		{"it leads to a file that others may read", func(p Profiles) error {
			open := filepath.Join(folder(p), "open")
			return all(os.WriteFile(open, []byte(tokenInFile), 0o644), os.Chmod(open, 0o644), os.Remove(p.path), os.Symlink(open, p.path))
		}, "open can be read"},
		{"it leads into a folder that others may write", func(p Profiles) error {
			elsewhere := filepath.Join(folder(p), "elsewhere")
			target := filepath.Join(elsewhere, "profiles.toml")
			return all(os.Mkdir(elsewhere, 0o700), os.Rename(p.path, target), os.Chmod(elsewhere, 0o777), os.Symlink(target, p.path))
		}, "elsewhere can be changed"},
		{"it is a folder", func(p Profiles) error { return all(os.Remove(p.path), os.Mkdir(p.path, 0o700)) }, "is not a file"},
		{"it is too large", func(p Profiles) error { return os.Truncate(p.path, maxFile+1) }, "larger than 1 MiB"},
		{"it leads round", func(p Profiles) error { return all(os.Remove(p.path), os.Symlink(p.path, p.path)) }, "can't be read"},
	}
	for _, tt := range tests {
		p := written(t, tokenInFile)
		if err := tt.do(p); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		_, err := p.List()
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.ContainsAny(err.Error(), "\n") {
			t.Errorf("%s: read with %v", tt.name, err)
		}
		if err := p.Save(t.Context(), local(), "user:1111"); err == nil {
			t.Errorf("%s: saved", tt.name)
		}
	}
	listable := written(t, twoProfiles)
	if err := os.Chmod(folder(listable), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := listable.List(); err != nil {
		t.Errorf("a folder that others may list: %v", err)
	}
}

// all is the first error.
func all(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestALinkStaysALink(t *testing.T) {
	p := written(t, "")
	target := written(t, twoProfiles).path
	if err := all(os.MkdirAll(filepath.Dir(p.path), 0o700), os.Symlink(target, p.path)); err != nil {
		t.Skip(err)
	}
	profile := Profile{Name: "new", URL: "https://new", Source: Source{Kind: InEnvironment, From: "NEW"}}
	if err := p.Save(t.Context(), profile, "user:1111"); err != nil {
		t.Fatal(err)
	}
	link, err := os.Readlink(p.path)
	text, _ := os.ReadFile(target)
	if err != nil || link != target || !strings.Contains(string(text), `"new"`) {
		t.Errorf("%s, %v:\n%s", link, err, text)
	}
}

func TestWithoutAHomeThereAreNoProfiles(t *testing.T) {
	p := Profiles{path: filepath.Join("", ".config", "profiles.toml")}
	if _, err := p.List(); err == nil || !strings.Contains(err.Error(), "XDG_CONFIG_HOME") {
		t.Error(err)
	}
}

// TestNothingIsWrittenToTheRoot runs itself again, as xdg reads the environment when it is loaded.
func TestNothingIsWrittenToTheRoot(t *testing.T) {
	onUnix(t)
	const again = "UNLEASH_INVITE_TEST_PATH"
	if os.Getenv(again) != "" {
		fmt.Printf("path=%s\n", OwnProfiles().Path())
		return
	}
	tests := map[string]string{
		"":                                  "path=unleash-invite/profiles.toml",
		"HOME=":                             "path=unleash-invite/profiles.toml",
		"XDG_CONFIG_HOME=relative":          "path=unleash-invite/profiles.toml",
		"XDG_CONFIG_HOME=~/.config":         "path=unleash-invite/profiles.toml",
		"XDG_CONFIG_HOME=/somewhere/config": "path=/somewhere/config/unleash-invite/profiles.toml",
		"HOME=/home/jo":                     "path=/home/jo/",
	}
	for given, want := range tests {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$")
		cmd.Env = []string{again + "=1", given}
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %s, %v", given, out, err)
		}
	}
}

func TestALinkToNothingIsNamed(t *testing.T) {
	p := written(t, twoProfiles)
	gone := filepath.Join(t.TempDir(), "gone.toml")
	between := filepath.Join(filepath.Dir(p.path), "between")
	if err := all(os.Remove(p.path), os.Symlink(gone, between), os.Symlink("between", p.path)); err != nil {
		t.Skip(err)
	}
	want := p.path + " is a link to " + gone + ", which does not exist"
	if _, err := p.List(); err == nil || !strings.Contains(err.Error(), want) {
		t.Error(err)
	}
	if err := p.Save(t.Context(), local(), "user:1111"); err == nil || !strings.Contains(err.Error(), want) {
		t.Error(err)
	}
}

func TestALinkOfTheFolderToNothingIsNamed(t *testing.T) {
	folder := t.TempDir()
	link, gone := filepath.Join(folder, "unleash-invite"), filepath.Join(folder, "gone")
	if err := os.Symlink("gone", link); err != nil {
		t.Skip(err)
	}
	p := ProfilesIn(filepath.Join(link, "profiles.toml"))
	want := link + " is a link to " + gone + ", which does not exist"
	for _, err := range []error{second(p.List()), p.Save(t.Context(), local(), "user:1111")} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Error(err)
		}
	}
	if err := os.Mkdir(gone, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := p.Save(t.Context(), local(), "user:1111"); err != nil {
		t.Error(err)
	}
}

func TestAFolderThatCantBeWrittenIsSaid(t *testing.T) {
	p := Profiles{path: filepath.Join(t.TempDir(), "file", "profiles.toml")}
	if err := os.WriteFile(filepath.Dir(p.path), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := p.Save(context.Background(), local(), "user:1111")
	if err == nil || !strings.Contains(err.Error(), "not a directory") || strings.Contains(err.Error(), "1111") {
		t.Error(err)
	}
}

func TestWhatBelongsToAnotherUserIsRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	for _, given := range []func(Profiles) string{
		func(p Profiles) string { return p.path },
		func(p Profiles) string { return filepath.Dir(p.path) },
	} {
		p := written(t, twoProfiles)
		if err := os.Chown(given(p), 12345, -1); err != nil {
			t.Skip(err)
		}
		if _, err := p.List(); err == nil || !strings.Contains(err.Error(), given(p)+" belongs to another user") {
			t.Error(err)
		}
	}
}

func TestAFileAsEditorsOnWindowsWriteIt(t *testing.T) {
	p := written(t, "\ufeff"+"[[profile]]\r\nname = \"acme\"\r\nurl = \"https://x\"\r\ntoken = \" user:0000 \"\r\n")
	got, err := p.List()
	if err != nil || len(got) != 1 || got[0].Source.Token != "user:0000" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestNotifyStandsAboveTheProfiles(t *testing.T) {
	for text, want := range map[string]bool{
		"notify = true\n": true, "notify = false\n": false, "": false, "notify = 1\n": false,
		"notify = true\n[[profile]]\nname = \"a\"\nurl = \"https://a.io\"\ntoken_env = \"A\"\n": true,
	} {
		path := filepath.Join(t.TempDir(), "profiles.toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p := ProfilesIn(path)
		if got := p.Notify(); got != want {
			t.Errorf("%q: %v", text, got)
		}
		if !want {
			continue
		}
		if err := p.Save(t.Context(), Profile{Name: "b", URL: "https://b.io", Source: Source{Kind: InEnvironment, From: "B"}}, ""); err != nil {
			t.Fatal(err)
		}
		if !p.Notify() {
			t.Error("saving a profile took it away")
		}
	}
}
