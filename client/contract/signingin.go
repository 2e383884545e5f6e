package contract

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"unleash-invite/client"
)

// findVariants tries the address as people give it.
func findVariants(t *testing.T, s *suite) {
	base, err := url.Parse(s.target.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		s.target.URL, base.Host + base.Path, s.target.URL + "/", s.target.URL + "/login", s.target.URL + "/api/",
		s.target.URL + "/new-user?invite=0000", s.target.URL + "/projects/default?sort=name#top",
	} {
		if got, err := client.Find(t.Context(), address, client.WithTransport(s.target.Transport)); err != nil || got != s.target.URL {
			t.Errorf("%s: %q, %v, want %s", address, got, err, s.target.URL)
		}
	}
	if base.Path == "" {
		return
	}
	var e *client.Error
	above := strings.TrimSuffix(s.target.URL, base.Path)
	got, err := client.Find(t.Context(), above, client.WithTransport(s.target.Transport))
	if !errors.As(err, &e) || e.Status != http.StatusNotFound {
		t.Errorf("%s: %q, %v", above, got, err)
	}
}

func signIn(t *testing.T, s *suite) {
	user, instance, err := s.admin.SignIn(t.Context())
	if err != nil || !user.Admin || user.Name == "" || instance.Version == "" {
		t.Errorf("%+v, %+v, %v", user, instance, err)
	}
	for credential, want := range map[string]struct {
		status         int
		sentence, hint string
	}{
		s.target.ViewerToken: {http.StatusForbidden, "is no Admin there", "root role Admin"},
		s.target.ClientToken: {http.StatusForbidden, "token type", "client or frontend token"},
		"user:0000":          {http.StatusUnauthorized, "Unauthorized", "mistyped, expired or deleted"},
	} {
		_, _, err := s.client(t, credential).SignIn(t.Context())
		var e *client.Error
		told := errors.As(err, &e) && e.Status == want.status
		if !told || !strings.Contains(e.Error(), want.sentence) || !strings.Contains(e.Hint(), want.hint) {
			t.Errorf("%+v: %v; %+v", want, err, e)
		}
	}
}
