package screen

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/session"
)

// A screen asks through Base alone: a request of its own would not be dropped when it is closed.
func TestOnlyBaseHoldsRequests(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if name == "screen.go" || name == "base_test.go" {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && (s.Sel.Name == "Request" || s.Sel.Name == "Begin") {
				if x, ok := s.X.(*ast.Ident); ok && (x.Name == "session" || x.Name == "r") {
					t.Errorf("%s: use Base.Ask with a slot, so that closing the screen drops the request", set.Position(s.Pos()))
				}
			}
			return true
		})
	}
}

type askHost struct{ Host }

func (askHost) After(time.Duration, tea.Msg) tea.Cmd { return nil }

func TestClosingAScreenDropsWhatItAsked(t *testing.T) {
	var b Base
	var first, second slot
	taken := 0
	cancelled := make(chan (<-chan struct{}), 2)
	ask := func(s *slot) session.Answer {
		return b.Ask(askHost{}, s, func(ctx context.Context) session.Take {
			cancelled <- ctx.Done()
			return func() tea.Cmd { taken++; return nil }
		})().(session.Answer)
	}
	one, two := ask(&first), ask(&second)
	if !first.running() || !second.running() {
		t.Fatal("nothing is under way")
	}
	b.Closed()
	one.Deliver()
	two.Deliver()
	<-<-cancelled
	<-<-cancelled
	if taken != 0 || first.running() {
		t.Errorf("%d answers came to a screen that is closed", taken)
	}
}
