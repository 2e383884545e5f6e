// Package words holds the test of what the program says.
package words

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the sentences anew")

// speaking are the folders whose texts reach the user.
var speaking = []string{
	".", "cli", "client", "config", "exit", "instances", "model", "paste",
	"tui", "tui/clipboard", "tui/curl", "tui/draw", "tui/mask", "tui/qrcode", "tui/screen", "tui/session", "tui/terminal",
}

// TestSentences keeps all that the program can say in one file, to be read from top to bottom.
func TestSentences(t *testing.T) {
	var b strings.Builder
	for _, s := range sentences(t) {
		if len(s.texts) > 0 {
			fmt.Fprintf(&b, "== %s\n%s\n\n", s.file, strings.Join(s.texts, "\n"))
		}
	}
	const golden = "testdata/sentences.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Split(b.String(), "\n"); !slices.Equal(got, strings.Split(string(want), "\n")) {
		was := strings.Split(string(want), "\n")
		for _, line := range got {
			if !slices.Contains(was, line) {
				t.Errorf("new: %s", line)
			}
		}
		t.Error("what the program can say has changed: read it, then go test ./e2e/words -update")
	}
}

// said are the texts of a file, in its order.
type said struct {
	file  string
	texts []string
}

func sentences(t *testing.T) []said {
	t.Helper()
	var all []said
	for _, folder := range speaking {
		files, err := filepath.Glob(filepath.Join("../..", folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			c := collector{}
			ast.Walk(&c, file)
			all = append(all, said{strings.TrimPrefix(filepath.ToSlash(name), "../../"), c.texts})
		}
	}
	return all
}

// collector collects the texts of a file.
type collector struct{ texts []string }

// unsaid are functions whose arguments nobody reads: they take texts apart, or talk to a machine. Of a package all are meant.
var unsaid = regexp.MustCompile(`^(strings|regexp|exec|http|os|filepath|path|flag|url|slices|time|bytes|utf8)\.` +
	`|^(dateOf|nextDate|Getenv|LookupEnv|panic|Set|HasPrefix)$`)

// labels are functions whose arguments are read even where they are a single word.
var labels = regexp.MustCompile(`^(draw\.)?(Does|Fact|Focused|Input|Secret|Choice|Count)$|\.(Fact|Focused|Input|Secret|Choice|Hint|More|Warn|Wrong|Does|Render)$|^cell$|^errors\.New$`)

// Visit implements ast.Visitor.
func (c *collector) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return nil
	case *ast.Field: // its tag
		return nil
	case *ast.CallExpr:
		switch name := render(n.Fun); {
		case unsaid.MatchString(name):
			return nil
		case name == "Bind" && len(n.Args) > 0: // the keys that follow are no words
			c.take(n.Args[0], true)
			return nil
		case labels.MatchString(name):
			for _, arg := range n.Args {
				c.take(arg, true)
			}
			return nil
		}
	case *ast.BinaryExpr:
		if n.Op == token.ADD && isText(n) {
			c.take(n, false)
			return nil
		}
		if n.Op != token.ADD {
			return nil // compared, not said
		}
	case *ast.CaseClause:
		for _, s := range n.Body {
			ast.Walk(c, s)
		}
		return nil
	case *ast.BasicLit:
		c.take(n, false)
	}
	return c
}

// take takes an expression for a text; a single word only as a label.
func (c *collector) take(n ast.Expr, label bool) {
	if !isText(n) {
		if _, literal := n.(*ast.BasicLit); !literal {
			ast.Walk(c, n)
		}
		return
	}
	c.within(n)
	text := strings.ReplaceAll(strings.Trim(render(n), "\n"), "\n", "\n    ")
	text = strings.ReplaceAll(text, "    \n", "\n")
	if !readable(text, label) || slices.Contains(c.texts, text) {
		return
	}
	c.texts = append(c.texts, text)
}

// within takes the texts inside of a sum's other parts.
func (c *collector) within(n ast.Expr) {
	switch sum, ok := n.(*ast.BinaryExpr); {
	case !ok:
	case isText(sum.X) && isText(sum.Y):
		c.within(sum.X)
		c.within(sum.Y)
	case isText(sum.X):
		c.within(sum.X)
		ast.Walk(c, sum.Y)
	default:
		ast.Walk(c, sum.X)
		c.within(sum.Y)
	}
}

// isText reports whether there is a literal text in a sum.
func isText(n ast.Expr) bool {
	switch n := n.(type) {
	case *ast.BasicLit:
		return n.Kind == token.STRING
	case *ast.BinaryExpr:
		return n.Op == token.ADD && (isText(n.X) || isText(n.Y))
	case *ast.ParenExpr:
		return isText(n.X)
	}
	return false
}

var (
	layout = regexp.MustCompile(`^(Date|Age|Via|Server|Cloudflare|Accept|Authorization)$|2006|15:04|2 Jan|<&3|/S /C|\$1`) // of headers, of times, and of what a shell reads
	spaced = regexp.MustCompile(`\pL\S* +\S*\pL|\pL\S* +[%{]|[%}]\S* +\S*\pL`)
	letter = regexp.MustCompile(`\pL`)
	// word is a single one that stands by itself, as a status and a label do.
	word = regexp.MustCompile(`^\W*\p{Lu}\p{Ll}+(-\p{Ll}+)?\W*$|\p{Ll}…$|^\d+ \p{Ll}+$`)
)

func readable(text string, label bool) bool {
	bare := regexp.MustCompile(`\{[^}]*\}|%[-+#0-9.]*[a-zA-Z]`).ReplaceAllString(text, "{}")
	return letter.MatchString(bare) && !layout.MatchString(text) && (label || spaced.MatchString(text) || word.MatchString(text))
}

// render is an expression as one reads it: literals as they are, all else by its name.
func render(n ast.Expr) string {
	switch n := n.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(n.Value)
		if err != nil {
			return n.Value
		}
		return text
	case *ast.BinaryExpr:
		return part(n.X) + part(n.Y)
	case *ast.ParenExpr:
		return render(n.X)
	case *ast.SelectorExpr:
		return render(n.X) + "." + n.Sel.Name
	case *ast.Ident:
		return n.Name
	case *ast.CallExpr:
		return render(n.Fun)
	}
	return "…"
}

func part(n ast.Expr) string {
	if isText(n) {
		return render(n)
	}
	name := render(n)
	return "{" + name[strings.LastIndex(name, ".")+1:] + "}"
}
