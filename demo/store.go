package demo

import (
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
)

// token is an invite link as the API writes it.
type token struct {
	Secret    string   `json:"secret"`
	Name      string   `json:"name"`
	URL       string   `json:"url"`
	ExpiresAt stamp    `json:"expiresAt"`
	Enabled   bool     `json:"enabled"`
	CreatedAt stamp    `json:"createdAt"`
	CreatedBy string   `json:"createdBy"`
	Role      role     `json:"role"`
	Users     []member `json:"users"`
}

// role is empty, {}, in the answer to an update.
type role struct {
	ID   int    `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
	Type string `json:"type,omitempty"`
}

// member is someone who signed up, as a token lists them: without their e-mail.
type member struct {
	ID       int     `json:"id"`
	Name     string  `json:"name"`
	Username *string `json:"username"`
}

// store is the memory of an instance. Its methods are told the time.
type store struct {
	baseURL string
	random  io.Reader // What secrets are made of; guarded by mu.

	mu        sync.RWMutex
	tokens    []*token // Those changed last come last, as in PostgreSQL.
	bySecret  map[string]*token
	users     map[int]user // by their ids
	emails    map[string]bool
	usernames map[string]bool
	lastUser  int
	events    []event // Oldest first.
}

// newStore makes a store for an instance that has some accounts already.
func newStore(baseURL string, random io.Reader, accounts []user) *store {
	s := &store{
		baseURL: baseURL, random: random, bySecret: map[string]*token{}, users: map[int]user{},
		emails: map[string]bool{}, usernames: map[string]bool{},
	}
	for _, u := range accounts {
		s.remember(u)
	}
	return s
}

// remember adds a user, whose names are not given away again.
func (s *store) remember(u user) {
	s.users[u.ID] = u
	s.lastUser = max(s.lastUser, u.ID)
	if u.Email != "" {
		s.emails[u.Email] = true
	}
	if u.Username != "" {
		s.usernames[u.Username] = true
	}
}

// list returns every token ever made.
func (s *store) list() []token {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := make([]token, len(s.tokens))
	for i, t := range s.tokens {
		all[i] = *t
	}
	return all
}

func (s *store) get(secret string) (token, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t, ok := s.bySecret[secret]
	if !ok {
		return token{}, false
	}
	return *t, true
}

// create makes a token that ends in a month at the latest.
func (s *store) create(name string, expiresAt, now time.Time) token {
	s.mu.Lock()
	defer s.mu.Unlock()
	secret := s.newSecret()
	t := &token{
		Secret: secret, Name: name, URL: s.baseURL + "/new-user?invite=" + secret,
		ExpiresAt: stamp{earlier(expiresAt, addMonth(now))}, Enabled: true,
		CreatedAt: stamp{now}, CreatedBy: adminName,
		Role: role{ID: viewerRole, Name: "Viewer", Type: "root"}, Users: []member{},
	}
	s.tokens = append(s.tokens, t)
	s.bySecret[secret] = t
	s.log(tokenCreated, adminName, adminID, *t, now)
	return *t
}

func (s *store) newSecret() string {
	id := make([]byte, 16)
	if _, err := io.ReadFull(s.random, id); err != nil {
		panic("demo: " + err.Error()) // Options.Random has come to an end.
	}
	return hex.EncodeToString(id)
}

// change holds the values of an update; nil leaves one as it is.
type change struct {
	Secret    string `json:"secret"`
	Enabled   *bool  `json:"enabled,omitempty"`
	ExpiresAt *stamp `json:"expiresAt,omitempty"`
}

// update changes a token. Any expiry is taken, other than by create.
func (s *store) update(c change, now time.Time) (token, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.bySecret[c.Secret]
	if !ok {
		return token{}, false
	}
	if c.Enabled != nil {
		t.Enabled = *c.Enabled
	}
	if c.ExpiresAt != nil {
		t.ExpiresAt = *c.ExpiresAt
	}
	i := slices.Index(s.tokens, t)
	s.tokens = append(slices.Delete(s.tokens, i, i+1), t)
	s.log(tokenUpdated, adminName, adminID, c, now)
	return *t, true
}

// valid reports whether people can sign up with a token.
func (s *store) valid(secret string, now time.Time) bool {
	t, ok := s.get(secret)
	return ok && t.Enabled && today(t.ExpiresAt.Time).After(today(now))
}

// person is someone who wants to sign up.
type person struct{ name, username, email string }

// signUp makes a user and adds it to a token. It returns why it can't, if so.
func (s *store) signUp(secret string, p person, now time.Time) (user, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.email = strings.ToLower(p.email)
	switch {
	case p.email != "" && s.emails[p.email], p.email == "" && s.usernames[p.username]:
		return user{}, refused("User already exists")
	case p.username != "" && s.usernames[p.username]:
		// Unleash looks for the e-mail alone, and then its database refuses the user name.
		return user{}, databaseError(`duplicate key value violates unique constraint "users_username_key"`)
	}
	t := s.bySecret[secret]
	u := user{
		AccountType: "User", ID: s.lastUser + 1, Name: p.name, Username: p.username, Email: p.email,
		CreatedAt: stamp{now}, RootRole: t.Role.ID,
	}
	m := member{ID: u.ID, Name: u.Name}
	if p.username != "" {
		m.Username = &p.username
	}
	s.remember(u)
	t.Users = append(t.Users, m)
	s.log(userCreated, systemName, systemID, newUserData(u), now)
	s.log(tokenUserAdded, systemName, systemID, joining{Secret: secret, UserID: u.ID}, now)
	return u, nil
}
