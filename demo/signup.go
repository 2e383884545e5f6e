package demo

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// user is an account as the API writes it.
type user struct {
	AccountType   string `json:"accountType"`
	ID            int    `json:"id"`
	Name          string `json:"name,omitempty"`
	Username      string `json:"username,omitempty"`
	Email         string `json:"email,omitempty"`
	SeenAt        *stamp `json:"seenAt"`
	LoginAttempts int    `json:"loginAttempts"`
	CreatedAt     stamp  `json:"createdAt"`
	RootRole      int    `json:"rootRole,omitempty"`
}

func (s *Server) validate(w http.ResponseWriter, r *http.Request) {
	if !s.store.valid(r.PathValue("secret"), s.now()) {
		w.WriteHeader(http.StatusBadRequest)
	}
}

func (s *Server) signUp(w http.ResponseWriter, r *http.Request) {
	f, fault := decode(r, []property{
		{"username", text, false}, {"email", text, true}, {"name", text, true}, {"password", text, true},
	})
	if fault != nil {
		s.fail(w, r, fault)
		return
	}
	secret, now := r.PathValue("secret"), s.now()
	if !s.store.valid(secret, now) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	p := person{name: f.text("name"), username: f.text("username"), email: f.text("email")}
	if fault = p.check(); fault != nil {
		s.fail(w, r, fault)
		return
	}
	u, fault := s.store.signUp(secret, p, now)
	if fault != nil {
		s.fail(w, r, fault)
		return
	}
	s.signIns.setPassword(u.ID, f.text("password"))
	s.answer(w, r, http.StatusCreated, u)
}

// email is roughly what Unleash takes for one.
var email = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[^\s@[:cntrl:]]+@[^\s@[:cntrl:]]+\.[^\s@.[:cntrl:]]{2,}$`)
})

// check returns why Unleash would not sign somebody up, if so.
func (p person) check() *failure {
	switch {
	case p.email == "" && p.username == "":
		return refused("You must specify username or email")
	case p.name == "":
		return invalid(detail{Message: `"value" is not allowed to be empty.`})
	case p.email != "" && !email().MatchString(p.email):
		return invalid(detail{Message: `"value" must be a valid email. You provided ` + string(mustEncode(p.email)) + "."})
	}
	return storable(p.name + p.username)
}

// storable refuses the one character that PostgreSQL can't store; every other
// one is kept as it is.
func storable(s string) *failure {
	if strings.ContainsRune(s, 0) {
		return databaseError(`invalid byte sequence for encoding "UTF8": 0x00`)
	}
	return nil
}

func databaseError(message string) *failure {
	return newError(http.StatusInternalServerError, "UnknownError", message)
}
