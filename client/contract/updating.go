package contract

import (
	"bytes"
	"net/http"
	"testing"

	"unleash-invite/model"
)

func updateIsNotCapped(t *testing.T, s *suite) {
	made := s.live(t)
	far := s.today(t).AddDate(0, 0, 300)
	if err := s.admin.SetExpiry(t.Context(), made.Secret, far); err != nil {
		t.Fatal(err)
	}
	if got := s.fetch(t, made.Secret); !got.ExpiresAt.Equal(far) || !got.Enabled {
		t.Errorf("%+v, want it until %s", got, far)
	}
	s.wantVerdict(t, made.Secret, model.Accepted)
}

func enabledAfterExpiry(t *testing.T, s *suite) {
	made := s.live(t)
	if err := s.admin.SetExpiry(t.Context(), made.Secret, s.today(t).AddDate(0, 0, -3)); err != nil {
		t.Fatal(err)
	}
	s.wantVerdict(t, made.Secret, model.Rejected)
	got, err := s.admin.Token(t.Context(), made.Secret)
	if err != nil || !got.Enabled {
		t.Errorf("%+v, %v, want it enabled", got, err)
	}
}

func emptyUpdate(t *testing.T, s *suite) {
	made := s.live(t)
	s.call(t, http.MethodPut, linksPath+"/"+made.Secret, "{}").wantEmpty(t, http.StatusBadRequest)
	s.call(t, http.MethodPut, linksPath+"/0000", "{}").wantEmpty(t, http.StatusBadRequest)
	if got := s.fetch(t, made.Secret); !got.Enabled || !got.ExpiresAt.Equal(made.ExpiresAt) {
		t.Errorf("it changed: %+v", got)
	}
}

func updateAnswerIsBare(t *testing.T, s *suite) {
	made := s.live(t)
	s.join(t, made.Secret, "Ann Smith")
	for _, body := range []string{`{"enabled":true}`, object(t, map[string]string{"expiresAt": millis(made.ExpiresAt)})} {
		a := s.call(t, http.MethodPut, linksPath+"/"+made.Secret, body)
		got := decode[token](t, a, http.StatusOK)
		if got.Secret != made.Secret || got.Name != made.Name || got.URL != made.URL || got.CreatedBy != made.CreatedBy ||
			!got.ExpiresAt.Equal(made.ExpiresAt) || !got.CreatedAt.Equal(made.CreatedAt) {
			t.Errorf("%+v, want %+v", got, made)
		}
		if !bytes.Contains(a.body, []byte(`"role":{}`)) || !bytes.Contains(a.body, []byte(`"users":[]`)) {
			t.Errorf("%s, want neither role nor people", a.body)
		}
	}
	if got := s.fetch(t, made.Secret); got.Role.Name != "Viewer" || len(got.Users) != 1 {
		t.Errorf("fetched: %+v, want both", got)
	}
}

func deleteAndRestore(t *testing.T, s *suite) {
	made := s.live(t)
	for range 2 { // Deleting what is deleted is fine.
		if err := s.admin.Delete(t.Context(), made.Secret); err != nil {
			t.Fatal(err)
		}
		if got := s.fetch(t, made.Secret); got.Enabled || !got.ExpiresAt.Equal(made.ExpiresAt) {
			t.Errorf("deleted: %+v", got)
		}
		s.wantVerdict(t, made.Secret, model.Rejected)
	}
	if err := s.admin.Restore(t.Context(), made.Secret); err != nil {
		t.Fatal(err)
	}
	s.wantVerdict(t, made.Secret, model.Accepted)
	s.join(t, made.Secret, "Late Larry")

	both := object(t, map[string]any{"enabled": false, "expiresAt": millis(s.today(t).AddDate(0, 0, 2))})
	got := decode[token](t, s.call(t, http.MethodPut, linksPath+"/"+made.Secret, both), http.StatusOK)
	if got.Enabled || !got.ExpiresAt.Equal(s.today(t).AddDate(0, 0, 2)) {
		t.Errorf("both at once: %+v", got)
	}
}

func noDelete(t *testing.T, s *suite) {
	made := s.live(t)
	path := linksPath + "/" + made.Secret
	s.call(t, http.MethodDelete, path, "").wantFailure(t, http.StatusNotFound, s.noSuchPath(t, path))
	s.wantVerdict(t, made.Secret, model.Accepted)
}

func updateRefused(t *testing.T, s *suite) {
	made := s.live(t)
	for body, want := range map[string]failure{
		`{"expiresAt":"garbage"}`: mistyped("/body/expiresAt", `must match format "date-time"`, `"garbage"`),
		`{"expiresAt":null}`:      mistyped("/body/expiresAt", `must match format "date-time"`, `""`),
		`{"enabled":"yes"}`:       mistyped("/body/enabled", "must be boolean", `"yes"`),
		`{"enabled":7}`:           mistyped("/body/enabled", "must be boolean", "7"),
		`{"name":"y"}`:            additional("/body/name"),
		`{"enabled":false,"secret":"` + unique() + `"}`: additional("/body/secret"),
		`[]`: mistyped("/body", "must be object", "[]"),
	} {
		t.Run(body, func(t *testing.T) {
			s.call(t, http.MethodPut, linksPath+"/"+made.Secret, body).wantFailure(t, http.StatusBadRequest, want)
		})
	}
	if got := s.fetch(t, made.Secret); !got.Enabled || !got.ExpiresAt.Equal(made.ExpiresAt) || got.Name != made.Name {
		t.Errorf("it changed: %+v", got)
	}
}
