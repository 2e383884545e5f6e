package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// list runs go list and returns its lines.
func list(t *testing.T, args ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list"}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("go list %q: %v\n%s", args, err, out)
	}
	return strings.Fields(string(out))
}

// imports are what a package's own files import, its tests left out.
func imports(t *testing.T, pkg string) []string {
	return list(t, "-f", `{{join .Imports "\n"}}`, pkg)
}

func TestModelImportsTheStandardLibraryAlone(t *testing.T) {
	standard := list(t, "std")
	for _, path := range imports(t, "./model") {
		if !slices.Contains(standard, path) {
			t.Errorf("model imports %s", path)
		}
	}
}

func TestDirectionsOfDependency(t *testing.T) {
	allowed := map[string][]string{
		"./model":  nil,
		"./client": {"unleash-invite/model"},
		"./config": nil,
		"./demo":   nil, // shares no code with client
		"./tui":    {"unleash-invite/model"},
		"./bench":  {"unleash-invite/client/faults", "unleash-invite/demo"},
		"./manual": {"unleash-invite/config"},
		".":        {"unleash-invite/client", "unleash-invite/config", "unleash-invite/demo", "unleash-invite/manual", "unleash-invite/tui"},
	}
	for pkg, may := range allowed {
		for _, path := range imports(t, pkg) {
			if strings.HasPrefix(path, "unleash-invite/") && !slices.Contains(may, path) {
				t.Errorf("%s imports %s", pkg, path)
			}
		}
	}
}

func TestTuiDoesNoHTTP(t *testing.T) {
	for _, path := range imports(t, "./tui") {
		if path == "net/http" || strings.HasPrefix(path, "net/http/") {
			t.Errorf("tui imports %s", path)
		}
	}
}

func TestNothingAsksTheTerminalAtTheStart(t *testing.T) {
	if slices.Contains(list(t, "-deps", "-test", "./..."), "charm.land/lipgloss/v2/compat") {
		t.Error("charm.land/lipgloss/v2/compat is imported: it queries the terminal in its init")
	}
}
