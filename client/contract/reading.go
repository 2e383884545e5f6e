package contract

import (
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"unleash-invite/model"
)

func health(t *testing.T, s *suite) {
	got := decode[map[string]string](t, s.call(t, http.MethodGet, "/health", "", as("")), http.StatusOK)
	if got["health"] != "GOOD" {
		t.Errorf("health = %v", got)
	}
}

func whoAmIAdmin(t *testing.T, s *suite) {
	got, err := s.admin.WhoAmI(t.Context())
	if err != nil || !got.Admin || got.Name == "" {
		t.Errorf("%+v, %v, want an Admin with a name", got, err)
	}
	wantPermissions(t, s, s.target.AdminToken, true)
}

func whoAmIViewer(t *testing.T, s *suite) {
	got, err := s.viewer.WhoAmI(t.Context())
	if err != nil || got.Admin || got.Name == "" {
		t.Errorf("%+v, %v, want somebody with a name who is no Admin", got, err)
	}
	wantPermissions(t, s, s.target.ViewerToken, false)
}

func wantPermissions(t *testing.T, s *suite, credential string, admin bool) {
	t.Helper()
	a := s.call(t, http.MethodGet, "/api/admin/user", "", as(credential))
	got := decode[struct {
		User        struct{ Username string }
		Permissions []struct{ Permission string }
	}](t, a, http.StatusOK)
	names := make([]string, len(got.Permissions))
	for i, p := range got.Permissions {
		names[i] = p.Permission
	}
	// Unleash 4 lists further permissions of an Admin.
	if slices.Contains(names, "ADMIN") != admin || !admin && len(names) > 0 || got.User.Username == "" {
		t.Errorf("user %q with permissions %q, but is an Admin: %v", got.User.Username, names, admin)
	}
	if control := a.header.Get("Cache-Control"); control != "no-store" {
		t.Errorf("Cache-Control %q", control)
	}
}

func instance(t *testing.T, s *suite) {
	got, err := s.admin.Server(t.Context())
	if err != nil || got.PasswordAuthDisabled || got.Maintenance {
		t.Errorf("%+v, %v, want an instance that takes sign-ups", got, err)
	}
	wire := decode[struct {
		Version, Environment, UnleashURL, BaseURIPath string
		VersionInfo                                   struct{ Current struct{ OSS string } }
	}](t, s.call(t, http.MethodGet, "/api/admin/ui-config", ""), http.StatusOK)
	if wire.Version == "" || wire.Version != wire.VersionInfo.Current.OSS || wire.Environment == "" {
		t.Errorf("versions and environment: %+v", wire)
	}
	if !strings.HasSuffix(s.target.URL, wire.BaseURIPath) {
		t.Errorf("baseUriPath %q, but the instance is at %s", wire.BaseURIPath, s.target.URL)
	}
	if got.Version != wire.Version || got.Environment != wire.Environment || got.UnleashURL != wire.UnleashURL {
		t.Errorf("client: %+v, wire: %+v", got, wire)
	}
}

func signUpPage(t *testing.T, s *suite) {
	base, err := url.Parse(s.target.URL)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]int{s.target.URL: http.StatusOK}
	if base.Path != "" {
		pages[base.Scheme+"://"+base.Host] = http.StatusNotFound
	}
	for address, want := range pages {
		resp, err := s.http.Get(address + "/new-user") //nolint:noctx // its client has a timeout
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s/new-user: %d, want %d", address, resp.StatusCode, want)
		}
	}
}

func listHoldsToken(t *testing.T, s *suite) {
	made := s.live(t)
	s.join(t, made.Secret, "Ann Smith")
	tokens, err := s.admin.Tokens(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, ok := model.Links{Tokens: tokens}.Find(made.Secret)
	if !ok {
		t.Fatalf("%s is not in the list", made.Secret)
	}
	wantSeen(t, got, s.list(t)[made.Secret])
	if len(got.Joined) != 1 || got.Joined[0].Label() != "Ann Smith" {
		t.Errorf("joined = %v, want Ann Smith", got.Joined)
	}
}

func oneToken(t *testing.T, s *suite) {
	made := s.live(t)
	s.join(t, made.Secret, "Bob")
	got, err := s.admin.Token(t.Context(), made.Secret)
	if err != nil {
		t.Fatal(err)
	}
	wantSeen(t, got, s.fetch(t, made.Secret))
	if len(got.Joined) != 1 || got.Joined[0].Label() != "Bob" {
		t.Errorf("joined = %v, want Bob", got.Joined)
	}
}

// wantSeen checks that the client sees a token as it is on the wire.
func wantSeen(t *testing.T, got model.Token, wire token) {
	t.Helper()
	same := got.Secret == wire.Secret && got.Name == wire.Name && got.URL == wire.URL && got.Enabled == wire.Enabled &&
		got.CreatedBy == wire.CreatedBy && got.ExpiresAt.Equal(wire.ExpiresAt) && got.CreatedAt.Equal(wire.CreatedAt) &&
		len(got.Joined) == len(wire.Users)
	if !same {
		t.Errorf("client: %+v\nwire:   %+v", got, wire)
		return
	}
	for i, u := range wire.Users {
		if got.Joined[i].ID != int64(u.ID) {
			t.Errorf("client: %+v, wire: %+v", got.Joined[i], u)
		}
	}
}

func listHasETag(t *testing.T, s *suite) {
	first := s.call(t, http.MethodGet, linksPath, "")
	etag := first.header.Get("ETag")
	if !regexp.MustCompile(`^W/"[0-9a-f]+-[A-Za-z0-9+/]{27}"$`).MatchString(etag) {
		t.Errorf("ETag %q", etag)
	}
	s.call(t, http.MethodGet, linksPath, "", withHeader("If-None-Match", etag)).wantEmpty(t, http.StatusNotModified)
	s.live(t)
	if again := s.call(t, http.MethodGet, linksPath, "", withHeader("If-None-Match", etag)); again.status != http.StatusOK {
		t.Errorf("a changed list: %d", again.status)
	}
}

// listForCaches: what is sent so that caches ask the server makes it answer in full, or not.
func listForCaches(t *testing.T, s *suite) {
	etag := s.call(t, http.MethodGet, linksPath, "").header.Get("ETag")
	for control, want := range map[string]int{"max-age=0": http.StatusNotModified, "no-cache": http.StatusOK} {
		a := s.call(t, http.MethodGet, linksPath, "", withHeader("If-None-Match", etag), withHeader("Cache-Control", control))
		if a.status != want || a.header.Get("ETag") != etag {
			t.Errorf("%s: %d, ETag %q, want %d, %q", control, a.status, a.header.Get("ETag"), want, etag)
		}
		if a.header.Get("Age") != "" {
			t.Errorf("Age %q without a cache", a.header.Get("Age"))
		}
	}
}

// oneAsInList: a token alone is what the list holds of it, field by field.
func oneAsInList(t *testing.T, s *suite) {
	made := s.live(t)
	s.join(t, made.Secret, "Cleo")
	list := decode[struct{ Tokens []map[string]any }](t, s.call(t, http.MethodGet, linksPath, ""), http.StatusOK)
	alone := decode[map[string]any](t, s.call(t, http.MethodGet, linksPath+"/"+made.Secret, ""), http.StatusOK)
	at := slices.IndexFunc(list.Tokens, func(each map[string]any) bool { return each["secret"] == made.Secret })
	if at < 0 || !reflect.DeepEqual(list.Tokens[at], alone) {
		t.Errorf("alone: %v\nlist:  %v", alone, list.Tokens)
	}
}

func unknownSecret(t *testing.T, s *suite) {
	secret := strings.Repeat("0", 32)
	s.call(t, http.MethodGet, linksPath+"/"+secret, "").wantFailure(t, http.StatusNotFound, noSuchToken())
	s.call(t, http.MethodPut, linksPath+"/"+secret, `{"enabled":false}`).wantFailure(t, http.StatusNotFound, noSuchToken())
	s.call(t, http.MethodGet, "/invite/"+secret+"/validate", "", as("")).wantEmpty(t, http.StatusBadRequest)

	_, err := s.admin.Token(t.Context(), secret)
	s.wantError(t, err, http.StatusNotFound, "NotFoundError")
	s.wantError(t, s.admin.Delete(t.Context(), secret), http.StatusNotFound, "NotFoundError")
	s.wantError(t, s.admin.SetExpiry(t.Context(), secret, s.today(t).AddDate(0, 0, 2)), http.StatusNotFound, "NotFoundError")
	s.wantVerdict(t, secret, model.Rejected)
}

func unknownPath(t *testing.T, s *suite) {
	for _, path := range []string{"/api/nothing", "/api/admin/invite-link"} {
		s.call(t, http.MethodGet, path, "").wantFailure(t, http.StatusNotFound, s.noSuchPath(t, path))
	}
	s.call(t, http.MethodPut, linksPath, "{}").wantFailure(t, http.StatusNotFound, s.noSuchPath(t, linksPath))
	page := s.call(t, http.MethodGet, "/nothing", "", as(""))
	if page.status != http.StatusOK || !strings.HasPrefix(page.header.Get("Content-Type"), "text/html") {
		t.Errorf("outside the API: %d %s, want the Admin UI", page.status, page.header.Get("Content-Type"))
	}
}

func rateLimitHeaders(t *testing.T, s *suite) {
	s.since(t, 8)
	for _, path := range []string{"/api/admin/user", linksPath} {
		a := s.call(t, http.MethodGet, path, "", as(s.target.ViewerToken))
		if a.header.Get("RateLimit-Policy") != "20000;w=60" || a.header.Get("RateLimit-Limit") != "20000" {
			t.Errorf("%s: %v", path, a.header)
		}
		for _, name := range []string{"RateLimit-Remaining", "RateLimit-Reset"} {
			if !regexp.MustCompile(`^\d+$`).MatchString(a.header.Get(name)) {
				t.Errorf("%s: %s %q", path, name, a.header.Get(name))
			}
		}
	}
}
