package demo_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"unleash-invite/demo"
)

// asViewer asks with the Viewer's token.
func asViewer(s *demo.Server, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, demo.Origin+path, strings.NewReader(body))
	r.Header.Set("Authorization", demo.ViewerToken)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestATokenEndsWithItsAccount(t *testing.T) {
	s := demo.New(demo.Options{})
	for _, want := range []int{http.StatusOK, http.StatusUnauthorized} {
		if got := asViewer(s, http.MethodGet, "/api/admin/user", "").Code; got != want {
			t.Errorf("%d, want %d", got, want)
		}
		call(s, http.MethodDelete, "/api/admin/user-admin/2", "")
	}
	found := decode[struct {
		Events []struct{ PreData struct{ Email string } }
	}](t, call(s, http.MethodGet, "/api/admin/search/events?type=IS:user-deleted", ""))
	if len(found.Events) != 1 || found.Events[0].PreData.Email != "vera@example.com" {
		t.Errorf("%+v", found)
	}
}

func TestANewRoleCountsAtOnce(t *testing.T) {
	s := demo.New(demo.Options{})
	if got := asViewer(s, http.MethodGet, linksPath, "").Code; got != http.StatusForbidden {
		t.Errorf("as Viewer: %d", got)
	}
	if w := call(s, http.MethodPut, "/api/admin/user-admin/2", `{"rootRole":1}`); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if got := asViewer(s, http.MethodGet, linksPath, "").Code; got != http.StatusOK {
		t.Errorf("as Admin: %d", got)
	}
}

// Rule 14: on older versions a Viewer reads the secrets of new links.
func TestAViewerReadsSecretsOnOlderVersions(t *testing.T) {
	for version, want := range map[string]int{"5.12.8": http.StatusOK, "6.10.1": http.StatusOK, "7.6.5": http.StatusNotFound, "": http.StatusNotFound} {
		s := demo.New(demo.Options{Version: version, Links: []demo.Link{{Name: "x", ExpiresAt: time.Now()}}})
		w := asViewer(s, http.MethodPost, "/api/admin/events/search", `{"type":"public-signup-token-created"}`)
		secret := linksOf(t, s, "")[0].Secret
		if w.Code != want || strings.Contains(w.Body.String(), secret) != (want == http.StatusOK) {
			t.Errorf("%s: %d %s", version, w.Code, w.Body)
		}
	}
}
