package contract

import (
	"net/http"
	"testing"
	"time"

	"unleash-invite/model"
)

// today is the start of the server's day in UTC. Shortly before midnight it
// waits, so that a case that begins with it ends on the same day.
func (s *suite) today(t *testing.T) time.Time {
	t.Helper()
	now := s.now(t)
	midnight := now.Truncate(24 * time.Hour)
	if left := midnight.AddDate(0, 0, 1).Sub(now); left < 20*time.Second {
		time.Sleep(left + time.Second)
		return midnight.AddDate(0, 0, 1)
	}
	return midnight
}

// now is the server's clock, to the second.
func (s *suite) now(t *testing.T) time.Time {
	t.Helper()
	now, err := http.ParseTime(s.call(t, http.MethodGet, "/health", "").header.Get("Date"))
	if err != nil {
		t.Fatalf("the server's clock: %v", err)
	}
	return now
}

// make creates a token that is deleted when the test ends.
func (s *suite) make(t *testing.T, name string, expiresAt time.Time) token {
	t.Helper()
	body := object(t, map[string]string{"name": name, "expiresAt": millis(expiresAt)})
	made := decode[token](t, s.call(t, http.MethodPost, linksPath, body), http.StatusCreated)
	s.deleteAfter(t, made.Secret)
	return made
}

// live creates a token that works for days.
func (s *suite) live(t *testing.T) token {
	t.Helper()
	return s.make(t, unique(), s.today(t).AddDate(0, 0, 7))
}

func (s *suite) deleteAfter(t *testing.T, secret string) {
	t.Helper()
	t.Cleanup(func() { s.setEnabled(t, secret, false) })
}

func (s *suite) setEnabled(t *testing.T, secret string, enabled bool) {
	t.Helper()
	a := s.call(t, http.MethodPut, linksPath+"/"+secret, object(t, map[string]bool{"enabled": enabled}))
	if a.status != http.StatusOK {
		t.Errorf("set enabled to %v: %d %s", enabled, a.status, a.body)
	}
}

// fetch gets one token.
func (s *suite) fetch(t *testing.T, secret string) token {
	t.Helper()
	return decode[token](t, s.call(t, http.MethodGet, linksPath+"/"+secret, ""), http.StatusOK)
}

// list gets all tokens by their secrets.
func (s *suite) list(t *testing.T) map[string]token {
	t.Helper()
	all := decode[struct {
		Tokens []token `json:"tokens"`
	}](t, s.call(t, http.MethodGet, linksPath, ""), http.StatusOK)
	bySecret := map[string]token{}
	for _, each := range all.Tokens {
		bySecret[each.Secret] = each
	}
	return bySecret
}

// setAside disables every token until the test ends, so that no link lives.
func (s *suite) setAside(t *testing.T) {
	t.Helper()
	for secret, each := range s.list(t) {
		if each.Enabled {
			s.setEnabled(t, secret, false)
			t.Cleanup(func() { s.setEnabled(t, secret, true) })
		}
	}
}

// join signs a new person up.
func (s *suite) join(t *testing.T, secret, name string) {
	t.Helper()
	a := s.signUp(t, secret, newcomer(name))
	if a.status != http.StatusCreated {
		t.Fatalf("sign-up: %d %s", a.status, a.body)
	}
}

// signUp posts what someone who joins sends, without any credential.
func (s *suite) signUp(t *testing.T, secret string, fields map[string]string) answer {
	t.Helper()
	return s.call(t, http.MethodPost, "/invite/"+secret+"/signup", object(t, fields), as(""))
}

// newcomer returns what someone sends whose e-mail nobody has.
func newcomer(name string) map[string]string {
	return map[string]string{"name": name, "email": unique() + "@example.com", "password": "correct horse battery staple"}
}

// wantVerdict checks by the client whether people can sign up.
func (s *suite) wantVerdict(t *testing.T, secret string, want model.Verdict) {
	t.Helper()
	got, err := s.admin.Validate(t.Context(), secret)
	if err != nil || got != want {
		t.Errorf("verdict %v, %v, want %v", got, err, want)
	}
}
