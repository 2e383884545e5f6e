// Package release tests what goreleaser makes of the commit that is checked out: UNLEASH_E2E=1 go test ./e2e/release.
package release

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
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
		t.Skip("builds for nine platforms, twice: set UNLEASH_E2E=1 for it")
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
	t.Run("packagers", func(t *testing.T) { packagers(t, clone, dist) })
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
	packages := []string{"linux_%.tar.gz", "linux_%.deb", "linux_%.rpm", "linux_%.apk", "linux_%.pkg.tar.zst"}
	elsewhere := []string{"macos_%.tar.gz", "freebsd_%.tar.gz", "windows_%.zip"}
	wanted := []string{"_sbom.cdx.json"}
	for arch, ends := range map[string][]string{
		"amd64": slices.Concat(packages, elsewhere), "arm64": slices.Concat(packages, elsewhere), "armv7": packages,
	} {
		for _, end := range ends {
			wanted = append(wanted, strings.ReplaceAll(end, "%", arch))
		}
	}
	for _, end := range wanted {
		if !strings.Contains(checksums, end+"\n") {
			t.Errorf("no %s", end)
		}
	}
	if files := strings.Count(checksums, "\n"); files != len(wanted) {
		t.Errorf("%d files, want %d:\n%s", files, len(wanted), checksums)
	}
	if text := run(t, dist, "sha256sum", "--check", "--quiet", "checksums.txt"); text != "" {
		t.Error(text)
	}
}

// packagers looks at what is made for package managers: each has the archives' names and checksums of this release.
func packagers(t *testing.T, clone, dist string) {
	sum, _, _ := strings.Cut(run(t, dist, "sha256sum", one(t, dist, "*_linux_amd64.tar.gz")), " ")
	windows, _, _ := strings.Cut(run(t, dist, "sha256sum", one(t, dist, "*_windows_amd64.zip")), " ")
	wanted := map[string]string{
		"homebrew/Casks/unleash-invite.rb": sum, "aur/unleash-invite-bin.pkgbuild": sum, "scoop/unleash-invite.json": windows,
		"winget/manifests/u/unleash-invite/unleash-invite/*/unleash-invite.unleash-invite.installer.yaml": strings.ToUpper(windows),
	}
	if _, err := exec.LookPath("nix-hash"); err == nil { // goreleaser needs it to make this one
		nix := run(t, dist, "nix-hash", "--type", "sha256", "--flat", "--base32", one(t, dist, "*_linux_amd64.tar.gz"))
		wanted["nix/pkgs/unleash-invite/default.nix"] = strings.TrimSpace(nix)
	} else if os.Getenv("CI") == "true" {
		t.Error(err)
	}
	for path, want := range wanted {
		text, err := os.ReadFile(one(t, dist, path))
		if err != nil || !strings.Contains(strings.ToUpper(string(text)), strings.ToUpper(want)) {
			t.Errorf("%s: %v\n%s", path, err, text)
		}
	}
	run(t, clone, ".ci/pack", "--without-image")
	upload := filepath.Join(clone, "upload")
	run(t, upload, "sha256sum", "--check", "--strict", "--quiet", "checksums.txt")
	files, err := os.ReadDir(upload)
	if lines := strings.Count(sums(t, upload), "\n"); err != nil || len(files) != lines+1 {
		t.Errorf("%d files, and %d in checksums.txt: %v", len(files), lines, err)
	}
	if list := run(t, upload, "tar", "-tzf", one(t, upload, "*_packagers.tar.gz")); !strings.Contains(list, "homebrew/Casks/unleash-invite.rb") {
		t.Error(list)
	}
	var bill struct{ Components []struct{ Name string } }
	text, _ := os.ReadFile(one(t, upload, "*_sbom.cdx.json"))
	if err := json.Unmarshal(text, &bill); err != nil || len(bill.Components) < 5 {
		t.Errorf("the bill of materials: %v, %+v", err, bill)
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
