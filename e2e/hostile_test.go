package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"unleash-invite/e2e/terminal"
)

// hostile is a name that takes a careless terminal over.
const hostile = "Eve\x1b]52;c;ZXZpbA==\x07\x1b[41m\x1b[3J\u202egnp\u202c\u009b41m\u0090q\u009c\r\nroot:\x1bPq\x1b\\\u200b\u2066x\u2069\x7f\x08\ufeff!"

// drawing matches all that the program itself may write: cursor movement, erasing, styles, modes, and its window's title.
var drawing = regexp.MustCompile(`^\x1b\[2[23];0t|^\x1b\]2;[^\x00-\x1f\x7f-\x9f]*\x07|^\x1b\[[?]?[0-9;]*[A-HJKLMPSTWX` + "`" + `abdefghlmr]|^\x1b[78=>M]|^\x1bO|^\x1b[()][0AB]|^[\r\n\t\x08]`)

func TestHostileNames(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	name, err := json.Marshal(hostile)
	if err != nil {
		t.Fatal(err)
	}
	status, body := call(t, http.MethodPost, i.URL+tokensPath, i.AdminToken,
		fmt.Sprintf(`{"name":%s,"expiresAt":%q}`, name, time.Now().AddDate(0, 0, 9).UTC().Format(time.RFC3339)))
	var made link
	if err := json.Unmarshal([]byte(body), &made); err != nil || status != http.StatusCreated {
		t.Fatalf("making the token answered %d: %s", status, body)
	}
	if status, err := i.SignUp(t.Context(), made.Secret, hostile, "eve@example.com"); err != nil || status != http.StatusCreated {
		t.Fatalf("signing up answered %d, %v", status, err)
	}
	if list := tokens(t, i); !hasUser(list, hostile) {
		t.Fatalf("the server does not keep the name as it is: %+v", list)
	}
	term := open(t, i, i.AdminToken, terminal.Options{Width: 120, Height: 40})
	term.WaitFor("Joined          1")
	term.WaitFor("Name            Eve")
	term.Type("d")
	term.WaitFor("Delete this link?")
	term.Type("x", "n")
	term.WaitFor("is live, and Unleash allows")
	term.Type("q")
	term.Wait()
	onlyDrawing(t, term.Output())
}

func hasUser(list []token, name string) bool {
	for _, each := range list {
		for _, user := range each.Users {
			if user.Name == name && each.Name == name {
				return true
			}
		}
	}
	return false
}

// onlyDrawing fails on anything in the output but text that can be seen and the program's own drawing.
func onlyDrawing(t *testing.T, output []byte) {
	t.Helper()
	for _, sequence := range []string{"\x1b[41m", "\x1b[3J"} { // the program has no use for these
		if bytes.Contains(output, []byte(sequence)) {
			t.Errorf("the name's %q was written", sequence)
		}
	}
	for rest := output; len(rest) > 0; {
		if sequence := drawing.Find(rest); sequence != nil {
			rest = rest[len(sequence):]
			continue
		}
		r, size := utf8.DecodeRune(rest)
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			t.Fatalf("%q was written, in %q", r, rest[:min(len(rest), 60)])
		}
		rest = rest[size:]
	}
}
