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
