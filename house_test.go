package main

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// imports returns what a package's own files import, its tests left out.
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

// TestDirectionsOfDependency holds the arrows between the packages: a package that is not listed imports nothing of ours.
func TestDirectionsOfDependency(t *testing.T) {
	allowed := map[string][]string{
		"":              {"build", "cli", "client", "config", "exit", "instances", "tui", "tui/clipboard", "tui/screen", "tui/session", "tui/terminal"},
		"cli":           {"build", "config", "exit", "model", "parallel", "tui/draw", "tui/mask"},
		"client":        {"model", "parallel", "paste"},
		"config":        {"paste"},
		"paste":         nil,
		"demo":          nil, // shares no code with client
		"exit":          {"tui/draw", "tui/terminal"},
		"instances":     {"client", "config", "demo", "model"},
		"tui":           {"tui/browser", "tui/clipboard", "tui/draw", "tui/mask", "tui/screen", "tui/session", "tui/terminal", "model", "parallel"},
		"tui/screen":    {"model", "paste", "tui/curl", "tui/draw", "tui/qrcode", "tui/session"},
		"tui/session":   {"model", "parallel"},
		"tui/curl":      {"model", "tui/draw"},
		"tui/draw":      {"model"},
		"tui/mask":      {"model", "tui/draw"},
		"tui/terminal":  {"tui/draw"},
		"tui/browser":   nil,
		"tui/clipboard": nil,
		"tui/qrcode":    nil,
	}
	for _, pkg := range list(t, "./...") {
		name := strings.Trim(strings.TrimPrefix(pkg, "unleash-invite"), "/")
		if first, _, _ := strings.Cut(name, "/"); first == "bench" || first == "e2e" || first == "screenshots" || strings.HasPrefix(name, "client/") {
			continue // what tests and measures, from outside
		}
		for _, path := range imports(t, pkg) {
			if ours, ok := strings.CutPrefix(path, "unleash-invite/"); ok && !slices.Contains(allowed[name], ours) {
				t.Errorf("%s imports %s", cmp.Or(name, "main"), ours)
			}
		}
	}
}

func TestTuiDoesNoHTTP(t *testing.T) {
	for _, pkg := range list(t, "./tui/...") {
		for _, path := range imports(t, pkg) {
			if path == "net/http" || strings.HasPrefix(path, "net/http/") {
				t.Errorf("%s imports %s", pkg, path)
			}
		}
	}
}

func TestNothingAsksTheTerminalAtTheStart(t *testing.T) {
	if slices.Contains(list(t, "-deps", "-test", "./..."), "charm.land/lipgloss/v2/compat") {
		t.Error("charm.land/lipgloss/v2/compat is imported: it queries the terminal in its init")
	}
}

// A panic in a goroutine ends the program with the terminal raw, unless the goroutine recovers from it.
func TestGoroutinesRecover(t *testing.T) {
	for _, pkg := range []string{".", "build", "cli", "client", "config", "exit", "instances", "parallel", "tui", "tui/*"} {
		files, err := filepath.Glob(pkg + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(pkg, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, body := range goroutines(file) {
				if !mentions(body, "recover") && name != "tui/terminal/watch.go" { // which starts Bubble Tea, which recovers
					t.Errorf("%s: this goroutine does not recover from panics; parallel.Run does", set.Position(body.Pos()))
				}
			}
		}
	}
}

// goroutines are the functions in the file that are started as goroutines.
func goroutines(file *ast.File) []ast.Node {
	var found []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			if f, ok := n.Call.Fun.(*ast.FuncLit); ok {
				found = append(found, f)
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Go" {
				found = append(found, n)
			}
		}
		return true
	})
	return found
}

func mentions(body ast.Node, name string) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}

func TestNothingReadsTheClipboard(t *testing.T) {
	for _, folder := range []string{"*.go", "*/*.go", "tui/*/*.go"} {
		files, err := filepath.Glob(folder)
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			reads := regexp.MustCompile(`clipboard\.ReadAll|ReadClipboard|\]52;[a-z]*;\?|wl-paste|pbpaste`)
			if found := reads.Find(text); err != nil || found != nil && !strings.HasSuffix(path, "_test.go") {
				t.Errorf("%s: %s, %v", path, found, err)
			}
		}
	}
}
