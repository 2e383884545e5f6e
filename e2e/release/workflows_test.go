package release

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestWorkflowsRunWhatWasLookedAt has every action pinned by its commit, and nothing of this repository, of its modules
// or of goreleaser run in a job that may write.
func TestWorkflowsRunWhatWasLookedAt(t *testing.T) {
	pinned := regexp.MustCompile(`^uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	files, err := filepath.Glob("../../.github/workflows/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimPrefix(strings.TrimSpace(line), "- "); strings.HasPrefix(line, "uses:") && !pinned.MatchString(line) {
				t.Errorf("%s: %s", path, line)
			}
		}
		_, jobs, _ := strings.Cut(string(text), "\njobs:\n")
		for _, job := range regexp.MustCompile(`\n\n  \b`).Split(jobs, -1) {
			writes := strings.Contains(job, ": write")
			for _, ours := range []string{"actions/checkout", "go run", ".ci/", "setup-go"} {
				if writes && strings.Contains(job, ours) {
					t.Errorf("%s: a job that may write has %s:\n%s", path, ours, job)
				}
			}
		}
	}
}

// TestTheReleaseIsSignedAttestedAndLooksForFlaws compares the workflows with what SECURITY.md tells to check a release by.
func TestTheReleaseIsSignedAttestedAndLooksForFlaws(t *testing.T) {
	page := read(t, "../../SECURITY.md")
	for path, parts := range map[string][]string{
		"../../.github/workflows/release.yaml": {
			"cosign sign-blob --yes --bundle checksums.txt.sigstore.json checksums.txt", "id-token: write",
			"actions/attest-build-provenance@", "subject-checksums: upload/checksums.txt", "attestations: write",
		},
		"../../.github/workflows/ci.yaml":       {"golang.org/x/vuln/cmd/govulncheck@v", "schedule:"},
		"../../.github/dependabot.yaml":         {"package-ecosystem: gomod", "package-ecosystem: github-actions"},
		"../../.goreleaser.yaml":                {"sboms:", "_sbom.cdx.json"},
		"../../.github/ISSUE_TEMPLATE/bug.yaml": {"--debug"},
	} {
		text := read(t, path)
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %s", path, part)
			}
		}
	}
	for _, command := range []string{
		"cosign verify-blob --bundle checksums.txt.sigstore.json checksums.txt", "release\\.yaml@refs/tags/v", "gh attestation verify",
	} {
		if !strings.Contains(page, command) {
			t.Errorf("SECURITY.md does not tell %s", command)
		}
	}
	if strings.Contains(read(t, "../../.ci/run"), "govulncheck") {
		t.Error(".ci/run looks for flaws: the database is not in reach everywhere")
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
