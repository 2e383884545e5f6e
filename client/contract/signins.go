package contract

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"unleash-invite/model"
)

const (
	userPath  = "/api/admin/user"
	loginPath = "/auth/simple/login"
	password  = "correct horse battery staple"
)

// logIn asks for a session, as the page does. Unleash 4 takes five of them a minute.
func (s *suite) logIn(t *testing.T, email string) answer {
	t.Helper()
	return s.call(t, http.MethodPost, loginPath, object(t, map[string]string{"username": email, "password": password}), as(""))
}

// withSession sends the cookie of a log-in in place of a token.
func withSession(t *testing.T, loggedIn answer) option {
	t.Helper()
	if loggedIn.status != http.StatusOK {
		t.Fatalf("log-in: %d %s", loggedIn.status, loggedIn.body)
	}
	response := http.Response{Header: loggedIn.header}
	for _, c := range response.Cookies() {
		if c.Name == "unleash-session" && c.HttpOnly {
			return func(r *http.Request) { as("")(r); r.AddCookie(c) }
		}
	}
	t.Fatalf("no cookie in %v", loggedIn.header)
	return nil
}

// wantStatus asks who somebody is.
func (s *suite) wantStatus(t *testing.T, who string, want int, by option) {
	t.Helper()
	if a := s.call(t, http.MethodGet, userPath, "", by); a.status != want {
		t.Errorf("%s: %d %s, want %d", who, a.status, a.body, want)
	}
}

func sessionsEnd(t *testing.T, s *suite) {
	ann := s.joined(t, s.live(t).Secret)
	loggedIn := s.logIn(t, strings.ToUpper(ann.Email[:1])+ann.Email[1:])
	session := withSession(t, loggedIn)
	if u := decode[struct{ ID int64 }](t, loggedIn, http.StatusOK); u.ID != ann.ID {
		t.Errorf("logged in as %d, not as %d", u.ID, ann.ID)
	}
	body := object(t, map[string]string{"description": "mine", "expiresAt": millis(time.Now().Add(time.Hour))})
	made := decode[struct{ Secret string }](t, s.call(t, http.MethodPost, userPath+"/tokens", body, session), http.StatusCreated)
	if !strings.HasPrefix(made.Secret, "user:") {
		t.Errorf("a personal token %q", made.Secret)
	}
	s.wantStatus(t, "the session", http.StatusOK, session)
	s.wantStatus(t, "the token", http.StatusOK, as(made.Secret))
	if seen, err := s.admin.Account(t.Context(), ann.ID); err != nil || seen.SeenAt.IsZero() {
		t.Errorf("never seen after a log-in: %+v, %v", seen, err)
	}
	if a := s.call(t, http.MethodGet, linksPath, "", session); a.status != http.StatusForbidden {
		t.Errorf("a Viewer's session lists the links: %d", a.status)
	}
	if err := s.admin.RemoveAccount(t.Context(), ann); err != nil {
		t.Fatal(err)
	}
	s.wantStatus(t, "the session afterwards", http.StatusUnauthorized, session)
	s.wantStatus(t, "the token afterwards", http.StatusUnauthorized, as(made.Secret))
	if s.major == 4 { // which takes few log-ins
		return
	}
	const mismatch = "The combination of password and username you provided is invalid."
	if got := decode[failure](t, s.logIn(t, ann.Email), http.StatusUnauthorized); !strings.HasPrefix(got.Message, mismatch) ||
		got.Name != "PasswordMismatch" {
		t.Errorf("a log-in afterwards: %+v", got)
	}
}

func noPasswordSignIn(t *testing.T, s *suite) {
	set := func(on bool) {
		t.Helper()
		if err := s.target.SetPasswordSignIn(t.Context(), on); err != nil {
			t.Fatal(err)
		}
		if server, err := s.admin.Server(t.Context()); err != nil || server.PasswordAuthDisabled == on {
			t.Errorf("password sign-in on: %t; the server says %+v, %v", on, server, err)
		}
	}
	made := s.live(t)
	ann := newcomer("Ann Smith")
	t.Cleanup(func() { _ = s.target.SetPasswordSignIn(context.WithoutCancel(t.Context()), true) })
	set(false)
	s.wantVerdict(t, made.Secret, model.Accepted)
	a := s.signUp(t, made.Secret, ann)
	if a.status != http.StatusCreated {
		t.Errorf("rule 11: a sign-up answers %d %s", a.status, a.body)
	}
	if s.major > 4 {
		if got := decode[failure](t, s.logIn(t, ann["email"]), http.StatusUnprocessableEntity); got.Name != "DisabledError" {
			t.Errorf("a log-in: %+v", got)
		}
	}
	set(true)
	if s.major > 4 {
		withSession(t, s.logIn(t, ann["email"]))
	}
}

func secretsForEveryone(t *testing.T, s *suite) {
	made := s.live(t)
	a := s.call(t, http.MethodPost, "/api/admin/events/search", `{"type":"public-signup-token-created"}`, as(s.target.ViewerToken))
	want, reads := http.StatusOK, strings.Contains(string(a.body), made.Secret)
	if s.major > 6 {
		want = http.StatusNotFound
	}
	if a.status != want || reads != (want == http.StatusOK) {
		t.Errorf("a Viewer: %d, reads the secret: %t", a.status, reads)
	}
	server, err := s.admin.Server(t.Context())
	if err != nil || server.ViewersReadSecrets() != reads {
		t.Errorf("%s: %t, %v", server.Version, server.ViewersReadSecrets(), err)
	}
}
