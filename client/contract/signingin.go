package contract

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"unleash-invite/client"
	"unleash-invite/model"
)

// findVariants tries the address as people give it.
func findVariants(t *testing.T, s *suite) {
	base, err := url.Parse(s.target.URL)
	if err != nil {
		t.Fatal(err)
	}
	for address, cut := range map[string]bool{
		s.target.URL: false, base.Host + base.Path: false, s.target.URL + "/": false, s.target.URL + "/api/": false,
		s.target.URL + "/login": true, s.target.URL + "/admin/users": true, s.target.URL + "/new-user?invite=0000": true,
		s.target.URL + "/projects/default?sort=name#top": true,
	} {
		want := model.Found{Address: s.target.URL, Cut: cut}
		if got, err := client.Find(t.Context(), address, client.WithTransport(s.target.Transport)); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", address, got, err, want)
		}
	}
	if base.Path == "" {
		return
	}
	var e *client.Error
	above := strings.TrimSuffix(s.target.URL, base.Path)
	got, err := client.Find(t.Context(), above, client.WithTransport(s.target.Transport))
	if !errors.As(err, &e) || e.Status != http.StatusNotFound {
		t.Errorf("%s: %+v, %v", above, got, err)
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
		s.target.ViewerToken: {http.StatusForbidden, "is not an Admin there", "root role Admin"},
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
