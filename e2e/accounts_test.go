package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/e2e/instance"
	"unleash-invite/model"
)

const guestPassword = "Correct-Horse-7-Battery"

// TestAfterALeak removes three of five people who joined by a link and rotates it: their
// sessions and tokens end at once, and the others' go on.
func TestAfterALeak(t *testing.T) {
	skipUnlessWanted(t)
	for _, version := range []string{"8.2.0", "6.10.1"} {
		t.Run(version, func(t *testing.T) { afterALeak(t, ownUnleash(t, instance.Options{Version: version})) })
	}
}

func afterALeak(t *testing.T, i *instance.Instance) {
	admin, err := client.New(i.URL, i.AdminToken)
	if err != nil {
		t.Fatal(err)
	}
	links, link, err := admin.CreateLink(t.Context(), model.DefaultName, time.Now().AddDate(0, 0, 7))
	if err != nil {
		t.Fatal(err)
	}
	old := links.Live(time.Now())
	emails := []string{"ann@example.com", "bob@example.com", "carol@example.com", "dana@example.com", "emil@example.com"}
	for _, email := range emails {
		if status, err := i.SignUp(t.Context(), link.Secret, email, email); err != nil || status != http.StatusCreated {
			t.Fatalf("%s: %d, %v", email, status, err)
		}
	}
	ann, bob, dana := logIn(t, i, emails[0]), logIn(t, i, emails[1]), logIn(t, i, emails[3])
	bob.token = bob.makeToken(t)
	bare := visitor{i.URL, &http.Client{}, bob.token}
	for name, v := range map[string]visitor{"Ann": ann, "Bob": bob, "Bob's token": bare, "Dana": dana} {
		v.want(t, name, http.StatusOK)
	}

	gone, stay := accountsOf(t, admin, emails[:3]), accountsOf(t, admin, emails[3:])
	for _, r := range admin.RemoveAccounts(t.Context(), gone, func(model.Removal) {}) {
		if r.State != model.Removed || r.Err != nil {
			t.Errorf("%s: state %d, %v", r.Account.Email, r.State, r.Err)
		}
	}
	bob.token = "" // his cookie alone
	for name, v := range map[string]visitor{"Ann": ann, "Bob": bob, "Bob's token": bare} {
		v.want(t, name, http.StatusUnauthorized)
	}
	dana.want(t, "Dana", http.StatusOK)
	logIn(t, i, emails[4]).want(t, "Emil", http.StatusOK)
	for _, a := range stay {
		if _, err := admin.Account(t.Context(), a.ID); err != nil {
			t.Errorf("%s: %v", a.Email, err)
		}
	}

	wish := model.Rotation{Old: old, Name: model.DefaultName, ExpiresAt: link.ExpiresAt}
	_, made, err := admin.Rotate(t.Context(), wish, func(model.StepReport) {})
	if err != nil {
		t.Fatal(err)
	}
	for secret, want := range map[string]int{link.Secret: http.StatusBadRequest, made.Secret: http.StatusOK} {
		(visitor{i.URL, &http.Client{}, ""}).wantAt(t, "/invite/"+secret+"/validate", want)
	}
	var events struct {
		Total  int
		Events []struct{ PreData struct{ Email string } }
	}
	body := visitor{i.URL, &http.Client{}, i.AdminToken}.wantAt(t, "/api/admin/search/events?type=IS:user-deleted", http.StatusOK)
	if err := json.Unmarshal(body, &events); err != nil || events.Total != 3 {
		t.Errorf("%d user-deleted events, %v", events.Total, err)
	}
	for _, e := range events.Events {
		if !slices.Contains(emails[:3], e.PreData.Email) {
			t.Errorf("deleted: %+v", e)
		}
	}
}

// accountsOf are the accounts with the e-mails.
func accountsOf(t *testing.T, admin *client.Client, emails []string) []model.Account {
	t.Helper()
	links, err := admin.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := admin.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	me, err := admin.WhoAmI(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var found []model.Account
	for _, j := range model.JoinedAccounts(links, accounts) {
		if slices.Contains(emails, j.Email) && j.Obstacle(me) == "" {
			found = append(found, j.Account)
		}
	}
	if len(found) != len(emails) {
		t.Fatalf("%d joined of %v", len(found), emails)
	}
	return found
}

// visitor is a browser or a script that asks Unleash.
type visitor struct {
	base  string
	http  *http.Client
	token string
}

// logIn opens a session, as the page does.
func logIn(t *testing.T, i *instance.Instance, email string) visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := visitor{i.URL, &http.Client{Jar: jar}, ""}
	status, body := v.send(t, http.MethodPost, "/auth/simple/login", fmt.Sprintf(`{"username":%q,"password":%q}`, email, guestPassword))
	if status != http.StatusOK {
		t.Fatalf("%s can't log in: %d %s", email, status, body)
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
