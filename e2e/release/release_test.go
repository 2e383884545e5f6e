// Package release tests what goreleaser makes of the commit that is checked out: UNLEASH_E2E=1 go test ./e2e/release.
package release

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// run runs a command in a folder and returns what it prints.
func run(t *testing.T, folder, name string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Dir = folder
	var complaint strings.Builder
	command.Stderr = &complaint
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s%s", name, args, err, output, complaint.String())
	}
	return string(output)
}

// snapshot makes a release of the commit in a clone of its own, and returns the clone.
func snapshot(t *testing.T, goreleaser string) string {
	t.Helper()
	clone := filepath.Join(t.TempDir(), "clone")
	run(t, "../..", "git", "clone", "-q", ".", clone)
	run(t, clone, "go", "run", goreleaser, "check", "--quiet")
	run(t, clone, "go", "run", goreleaser, "release", "--snapshot", "--clean")
	return clone
}

// goreleaser is the one that the workflow releases with.
func goreleaser(t *testing.T) string {
	t.Helper()
	workflow, err := os.ReadFile("../../.github/workflows/release.yaml")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`github\.com/goreleaser/goreleaser/v2@v[0-9.]+`).FindString(string(workflow))
	if found == "" {
		t.Fatal("the workflow pins no goreleaser")
	}
	return found
}

func TestRelease(t *testing.T) {
	if os.Getenv("UNLEASH_E2E") != "1" {
		t.Skip("builds for six platforms, twice: set UNLEASH_E2E=1 for it")
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("looks into the packages for Linux on amd64")
	}
	tool := goreleaser(t)
	clone := snapshot(t, tool)
	dist := filepath.Join(clone, "dist")
	commit := strings.TrimSpace(run(t, clone, "git", "rev-parse", "HEAD"))
	stamp, err := time.Parse(time.RFC3339, strings.TrimSpace(run(t, clone, "git", "log", "-1", "--format=%cI")))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("all platforms", func(t *testing.T) { everyPlatform(t, dist) })
	t.Run("archive", func(t *testing.T) { archive(t, one(t, dist, "*_linux_amd64.tar.gz"), stamp) })
	t.Run("deb", func(t *testing.T) { deb(t, one(t, dist, "*_linux_amd64.deb"), commit) })
	t.Run("twice the same", func(t *testing.T) {
		again := filepath.Join(snapshot(t, tool), "dist")
		if first, second := sums(t, dist), sums(t, again); first != second {
			t.Errorf("two builds of one commit differ:\n%s\n%s", first, second)
		}
	})
}

// one is the only file in the folder that the pattern fits.
func one(t *testing.T, folder, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %q, %v", pattern, found, err)
	}
	return found[0]
}

func sums(t *testing.T, dist string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dist, "checksums.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func everyPlatform(t *testing.T, dist string) {
	checksums := sums(t, dist)
	for _, arch := range []string{"amd64", "arm64"} {
		for _, end := range []string{"linux_%.tar.gz", "linux_%.deb", "linux_%.rpm", "linux_%.apk", "macos_%.tar.gz", "windows_%.zip"} {
			if end = strings.ReplaceAll(end, "%", arch) + "\n"; !strings.Contains(checksums, end) {
				t.Errorf("no %s", end)
			}
		}
	}
	if files := strings.Count(checksums, "\n"); files != 12 {
		t.Errorf("%d files:\n%s", files, checksums)
	}
	if text := run(t, dist, "sha256sum", "--check", "--quiet", "checksums.txt"); text != "" {
		t.Error(text)
	}
}

func archive(t *testing.T, path string, stamp time.Time) {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	files := tar.NewReader(plain)
	for {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		_, name, _ := strings.Cut(header.Name, "/")
		names = append(names, name)
		if !header.ModTime.Equal(stamp) {
			t.Errorf("%s is of %s, the commit of %s", header.Name, header.ModTime, stamp)
		}
	}
	slices.Sort(names)
	want := []string{"CHANGELOG.md", "LICENSE", "README.md", "completions/_unleash-invite", "completions/unleash-invite.bash",
		"completions/unleash-invite.fish", "completions/unleash-invite.ps1", "unleash-invite", "unleash-invite.1"}
	if !slices.Equal(names, want) {
		t.Errorf("it holds %q", names)
	}
}

func deb(t *testing.T, path, commit string) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "var/lib/dpkg"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "var/lib/dpkg/status"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	dpkg := []string{"dpkg", "--root=" + root, "--log=/dev/null", "-i", path}
	if os.Geteuid() != 0 { // dpkg gives the files to root
		dpkg = append([]string{"sudo", "-n"}, dpkg...)
		t.Cleanup(func() { run(t, "/", "sudo", "-n", "rm", "-rf", root) })
	}
	run(t, "/", dpkg[0], dpkg[1:]...)

	installed := filepath.Join(root, "usr/bin/unleash-invite")
	if text := run(t, "/", installed, "--version"); !strings.Contains(text, "commit "+commit) {
		t.Errorf("--version says %q", text)
	}
	if text := run(t, "/", installed, "--demo"); !strings.HasPrefix(text, "Active: ") {
		t.Errorf("--demo prints %q", text)
	}
	page := run(t, "/", "gzip", "-dc", filepath.Join(root, "usr/share/man/man1/unleash-invite.1.gz"))
	if page != run(t, "/", installed, "man") {
		t.Errorf("the man page is another than that of man:\n%s", page)
	}
	for shell, place := range map[string]string{
		"bash": "bash-completion/completions/unleash-invite", "zsh": "zsh/vendor-completions/_unleash-invite",
		"fish": "fish/vendor_completions.d/unleash-invite.fish",
	} {
		script, err := os.ReadFile(filepath.Join(root, "usr/share", place))
		if err != nil || string(script) != run(t, "/", installed, "completion", shell) {
			t.Errorf("the completions for %s: %v", shell, err)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "usr/share/doc/unleash-invite/copyright")); err != nil {
		t.Error(err)
	}
}
