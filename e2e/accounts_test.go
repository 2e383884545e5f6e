package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
)

const guestPassword = "Correct-Horse-7-Battery"

// TestAfterALeak marks three of five people who joined with a link, removes them and rotates the link: their sessions and
// tokens end at once, and the others' go on.
func TestAfterALeak(t *testing.T) {
	skipUnlessWanted(t)
	for _, version := range []string{"8.2.0", "6.10.1"} {
		t.Run(version, func(t *testing.T) { afterALeak(t, ownUnleash(t, instance.Options{Version: version})) })
	}
}

func afterALeak(t *testing.T, i *instance.Instance) {
	old := makeLink(t, i, time.Now().AddDate(0, 0, 7))
	names := []string{"ann", "bob", "carol", "dana", "emil"}
	for _, name := range names {
		if status, err := i.SignUp(t.Context(), old.Secret, name, name+"@example.com"); err != nil || status != http.StatusCreated {
			t.Fatalf("%s: %d, %v", name, status, err)
		}
	}
	ann, bob, dana := logIn(t, i, "ann"), logIn(t, i, "bob"), logIn(t, i, "dana")
	bob.token = bob.makeToken(t)
	bare := visitor{i.URL, &http.Client{}, bob.token}
	for name, v := range map[string]visitor{"Ann": ann, "Bob": bob, "Bob's token": bare, "Dana": dana} {
		v.want(t, name, http.StatusOK)
	}

	term := open(t, i, i.AdminToken, terminal.Options{Width: 100, Height: 30})
	term.WaitFor("● Active")
	term.Type("j")
	for _, name := range names {
		term.WaitFor(name + "@example.com")
	}
	term.Type("down", "down", "space", "space", "space") // the latest is on top, and space goes on to the next
	term.WaitFor("3 marked")
	if marked := markedRows(term); strings.Join(marked, " ") != "carol bob ann" {
		t.Fatalf("marked are %q:\n%s", marked, term.Screen())
	}
	term.Type("d")
	term.WaitFor("Remove 3 accounts?")
	term.Type("y")
	term.WaitFor("Removed 3 of 3 accounts")
	bob.token = "" // his cookie alone
	for name, v := range map[string]visitor{"Ann": ann, "Bob": bob, "Bob's token": bare} {
		v.want(t, name, http.StatusUnauthorized)
	}
	dana.want(t, "Dana", http.StatusOK)
	logIn(t, i, "emil").want(t, "Emil", http.StatusOK)

	term.Type("r", "y")
	term.WaitFor("Rotated: it works until")
	if status := validate(t, i, old.Secret); status != http.StatusBadRequest {
		t.Errorf("the old link is answered with %d", status)
	}
	if live := liveOn(t, i); len(live) != 1 || live[0].Secret == old.Secret {
		t.Errorf("live are %+v", live)
	}
	dana.want(t, "Dana after the rotation", http.StatusOK)
	wantDeleted(t, i, names[:3])
}

// markedRows are the names in the rows that are marked on the screen.
func markedRows(term *terminal.Terminal) (names []string) {
	for row := range strings.SplitSeq(term.Screen(), "\n") {
		if marked, name := strings.Contains(row, "* "), regexp.MustCompile(`(\w+)@example\.com`).FindStringSubmatch(row); marked && name != nil {
			names = append(names, name[1])
		}
	}
	return names
}

// wantDeleted checks that the trail tells of these deleted accounts and of no more.
func wantDeleted(t *testing.T, i *instance.Instance, names []string) {
	t.Helper()
	var events struct {
		Total  int
		Events []struct{ PreData struct{ Email string } }
	}
	body := visitor{i.URL, &http.Client{}, i.AdminToken}.wantAt(t, "/api/admin/search/events?type=IS:user-deleted", http.StatusOK)
	if err := json.Unmarshal(body, &events); err != nil || events.Total != len(names) {
		t.Errorf("%d user-deleted events, %v", events.Total, err)
	}
	for _, e := range events.Events {
		if !slices.Contains(names, strings.TrimSuffix(e.PreData.Email, "@example.com")) {
			t.Errorf("deleted: %+v", e)
		}
	}
}

// visitor is a browser or a script that asks Unleash.
type visitor struct {
	base  string
	http  *http.Client
	token string
}

// logIn opens a session, as the page does.
func logIn(t *testing.T, i *instance.Instance, name string) visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := visitor{i.URL, &http.Client{Jar: jar}, ""}
	status, body := v.send(t, http.MethodPost, "/auth/simple/login", fmt.Sprintf(`{"username":"%s@example.com","password":%q}`, name, guestPassword))
	if status != http.StatusOK {
		t.Fatalf("%s can't log in: %d %s", name, status, body)
	}
	return v
}

// makeToken makes a personal token.
func (v visitor) makeToken(t *testing.T) string {
	t.Helper()
	status, body := v.send(t, http.MethodPost, "/api/admin/user/tokens", fmt.Sprintf(`{"description":"mine","expiresAt":%q}`,
		time.Now().Add(24*time.Hour).UTC().Format(time.RFC3339)))
	var made struct{ Secret string }
	if err := json.Unmarshal(body, &made); err != nil || status != http.StatusCreated || made.Secret == "" {
		t.Fatalf("no token: %d %s", status, body)
	}
	return made.Secret
}

// want asks who the visitor is.
func (v visitor) want(t *testing.T, name string, status int) {
	t.Helper()
	if got, body := v.send(t, http.MethodGet, "/api/admin/user", ""); got != status {
		t.Errorf("%s: %d %s, want %d", name, got, body, status)
	}
}

func (v visitor) wantAt(t *testing.T, path string, status int) []byte {
	t.Helper()
	got, body := v.send(t, http.MethodGet, path, "")
	if got != status {
		t.Errorf("%s: %d %s, want %d", path, got, body, status)
	}
	return body
}

func (v visitor) send(t *testing.T, method, path, body string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, v.base+path, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if v.token != "" {
		r.Header.Set("Authorization", v.token)
	}
	resp, err := v.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, answer
}
