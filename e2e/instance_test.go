package e2e

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
)

const tokensPath = "/api/admin/invite-link/tokens"

func TestHealth(t *testing.T) {
	if status, body := call(t, http.MethodGet, unleash(t).URL+"/health", "", ""); status != http.StatusOK {
		t.Errorf("health answered %d: %s", status, body)
	}
}

func TestAdminTokens(t *testing.T) {
	i := unleash(t)
	if !strings.HasPrefix(i.AdminToken, "user:") {
		t.Errorf("the admin's token %q is no personal access token", i.AdminToken)
	}
	for _, token := range []string{i.AdminToken, i.APIToken} {
		if status, body := call(t, http.MethodGet, i.URL+tokensPath, token, ""); status != http.StatusOK {
			t.Errorf("with %q the list answered %d: %s", token, status, body)
		}
	}
}

func TestViewerToken(t *testing.T) {
	i := unleash(t)
	for range 2 { // each call makes another user
		token, err := i.ViewerToken(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if status, body := call(t, http.MethodGet, i.URL+"/api/admin/user", token, ""); status != http.StatusOK {
			t.Errorf("the viewer isn't known, status %d: %s", status, body)
		}
		if status, body := call(t, http.MethodGet, i.URL+tokensPath, token, ""); status != http.StatusForbidden {
			t.Errorf("a viewer's list answered %d: %s", status, body)
		}
	}
}

func TestSignUp(t *testing.T) {
	i := unleash(t)
	made := makeLink(t, i, time.Now().Add(48*time.Hour))
	for _, test := range []struct {
		secret string
		want   int
	}{{made.Secret, http.StatusCreated}, {"unknown", http.StatusBadRequest}} {
		status, err := i.SignUp(t.Context(), test.secret, "Ann", "ann@example.com")
		if err != nil {
			t.Fatal(err)
		}
		if status != test.want {
			t.Errorf("signing up with %q answered %d instead of %d", test.secret, status, test.want)
		}
	}
	if status, body := call(t, http.MethodGet, i.URL+tokensPath+"/"+made.Secret, i.AdminToken, ""); !strings.Contains(body, `"Ann"`) {
		t.Errorf("Ann isn't among those who joined, status %d: %s", status, body)
	}
}

func TestStopAndStart(t *testing.T) {
	i := unleash(t)
	made := makeLink(t, i, time.Now().Add(48*time.Hour))
	if err := i.StopServer(); err != nil {
		t.Fatal(err)
	}
	if _, err := i.SignUp(t.Context(), made.Secret, "Bob", "bob@example.com"); err == nil {
		t.Error("a stopped server answered")
	}
	if err := i.StartServer(t.Context()); err != nil {
		t.Fatal(err)
	}
	if status, body := call(t, http.MethodGet, i.URL+tokensPath+"/"+made.Secret, i.AdminToken, ""); status != http.StatusOK {
		t.Errorf("after a new start the link's answer is %d: %s", status, body)
	}
}

func TestUnknownVersion(t *testing.T) {
	skipUnlessWanted(t)
	if _, err := instance.Start(t.Context(), instance.Options{Version: "1.2.3"}); err == nil || !strings.Contains(err.Error(), "8.2.0") {
		t.Errorf("an unknown version gives %v", err)
	}
}

// TestOptions is one test for all options, since every start takes seconds.
func TestOptions(t *testing.T) {
	others := descendants(t, os.Getpid())
	i := ownUnleash(t, instance.Options{Version: instance.Versions()[0], BasePath: "/eu/acme/", TimeZone: "Pacific/Kiritimati"})
	if !strings.HasSuffix(i.URL, "/eu/acme") {
		t.Errorf("the URL %s lacks the base path", i.URL)
	}
	lastMinute := time.Now().UTC().Truncate(24 * time.Hour).Add(24*time.Hour - time.Minute)
	made := makeLink(t, i, lastMinute)
	if wanted := i.URL + "/new-user?invite=" + made.Secret; made.URL != wanted {
		t.Errorf("the link is %s instead of %s", made.URL, wanted)
	}
	// A link works until the day of its expiry begins. In this zone, 14 hours ahead, the last minute of today is tomorrow.
	if status, body := call(t, http.MethodGet, i.URL+"/invite/"+made.Secret+"/validate", "", ""); status != http.StatusOK {
		t.Errorf("the time zone is not used, a link until %s is answered with %d: %s", lastMinute, status, body)
	}
	started := descendants(t, os.Getpid())
	maps.DeleteFunc(started, func(pid int, _ string) bool { return others[pid] != "" })
	if len(started) < 2 {
		t.Errorf("PostgreSQL and Unleash aren't among the processes %v", started)
	}
	if err := i.Close(); err != nil {
		t.Fatal(err)
	}
	if left := alive(started); len(left) > 0 {
		t.Errorf("processes are left: %v", left)
	}
}

// link is a token as the tests read it.
type link struct{ Secret, URL string }

func makeLink(t *testing.T, i *instance.Instance, expiry time.Time) link {
	t.Helper()
	body := `{"name":"default","expiresAt":"` + expiry.UTC().Format(time.RFC3339) + `"}`
	status, answer := call(t, http.MethodPost, i.URL+tokensPath, i.AdminToken, body)
	var made link
	if err := json.Unmarshal([]byte(answer), &made); err != nil || status != http.StatusCreated {
		t.Fatalf("making a link answered %d (%v): %s", status, err, answer)
	}
	return made
}

// call sends one request and returns what the server answered; no answer ends the test.
func call(t *testing.T, method, url, token, body string) (status int, answer string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Close = true // the server may be stopped in between
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}
