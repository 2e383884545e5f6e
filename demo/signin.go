package demo

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"
)

// adminPassword is that of the user "admin" on every fresh Unleash.
const adminPassword = "unleash4all"

const sessionCookie = "unleash-session"

// signIns is what people get in by: passwords, and the sessions and personal tokens made with them. Each belongs to an
// account, and ends with it.
type signIns struct {
	mu        sync.Mutex
	passwords map[int][sha256.Size]byte
	owners    map[string]int // of sessions and tokens
}

func newSignIns() *signIns {
	s := &signIns{passwords: map[int][sha256.Size]byte{}, owners: map[string]int{}}
	s.setPassword(adminID, adminPassword)
	return s
}

func (s *signIns) setPassword(id int, password string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.passwords[id] = sha256.Sum256([]byte(password))
}

// matches reports whether the password is the account's.
func (s *signIns) matches(id int, password string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	want, ok := s.passwords[id]
	given := sha256.Sum256([]byte(password))
	return ok && subtle.ConstantTimeCompare(want[:], given[:]) == 1
}

// issue makes a session or a token for the account.
func (s *signIns) issue(prefix string, id int) string {
	secret := make([]byte, 16)
	_, _ = rand.Read(secret) // It never fails.
	key := prefix + hex.EncodeToString(secret)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.owners[key] = id
	return key
}

func (s *signIns) owner(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.owners[key]
}

// SetPasswordSignIn switches signing in with a password on or off, which Unleash's open-source server has no call for.
func (s *Server) SetPasswordSignIn(on bool) { s.passwordsOff.Store(!on) }

// logIn opens a session, as the page does.
func (s *Server) logIn(w http.ResponseWriter, r *http.Request) {
	f, fault := decode(r, []property{{"username", text, true}, {"password", text, true}})
	if fault == nil && s.passwordsOff.Load() {
		fault = newError(http.StatusUnprocessableEntity, "DisabledError", "Logging in with username/password has been disabled.")
	}
	if fault != nil {
		s.fail(w, r, fault)
		return
	}
	u, ok := s.store.named(f.text("username"))
	if !ok || !s.signIns.matches(u.ID, f.text("password")) {
		s.fail(w, r, newError(http.StatusUnauthorized, "PasswordMismatch", "The combination of password and username you provided is invalid. "+
			"If you have forgotten your password, visit "+s.basePath+"/forgotten-password or get in touch with your instance administrator."))
		return
	}
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Unleash's own is not Secure either.
		Name: sessionCookie, Value: s.signIns.issue("", u.ID), Path: s.basePath + "/", Expires: s.now().Add(48 * time.Hour),
		HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	s.answer(w, r, http.StatusOK, u) // with the log-in before this one
	s.store.saw(u.ID, s.now())
}

// createPersonalToken makes a personal access token for whoever asks.
func (s *Server) createPersonalToken(w http.ResponseWriter, r *http.Request) {
	f, fault := decode(r, []property{{"description", text, true}, {"expiresAt", dateTime, true}})
	if fault != nil {
		s.fail(w, r, fault)
		return
	}
	u, _ := s.account(r)
	expiresAt, _ := f.time("expiresAt")
	s.answer(w, r, http.StatusCreated, map[string]any{
		"secret": s.signIns.issue("user:", u.ID), "description": f.text("description"), "userId": u.ID,
		"expiresAt": stamp{expiresAt}, "createdAt": stamp{s.now()},
	})
}

// named finds an account by its user name, or its e-mail in either case.
func (s *store) named(name string) (user, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, u := range s.users {
		if name != "" && (u.Username == name || strings.EqualFold(u.Email, name)) {
			return u, true
		}
	}
	return user{}, false
}

// saw notes that an account was used.
func (s *store) saw(id int, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u, ok := s.users[id]; ok {
		u.SeenAt = &stamp{now}
		s.users[id] = u
	}
}
