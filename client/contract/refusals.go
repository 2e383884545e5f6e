package contract

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// adminCalls are the calls that need an Admin.
func adminCalls() map[string]string {
	return map[string]string{
		http.MethodGet + " " + linksPath:           "",
		http.MethodGet + " " + linksPath + "/0000": "",
		http.MethodPost + " " + linksPath:          `{}`,
		http.MethodPut + " " + linksPath + "/0000": `{"enabled":7}`,
	}
}

// basePath is the path that the target lives under.
func (s *suite) basePath(t *testing.T) string {
	t.Helper()
	u, err := url.Parse(s.target.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u.Path
}

func (s *suite) noSuchPath(t *testing.T, path string) failure {
	t.Helper()
	return plain("NotFoundError", "The path you were looking for ("+s.basePath(t)+path+") is not available.")
}

// wantRefused checks every call that needs an Admin.
func (s *suite) wantRefused(t *testing.T, credential string, status int, want failure) {
	t.Helper()
	for call, body := range adminCalls() {
		t.Run(call, func(t *testing.T) {
			method, path, _ := strings.Cut(call, " ")
			s.call(t, method, path, body, as(credential)).wantFailure(t, status, want)
		})
	}
}

func noAuthorization(t *testing.T, s *suite) {
	login := s.basePath(t) + "/auth/simple/login"
	want := plain("AuthenticationRequired", "You must log in to use Unleash. Your request had no authorization header, "+
		"so we could not authorize you. Try logging in at "+login).inFour("You must sign in order to use Unleash")
	s.wantRefused(t, "", http.StatusUnauthorized, want)
	for _, path := range []string{"/api/admin/user", "/api/admin/ui-config", eventsPath, "/api/nothing"} {
		a := s.call(t, http.MethodGet, path, "", as(""))
		a.wantFailure(t, http.StatusUnauthorized, want)
		got := decode[map[string]any](t, a, http.StatusUnauthorized)
		if got["path"] != login || got["type"] != "password" {
			t.Errorf("%s: %v, want the way to the login", path, got)
		}
	}
}

func wrongToken(t *testing.T, s *suite) {
	want := plain("UnauthorizedError", "You must log in to use Unleash.").inFour("Unauthorized")
	for _, credential := range []string{"user:wrong", "*:*.wrong", "wrong"} {
		s.wantRefused(t, credential, http.StatusUnauthorized, want)
	}
	stranger := s.client(t, "user:wrong")
	_, err := stranger.Tokens(t.Context())
	s.wantError(t, err, http.StatusUnauthorized, want.Name)
	_, err = stranger.WhoAmI(t.Context())
	s.wantError(t, err, http.StatusUnauthorized, want.Name)
	_, err = stranger.Server(t.Context())
	s.wantError(t, err, http.StatusUnauthorized, want.Name)
	_, err = stranger.Create(t.Context(), unique(), s.today(t))
	s.wantError(t, err, http.StatusUnauthorized, want.Name)
}

func viewerToken(t *testing.T, s *suite) {
	want := plain("PermissionError", "You don't have the required permissions to perform this operation. "+
		`To perform this action, you need the "ADMIN" permission.`).inFour("You need permission=ADMIN to perform this action")
	s.wantRefused(t, s.target.ViewerToken, http.StatusForbidden, want)
	a := s.call(t, http.MethodGet, linksPath, "", as(s.target.ViewerToken))
	got := decode[struct {
		Permission  string // Unleash 4's
		Permissions []string
	}](t, a, http.StatusForbidden)
	if got.Permission != "ADMIN" && !slices.Equal(got.Permissions, []string{"ADMIN"}) {
		t.Errorf("permissions = %+v, want ADMIN", got)
	}
	made := s.live(t)
	_, err := s.viewer.Tokens(t.Context())
	s.wantError(t, err, http.StatusForbidden, want.Name)
	_, err = s.viewer.Token(t.Context(), made.Secret)
	s.wantError(t, err, http.StatusForbidden, want.Name)
	_, err = s.viewer.Create(t.Context(), unique(), made.ExpiresAt)
	s.wantError(t, err, http.StatusForbidden, want.Name)
	s.wantError(t, s.viewer.SetExpiry(t.Context(), made.Secret, made.CreatedAt), http.StatusForbidden, want.Name)
	s.wantError(t, s.viewer.Delete(t.Context(), made.Secret), http.StatusForbidden, want.Name)
	s.wantError(t, s.viewer.Restore(t.Context(), made.Secret), http.StatusForbidden, want.Name)
	if now := s.fetch(t, made.Secret); !now.Enabled || !now.ExpiresAt.Equal(made.ExpiresAt) {
		t.Errorf("it changed: %+v", now)
	}
	if _, err := s.viewer.Server(t.Context()); err != nil {
		t.Errorf("the instance is for everyone: %v", err)
	}
}

func sdkToken(t *testing.T, s *suite) {
	for _, path := range []string{"/api/admin/user", "/api/admin/ui-config", linksPath, eventsPath} {
		got := decode[map[string]any](t, s.call(t, http.MethodGet, path, "", as(s.target.ClientToken)), http.StatusForbidden)
		if len(got) != 1 || got["message"] != "invalid token: expected a different token type for this endpoint" {
			t.Errorf("%s: %v", path, got)
		}
	}
}

func brokenBody(t *testing.T, s *suite) {
	for _, credential := range []string{"", s.target.AdminToken} {
		a := s.call(t, http.MethodPost, linksPath, `{"name":`, as(credential))
		if a.status != http.StatusBadRequest {
			t.Errorf("as %q: %d %s", credential, a.status, a.body)
		}
	}
}

func wrongContentType(t *testing.T, s *suite) {
	for sent, named := range map[string]string{"text/plain": "text/plain", "": "you didn't provide one"} {
		message := "We do not accept the content-type you provided (" + named + "). Try using one of the content-types we do accept " +
			"instead (application/json) and make sure the body is in the corresponding format."
		a := s.call(t, http.MethodPost, linksPath, `{}`, func(r *http.Request) {
			r.Header.Del("Content-Type")
			if sent != "" {
				r.Header.Set("Content-Type", sent)
			}
		})
		a.wantFailure(t, http.StatusUnsupportedMediaType, plain("ContentTypeError", message))
	}
}
