package client

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/model"
)

// safeTypes can't carry unsafe text: they clean what they decode, or are no text.
var safeTypes = []string{"text", "words", "secret", "link", "instant", "yes", "enabled", "bool", "int64"}

// Every field that JSON is decoded into is of a safe type, or made of such. This
// reads the source, so that a new wire type can't be forgotten here.
func TestWireTypesAreSafe(t *testing.T) {
	wireTypes, fields := 0, 0
	for _, file := range parseSource(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.StructType)
			if !ok || !isWire(s) {
				return true
			}
			wireTypes++
			for _, f := range s.Fields.List {
				fields++
				if why := unsafe(f); why != "" {
					t.Errorf("%s: a field of a wire type %s", f.Names, why)
				}
			}
			return true
		})
	}
	if wireTypes < 8 || fields < 25 {
		t.Errorf("only %d wire types with %d fields were found", wireTypes, fields)
	}
}

// JSON is decoded in decode.go and, from bytes at hand, in three more places that
// decode into wire types.
func TestJSONIsDecodedAtTheBorderOnly(t *testing.T) {
	allowed := map[string][]string{"NewDecoder": {"decode.go"}, "Unmarshal": {"answer.go", "people.go", "wire.go"}}
	for name, file := range parseSource(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "json" && allowed[s.Sel.Name] != nil && !slices.Contains(allowed[s.Sel.Name], name) {
				t.Errorf("%s uses json.%s", name, s.Sel.Name)
			}
			return true
		})
	}
}

func parseSource(t *testing.T) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]*ast.File)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if files[name], err = parser.ParseFile(token.NewFileSet(), name, nil, 0); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func isWire(s *ast.StructType) bool {
	return slices.ContainsFunc(s.Fields.List, func(f *ast.Field) bool { return f.Tag != nil && strings.Contains(f.Tag.Value, "json:") })
}

// unsafe says what is wrong with a wire type's field; "" when nothing is.
func unsafe(f *ast.Field) string {
	if len(f.Names) != 1 || f.Tag == nil {
		return "is embedded, or has no json tag"
	}
	typ := f.Type
	for {
		switch x := typ.(type) {
		case *ast.StarExpr:
			typ = x.X
			continue
		case *ast.ArrayType:
			typ = x.Elt
			continue
		case *ast.StructType:
			if !isWire(x) {
				return "is a struct without json tags"
			}
			return ""
		case *ast.Ident:
			if slices.Contains(safeTypes, x.Name) || strings.HasPrefix(x.Name, "wire") {
				return ""
			}
			return "has the type " + x.Name
		default:
			return fmt.Sprintf("has the type %T", x)
		}
	}
}

// What a server sends, and what comes of it.
func TestDecodeToken(t *testing.T) {
	day := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	whole := model.Token{
		Secret: "7374e0e8", Name: "default", URL: "https://flags.acme.io/new-user?invite=7374e0e8",
		ExpiresAt: day, Enabled: true, CreatedAt: day.AddDate(0, 0, -7), CreatedBy: "admin",
		Role:   model.Role{ID: 3, Name: "Viewer"},
		Joined: []model.Person{{ID: 2, Name: "Ann"}},
	}
	with := func(change func(*model.Token)) model.Token {
		m := whole
		change(&m)
		return m
	}
	rebuilt := with(func(m *model.Token) { m.URL = "https://links.acme.io/base/new-user?invite=7374e0e8" })
	refused := rebuilt
	refused.Refused = true
	tests := map[string]struct {
		old, new string
		want     model.Token
	}{
		"as it should be":   {"", "", whole},
		"enabled of null":   {`"enabled":true`, `"enabled":null`, with(func(m *model.Token) { m.Enabled = false })},
		"another role":      {`"name":"Viewer"`, `"name":"\u001b[31mAdmin"`, with(func(m *model.Token) { m.Role.Name = "Admin" })},
		"no role":           {`{"id":3,"name":"Viewer","type":"root"}`, `null`, with(func(m *model.Token) { m.Role = model.Role{} })},
		"a role of text":    {`{"id":3,"name":"Viewer","type":"root"}`, `"Viewer"`, with(func(m *model.Token) { m.Role = model.Role{} })},
		"no createdBy":      {`"admin"`, `null`, with(func(m *model.Token) { m.CreatedBy = "" })},
		"no users":          {`[{"id":2,"name":"Ann","username":null}]`, `null`, with(func(m *model.Token) { m.Joined = nil })},
		"no expiry":         {`"2026-11-30T00:00:00.000Z"`, `null`, with(func(m *model.Token) { m.ExpiresAt = time.Time{} })},
		"a broken expiry":   {`"2026-11-30T00:00:00.000Z"`, `"soon"`, with(func(m *model.Token) { m.ExpiresAt = time.Time{} })},
		"another expiry":    {`"2026-11-30T00:00:00.000Z"`, `{"x":[1]}`, with(func(m *model.Token) { m.ExpiresAt = time.Time{} })},
		"a far expiry":      {`"2026-11-30T00:00:00.000Z"`, `"+012026-01-01T00:00:00.000Z"`, with(func(m *model.Token) { m.ExpiresAt = time.Time{} })},
		"an offset":         {`"2026-11-30T00:00:00.000Z"`, `"2026-11-30T01:00:00+01:00"`, whole},
		"no name":           {`"default"`, `null`, with(func(m *model.Token) { m.Name = "" })},
		"a hostile name":    {`"default"`, `"a\u001b]52;c;ZXZpbA==\u0007\u202eb\r\nc"`, with(func(m *model.Token) { m.Name = "ab c" })},
		"an echo":           {`"default"`, `"` + testToken + `"`, with(func(m *model.Token) { m.Name = "[redacted]" })},
		"a hostile creator": {`"admin"`, `"\u001b[31madmin"`, with(func(m *model.Token) { m.CreatedBy = "admin" })},
		"a hostile person":  {`"Ann"`, `"\u009b31mAnn"`, with(func(m *model.Token) { m.Joined = []model.Person{{ID: 2, Name: "Ann"}} })},
		"a user name":       {`"username":null`, `"username":"\u001bcann"`, with(func(m *model.Token) { m.Joined = []model.Person{{ID: 2, Name: "Ann", Username: "ann"}} })},
		"a person of null":  {`{"id":2,"name":"Ann","username":null}`, `null`, with(func(m *model.Token) { m.Joined = []model.Person{{}} })},
		"no URL":            {`"https://flags.acme.io/new-user?invite=7374e0e8"`, `null`, rebuilt},
		"a script URL":      {`"https://flags.acme.io/`, `"javascript://flags.acme.io/%0a`, refused},
		"a URL with ESC":    {`"https://flags.acme.io/`, `"https://flags.acme.io/\u001b[31m`, refused},
		"a URL with bidi":   {`"https://flags.acme.io/`, `"https://flags\u202e.acme.io/`, refused},
		"a URL with a user": {`"https://flags.acme.io/`, `"https://flags.acme.io@evil.io/`, refused},
		"a URL of 1 MB":     {`"https://flags.acme.io/`, `"https://flags.acme.io/` + strings.Repeat("a", 1<<20), refused},
		"a file":            {`"https://flags.acme.io/`, `"file:///etc/`, refused},
		"a look-alike host": {`"https://flags.acme.io/`, `"https://flаgs.acme.io/`, refused},
		"a broken UTF-8":    {`"https://flags.acme.io/`, "\"https://flags.acme.io/\xc0\x9b", refused},
		"a lone surrogate":  {`"https://flags.acme.io/`, `"https://flags.acme.io/\ud800`, refused},
		"a word":            {`"https://flags.acme.io/`, `"flags`, refused},
		"a URL of nothing":  {`"https://flags.acme.io/new-user?invite=7374e0e8"`, `""`, rebuilt},
		"a URL of no host":  {`"https://flags.acme.io/`, `"https:///`, refused},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			body := strings.Replace(`{"secret":"7374e0e8","name":"default","url":"https://flags.acme.io/new-user?invite=7374e0e8","expiresAt":"2026-11-30T00:00:00.000Z","enabled":true,"createdAt":"2026-11-23T00:00:00.000Z","createdBy":"admin","role":{"id":3,"name":"Viewer","type":"root"},"users":[{"id":2,"name":"Ann","username":null}],"new":{"x":[1]}}`,
				test.old, test.new, 1)
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case strings.HasSuffix(r.URL.Path, "/ui-config"):
					fmt.Fprint(w, `{"unleashUrl":"https://links.acme.io/base/"}`)
				case strings.HasSuffix(r.URL.Path, "/tokens"):
					fmt.Fprint(w, `{"version":1,"tokens":[`+body+`],"next":null}`)
				default:
					fmt.Fprint(w, body)
				}
			})
			one, err := c.Token(context.Background(), "7374e0e8")
			if err != nil || !sameToken(one, test.want) {
				t.Errorf("Token: %+v, %v\nwant   %+v", one, err, test.want)
			}
			all, err := c.Tokens(context.Background())
			if err != nil || len(all) != 1 || !sameToken(all[0], test.want) {
				t.Errorf("Tokens: %+v, %v\nwant    %+v", all, err, test.want)
			}
		})
	}
}

func sameToken(a, b model.Token) bool {
	same := a.ExpiresAt.Equal(b.ExpiresAt) && a.CreatedAt.Equal(b.CreatedAt) && slices.Equal(a.Joined, b.Joined)
	for _, t := range []*model.Token{&a, &b} {
		t.ExpiresAt, t.CreatedAt, t.Joined = time.Time{}, time.Time{}, nil
	}
	return same && fmt.Sprintf("%#v", a) == fmt.Sprintf("%#v", b)
}
