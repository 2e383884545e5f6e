package tui

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/mattn/go-runewidth"
	"github.com/rivo/uniseg"

	"unleash-invite/demo"
	"unleash-invite/tui/screen"
)

// odd are names that terminals find hard to measure.
var odd = []string{
	"山田太郎" + strings.Repeat("長い名前", 40),
	"e\u0301\u0302\u0303\u0304" + strings.Repeat("Z\u0301", 90),
	strings.Repeat("שלום עולם ", 30) + "مرحبا بالعالم",
	"👩\u200d👩\u200d👧\u200d👦" + strings.Repeat("👍🏽", 60),
	strings.Repeat("🇩🇪", 50) + "🇩",
	"ｱﾞ" + strings.Repeat("ภาษาไทยน้ำ", 20),
	strings.Repeat("क्षि", 60) + strings.Repeat("한", 40),
	strings.Repeat("x", 990),
	"❤\ufe0f☎\ufe0f1\ufe0f\u20e3",
	"\u0301",
}

// TestEveryScreenFitsEveryWindow draws each scene, with ordinary names and with
// odd ones, in windows of the widths 1 to 200 and the heights 1 to 60: in all of
// them with UNLEASH_SWEEP=1.
func TestEveryScreenFitsEveryWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, s := range scenes() {
		for kind, links := range map[string][]demo.Link{"": s.links, "-odd": withOddNames(s.links)} {
			t.Run(s.name+kind, func(t *testing.T) {
				t.Parallel()
				d := start(t, 80, 24, links...)
				s.reach(d)
				if kind != "" {
					d.m.session.User.Name, d.m.session.Server.Version, d.m.session.Instance.Host = odd[3], odd[4], "山田.example/"+strings.Repeat("長", 99)
				}
				sweep(t, d)
			})
		}
	}
}

func withOddNames(links []demo.Link) []demo.Link {
	named := make([]demo.Link, len(links))
	for i, l := range links {
		l.Name = l.Name + " " + odd[i%len(odd)]
		l.Joined = odd
		named[i] = l
	}
	return named
}

func sweep(t *testing.T, d *driver) {
	t.Helper()
	for width := 1; width <= 200; width++ {
		terminal := newNarrowTerminal(width)
		for height := 1; height <= 60; height++ {
			if skipped(width, height) {
				continue
			}
			d.send(tea.WindowSizeMsg{Width: width, Height: height})
			checkGeometry(t, d, terminal, height)
		}
	}
}

// skipped keeps the sweep short unless all of it is asked for: every small window,
// the widest and the highest, and steps between them.
func skipped(width, height int) bool {
	small := width <= 45 && height <= 15
	border := width == 200 || height == 60
	return !small && !border && (width%23 != 0 || height%7 != 0) && os.Getenv("UNLEASH_SWEEP") != "1"
}

func checkGeometry(t *testing.T, d *driver, terminal *narrowTerminal, height int) {
	t.Helper()
	width := terminal.width
	view := d.m.View()
	lines := strings.Split(view.Content, "\n")
	if len(lines) > height {
		t.Fatalf("%d lines in a window of %d×%d", len(lines), width, height)
	}
	for _, line := range lines {
		if problem := terminal.check(line); problem != "" {
			t.Fatalf("in a window of %d×%d: %s: %q", width, height, problem, line)
		}
	}
	if c := view.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= width || c.Y >= height) {
		t.Fatalf("the cursor is at %d,%d in a window of %d×%d", c.X, c.Y, width, height)
	}
	text := ansi.Strip(view.Content)
	if width < screen.MinWidth || height < screen.MinHeight {
		all := fmt.Sprintf("Thewindowistoosmall:%d×%d,and40×12isneeded.qquits.", width, height)
		if words := strings.Join(strings.Fields(text), ""); words == "" || !strings.HasPrefix(all, words) {
			t.Fatalf("no word of the window's size, %d×%d:\n%s", width, height, text)
		}
		return
	}
	lines = strings.Split(text, "\n")
	if out := lines[len(lines)-1]; !strings.Contains(out, "q quit") && !strings.Contains(out, "esc ") {
		t.Fatalf("no way out in a window of %d×%d:\n%s", width, height, text)
	}
	status, mark, _ := d.m.facts().Status()
	words := mark + " " + status.String()
	if s, ok := d.m.top().(screen.Changing); ok && s.Changing(d.m.facts()) {
		words = "? Rotating"
	}
	if _, apart := d.m.top().(screen.Elsewhere); !apart && d.m.session.Connected() && !strings.Contains(text, words) {
		t.Fatalf("no status in a window of %d×%d:\n%s", width, height, text)
	}
}

// narrowTerminal is a terminal of the width and two rows, to see whether a line wraps.
type narrowTerminal struct {
	width    int
	emulator *vt.Emulator
	seen     map[string]bool
}

func newNarrowTerminal(width int) *narrowTerminal {
	return &narrowTerminal{width: width, emulator: vt.NewEmulator(width, 2), seen: map[string]bool{}}
}

// check says what is wrong with a line, measured three ways; nothing when it fits.
func (n *narrowTerminal) check(line string) string {
	if n.seen[line] {
		return ""
	}
	n.seen[line] = true
	text := ansi.Strip(line)
	runes := 0
	for _, r := range text {
		runes += runewidth.RuneWidth(r)
	}
	if w := max(runes, uniseg.StringWidth(text)); w > n.width {
		return fmt.Sprintf("a line of %d columns", w)
	}
	_, _ = n.emulator.WriteString("\x1b[2J\x1b[H" + line)
	if second := strings.TrimRight(strings.SplitN(n.emulator.String()+"\n", "\n", 3)[1], " "); second != "" {
		return fmt.Sprintf("a line that wraps, with %q on the next", second)
	}
	return ""
}

// TestEveryScreenIsAScene keeps a new screen from being left out of the goldens
// and of the sweep.
func TestEveryScreenIsAScene(t *testing.T) {
	drawn := map[string]bool{}
	for _, s := range scenes() {
		d := start(t, 80, 24, s.links...)
		s.reach(d)
		drawn[strings.TrimPrefix(reflect.TypeOf(d.m.top()).String(), "*")] = true
	}
	for _, name := range screenTypes(t) {
		if !drawn["screen."+name] {
			t.Errorf("no scene shows the screen %s: add one to scenes()", name)
		}
	}
}

// screenTypes are the names of the types that have the methods of a screen.
func screenTypes(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("screen/*.go")
	if err != nil {
		t.Fatal(err)
	}
	methods := map[string]int{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil && !strings.HasSuffix(file, "_test.go") {
				methods[receiver(f)+"."+f.Name.Name] = f.Type.Params.NumFields()
			}
		}
	}
	var names []string
	for method, parameters := range methods {
		name, isView := strings.CutSuffix(method, ".View")
		_, updates := methods[name+".Update"]
		if isView && updates && parameters == 1 {
			names = append(names, name)
		}
	}
	if len(names) < 8 {
		t.Fatalf("only %q were found", names)
	}
	return names
}

func receiver(f *ast.FuncDecl) string {
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	return t.(*ast.Ident).Name
}
